/**
 * PRIME: a handle becomes a dma-buf, a dma-buf becomes a handle.
 * Mirrors: drm_gem_prime_handle_to_fd, export_and_register_object, drm_gem_prime_fd_to_handle, drm_gem_prime_import_dev,
 * drm_prime_add_buf_handle, drm_gem_map_attach, drm_gem_map_dma_buf, drm_gem_dmabuf_release (drm_prime.c).
 * Leaves out: locks, P2P, syncobjs.
 */
import { kindOf, type Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { attach, detach, dmaBufFd, exportDmaBuf, getDmaBuf, mapAttachment, unmapAttachment } from './dma-buf.ts'
import { dmaMapSgtable, dmaUnmapSgtable } from './dma-map.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { fdInstall, putFile, unusedFd } from './file.ts'
import { createHandleTail, hooksOf, lookupGem, putCreator, putGem, CREATOR, rememberDmaBuf } from './gem.ts'
import type { Direction, DmaBufOps } from './hooks.ts'
import type { SgEntry } from './objects.ts'
import { lookupBuffer } from './prime-tree.ts'
import { take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'prime.export.new': { gem: Id<'gem'>; write: boolean }
    'prime.export.known': { drmFile: Id<'drm_file'>; dmaBuf: Id<'dma_buf'>; handle: number }
    'prime.export.original': { gem: Id<'gem'>; dmaBuf: Id<'dma_buf'> }
    'prime.export.again': { gem: Id<'gem'>; dmaBuf: Id<'dma_buf'> }
    'prime.import.known': { drmFile: Id<'drm_file'>; dmaBuf: Id<'dma_buf'>; handle: number }
    'prime.import.self': { gem: Id<'gem'>; dmaBuf: Id<'dma_buf'> }
    'prime.import.attached': { gem: Id<'gem'>; attachment: Id<'attachment'> }
    'prime.cache.add': { drmFile: Id<'drm_file'>; dmaBuf: Id<'dma_buf'>; handle: number }
    'prime.cache.remove': { drmFile: Id<'drm_file'>; dmaBuf: Id<'dma_buf'>; handle: number }
    'prime.refused.driver': { device: Id<'device'> }
    'prime.refused.foreign': { device: Id<'device'>; dmaBuf: Id<'dma_buf'> }
    'prime.refused.sharing': { gem: Id<'gem'> }
    'prime.sgt.kept': { attachment: Id<'attachment'>; dir: Direction }
    'prime.refused.direction': { attachment: Id<'attachment'>; dir: Direction }
  }
}
export const says: Says = {
  'prime.export.new': '{gem} was **never exported**: a dma-buf is made for it, and the flags of this call decide its mode.',
  'prime.export.known': '{drmFile} **already knows** {dmaBuf} for handle {handle}: the flags of this call are ignored.',
  'prime.export.original': '{gem} is an import: the **original** {dmaBuf} is handed out again, in its own mode.',
  'prime.export.again': '{gem} was exported before: **the same** {dmaBuf} is handed out, in the mode of its first export.',
  'prime.import.known': '{drmFile} already has {dmaBuf} under handle **{handle}**: the same number comes back, nothing is counted.',
  'prime.import.self': '{dmaBuf} comes **from this very device**: the handle will name the original {gem}.',
  'prime.import.attached': '{gem} is **an import**: {attachment} ties it to the exporter.',
  'prime.cache.add': '{drmFile} remembers that {dmaBuf} is its handle **{handle}**.',
  'prime.cache.remove': '{drmFile} **forgets** that {dmaBuf} was handle {handle}.',
  'prime.refused.driver': '{device} **cannot share buffers** this way.',
  'prime.refused.foreign': '{device} **takes no foreign buffers**: EINVAL.',
  'prime.sgt.kept': '{attachment} has a scatter list already: **the same one** is handed out again.',
  'prime.refused.direction': 'The scatter list of {attachment} is kept **for one direction** ({dir}), and another is asked for: EBUSY.',
  'prime.refused.sharing': 'The owner of {gem} **cannot hand its pages out**: the attachment fails.',
}

const cacheSlot = (handle: number): string => `prime ${handle}`

export const addBufHandle = fn('drm_prime_add_buf_handle', (k: Kernel, drmFile: Id<'drm_file'>, dmaBuf: Id<'dma_buf'>, handle: number) => {
  k.world.set(drmFile, 'prime', [...k.world.get(drmFile).prime, { handle, dmaBuf }])
  k.world.emit('prime.cache.add', { drmFile, dmaBuf, handle })
  take(k.world, drmFile, cacheSlot(handle), k.world.get(dmaBuf).file, 'fCount')
})

function removeEntry(k: Kernel, drmFile: Id<'drm_file'>, at: number): void {
  const { prime } = k.world.get(drmFile)
  if (at < 0) return
  const { dmaBuf, handle } = prime[at]!
  k.world.set(drmFile, 'prime', prime.filter((_, i) => i !== at))
  k.world.emit('prime.cache.remove', { drmFile, dmaBuf, handle })
  putFile(k, drmFile, cacheSlot(handle))
}
/** Today: the entry of this handle. */
export const removeByHandle = fn('drm_prime_remove_buf_handle', (k: Kernel, drmFile: Id<'drm_file'>, _gem: Id<'gem'>, handle: number) =>
  removeEntry(k, drmFile, k.world.get(drmFile).prime.findIndex(e => e.handle === handle)))
/** 5.2: the entry of this buffer, whichever of its handles goes. */
export const removeByBuffer = fn('drm_prime_remove_buf_handle_locked', (k: Kernel, drmFile: Id<'drm_file'>, gem: Id<'gem'>) => {
  const { dmaBuf, importAttach } = k.world.get(gem)
  const buffer = dmaBuf ?? (importAttach && k.world.get(importAttach).dmaBuf)
  const entry = lookupBuffer(k, drmFile, buffer)
  removeEntry(k, drmFile, k.world.get(drmFile).prime.findIndex(e => e === entry))
})

/** The buffer of a handle: the one that this file knows, that an import came from, that was exported before, or a new one. */
function dmaBufOfHandle(k: Kernel, drmFile: Id<'drm_file'>, handle: number, flags: readonly string[]): Id<'dma_buf'> | Fail {
  const gem = lookupGem(k, drmFile, handle)
  if (isFail(gem)) return gem
  const { world } = k
  const known = world.get(drmFile).prime.find(e => e.handle === handle)
  let dmaBuf = known?.dmaBuf
  if (dmaBuf) world.emit('prime.export.known', { drmFile, dmaBuf, handle })
  else {
    const { importAttach, dmaBuf: exported } = world.get(gem)
    if (importAttach) {
      dmaBuf = world.get(importAttach).dmaBuf
      world.emit('prime.export.original', { gem, dmaBuf })
    } else if (exported) {
      dmaBuf = exported
      world.emit('prime.export.again', { gem, dmaBuf })
    } else {
      const made = exportAndRegister(k, gem, flags)
      if (isFail(made)) return made
      dmaBuf = made
    }
    addBufHandle(k, drmFile, dmaBuf, handle)
  }
  return dmaBuf
}

/** Up to 6.1 at least: the descriptor comes last. Where none is left, the buffer that was made stays with its object. */
export const handleToFd52 = fn('drm_gem_prime_handle_to_fd', (k: Kernel, drmFile: Id<'drm_file'>, handle: number, flags: readonly string[]): number | Fail => {
  const dmaBuf = dmaBufOfHandle(k, drmFile, handle, flags)
  return isFail(dmaBuf) ? dmaBuf : dmaBufFd(k, dmaBuf, flags.includes('CLOEXEC'))
})

const handleToDmaBuf = fn('drm_gem_prime_handle_to_dmabuf', dmaBufOfHandle)
/** Today: a descriptor is set aside before the handle is looked at. */
export const handleToFdNow = fn('drm_gem_prime_handle_to_fd', (k: Kernel, drmFile: Id<'drm_file'>, handle: number, flags: readonly string[]): number | Fail => {
  const fd = unusedFd(k)
  if (isFail(fd)) return fd
  const dmaBuf = handleToDmaBuf(k, drmFile, handle, flags)
  if (isFail(dmaBuf)) return dmaBuf
  fdInstall(k, fd, k.world.get(dmaBuf).file, flags.includes('CLOEXEC'))
  return fd
})

const exportAndRegister = fn('export_and_register_object', (k: Kernel, gem: Id<'gem'>, flags: readonly string[]): Id<'dma_buf'> | Fail => {
  const refused = hooksOf(k, gem).primeExport?.(k, gem)
  if (isFail(refused)) return refused
  const write = flags.includes('RDWR')
  k.world.emit('prime.export.new', { gem, write })
  const dmaBuf = gemPrimeExport(k, gem, write)
  rememberDmaBuf(k, gem, dmaBuf)
  return dmaBuf
})

export const gemPrimeExport = fn('drm_gem_prime_export', (k: Kernel, gem: Id<'gem'>, write: boolean): Id<'dma_buf'> => gemDmabufExport(k, gem, write))

const gemDmabufExport = fn('drm_gem_dmabuf_export', (k: Kernel, gem: Id<'gem'>, write: boolean): Id<'dma_buf'> => {
  const { sizeBytes, resv } = k.world.get(gem)
  const dmaBuf = exportDmaBuf(k, { sizeBytes, expName: hooksOf(k, gem).expName ?? 'drm', priv: gem, resv, write })
  take(k.world, dmaBuf, 'priv', gem, 'refcount')
  return dmaBuf
})

/** The handle under which this file knows the buffer, if it does. */
const lookupBufHandle = fn('drm_prime_lookup_buf_handle', (k: Kernel, drmFile: Id<'drm_file'>, dmaBuf: Id<'dma_buf'>): number | undefined => {
  const known = lookupBuffer(k, drmFile, dmaBuf)
  if (known) k.world.emit('prime.import.known', { drmFile, dmaBuf, handle: known.handle })
  return known?.handle
})

export const fdToHandle = fn('drm_gem_prime_fd_to_handle', (k: Kernel, drmFile: Id<'drm_file'>, fd: number): number | Fail => {
  const { world } = k
  const dmaBuf = getDmaBuf(k, fd)
  if (isFail(dmaBuf)) return dmaBuf
  const known = lookupBufHandle(k, drmFile, dmaBuf)
  if (known !== undefined) return known
  const { device } = world.get(drmFile)
  const own = k.drivers[device]!.primeImport?.(k, device, dmaBuf)
  const gem = own ?? primeImportDev(k, device, dmaBuf)
  if (isFail(gem)) return gem
  rememberDmaBuf(k, gem, dmaBuf)
  const handle = createHandleTail(k, drmFile, gem)
  putCreator(k, gem)
  if (isFail(handle)) return handle
  addBufHandle(k, drmFile, dmaBuf, handle)
  return handle
})

/** The buffer is this device's own object; the caller gets a reference to that. */
export function selfImport(k: Kernel, device: Id<'device'>, dmaBuf: Id<'dma_buf'>): Id<'gem'> | undefined {
  const { priv } = k.world.get(dmaBuf)
  if (kindOf(priv) !== 'gem' || k.world.get(priv as Id<'gem'>).device !== device) return undefined
  const gem = priv as Id<'gem'>
  k.world.emit('prime.import.self', { gem, dmaBuf })
  take(k.world, k.task, `${CREATOR} ${gem}`, gem, 'refcount')
  return gem
}

export const primeImportDev = fn('drm_gem_prime_import_dev', (k: Kernel, device: Id<'device'>, dmaBuf: Id<'dma_buf'>): Id<'gem'> | Fail => {
  const { world } = k
  const self = selfImport(k, device, dmaBuf)
  if (self) return self
  const { importSgTable } = k.drivers[device]!
  if (!importSgTable) {
    world.emit('prime.refused.foreign', { device, dmaBuf })
    return fail('EINVAL')
  }
  const attachment = attach(k, dmaBuf, device)
  if (isFail(attachment)) return attachment
  const sgt = mapAttachment(k, attachment)
  if (isFail(sgt)) {
    detach(k, attachment)
    return sgt
  }
  const gem = importSgTable(k, attachment, sgt)
  if (isFail(gem)) {
    unmapAttachment(k, attachment)
    detach(k, attachment)
    return gem
  }
  world.set(gem, 'importAttach', attachment)
  world.emit('prime.import.attached', { gem, attachment })
  take(world, gem, 'import', world.get(dmaBuf).file, 'fCount')
  return gem
})

const gemOf = (k: Kernel, dmaBuf: Id<'dma_buf'>): Id<'gem'> => k.world.get(dmaBuf).priv as Id<'gem'>

/** drm_gem_prime_dmabuf_ops: what a DRM exporter does for others. It has no hooks around CPU access. Today every map makes a list, and every unmap ends it. */
export const gemDmaBufOpsNow: DmaBufOps = {
  attach: fn('drm_gem_map_attach', (k, dmaBuf: Id<'dma_buf'>): void | Fail => {
    const gem = gemOf(k, dmaBuf)
    const { getSgTable, pin } = hooksOf(k, gem)
    if (getSgTable) return pin?.(k, gem)
    k.world.emit('prime.refused.sharing', { gem })
    return fail('ENOSYS')
  }),
  detach: fn('drm_gem_map_detach', (k, dmaBuf: Id<'dma_buf'>) => hooksOf(k, gemOf(k, dmaBuf)).unpin?.(k, gemOf(k, dmaBuf))),
  map: fn('drm_gem_map_dma_buf', (k, attachment: Id<'attachment'>): readonly SgEntry[] | Fail => {
    const gem = gemOf(k, k.world.get(attachment).dmaBuf)
    const sgt = hooksOf(k, gem).getSgTable!(k, gem)
    return isFail(sgt) ? sgt : dmaMapSgtable(k, sgt)
  }),
  unmap: fn('drm_gem_unmap_dma_buf', (k, attachment: Id<'attachment'>) => dmaUnmapSgtable(k, k.world.get(attachment).device, k.world.get(attachment).sgt!)),
  release: fn('drm_gem_dmabuf_release', (k, dmaBuf: Id<'dma_buf'>) => putGem(k, dmaBuf, 'priv')),
  mmap: (k, dmaBuf, vma) => k.parts.gemDmabufMmap(k, dmaBuf, vma),
}

/** 5.2: a list is made once for each attachment and for one direction, and stays until the attachment ends. */
export const gemDmaBufOps52: DmaBufOps = {
  ...gemDmaBufOpsNow,
  map: fn('drm_gem_map_dma_buf', (k, attachment: Id<'attachment'>, dir: Direction = 'BIDIR'): readonly SgEntry[] | Fail => {
    const { world } = k
    const { kept, dmaBuf } = world.get(attachment)
    if (kept) {
      world.emit(kept.dir === dir ? 'prime.sgt.kept' : 'prime.refused.direction', { attachment, dir: kept.dir })
      return kept.dir === dir ? kept.sgt : fail('EBUSY')
    }
    const gem = gemOf(k, dmaBuf)
    const made = hooksOf(k, gem).getSgTable!(k, gem)
    if (isFail(made)) return made
    const sgt = dmaMapSgtable(k, made)
    world.set(attachment, 'kept', { sgt, dir })
    return sgt
  }),
  unmap: fn('drm_gem_unmap_dma_buf', () => undefined),
  detach: fn('drm_gem_map_detach', (k, dmaBuf: Id<'dma_buf'>, attachment: Id<'attachment'>) => {
    const { kept, device } = k.world.get(attachment)
    if (kept) dmaUnmapSgtable(k, device, kept.sgt)
    hooksOf(k, gemOf(k, dmaBuf)).unpin?.(k, gemOf(k, dmaBuf))
  }),
}
