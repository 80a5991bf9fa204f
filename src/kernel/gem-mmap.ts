/**
 * mmap of a DRM node: the offset names an object, the allow list says who may, and the object says how.
 * Mirrors: drm_gem_mmap, drm_gem_mmap_obj (drm_gem.c), as they were in 5.2, with the patch of July 2019, and since 5.9; dma_buf_mmap (dma-buf.c);
 * drm_gem_dmabuf_mmap, drm_gem_prime_mmap (drm_prime.c). Leaves out: unplugged devices, objects without handlers.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fits, opsOf, refuseNoMmap } from './dma-buf.ts'
import { drmFileOf } from './node.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { createFile, putFile } from './file.ts'
import { mmapFile } from './file-mmap.ts'
import { hooksOf, putGem } from './gem.ts'
import { lose, refId, take } from './ref.ts'
import { allow, exactOffsetLookup, isAllowed, revoke } from './vma-offset.ts'
import { withFlags } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'mmap.lookup': { gem: Id<'gem'>; offset: number }
    'mmap.refused.offset': { offset: number; pages: number }
    'mmap.refused.allow': { gem: Id<'gem'>; drmFile: Id<'drm_file'> }
    'mmap.refused.readonly': { gem: Id<'gem'> }
    'mmap.refused.size': { gem: Id<'gem'>; pages: number }
    'mmap.owner': { vma: Id<'vma'>; gem: Id<'gem'>; flags: string; attr: string; ops: string }
    'mmap.redirect': { vma: Id<'vma'>; dmaBuf: Id<'dma_buf'>; file: Id<'file'> }
    'mmap.disown': { vma: Id<'vma'> }
    'mmap.cached': { vma: Id<'vma'> }
    'mmap.fabricated.gone': { vma: Id<'vma'> }
    'mmap.exporter.offset': { vma: Id<'vma'>; gem: Id<'gem'>; pgoff: number }
  }
}
export const says: Says = {
  'mmap.lookup': 'The fake offset {offset} is the **exact start** of {gem}.',
  'mmap.refused.offset': '**No object starts at** offset {offset} with room for {pages} {pages#page|pages}: EINVAL.',
  'mmap.refused.allow': '{drmFile} holds **no handle** to {gem} and so may not map it: EACCES.',
  'mmap.refused.readonly': '{gem} is marked **read-only**, and the area is to be written: EINVAL.',
  'mmap.refused.size': '{gem} is **smaller than the {pages} {pages#page|pages}** asked for: EINVAL.',
  'mmap.owner': '**{gem} takes the area**: its driver serves the faults, and the CPU sees the pages {attr}.',
  'mmap.redirect': '**The area changes hands**: its file is now {file}, the buffer of the exporter. That file\'s mode is not looked at.',
  'mmap.disown': 'The importer **takes its own marks off** the area before it hands it on.',
  'mmap.cached': 'The driver wants {vma} **cached**: stores will stay in the CPU until somebody cleans them.',
  'mmap.fabricated.gone': 'The open file made up for this call is **thrown away** again.',
  'mmap.exporter.offset': 'The exporter looks at {gem} from page {pgoff} on.',
}

/** The slot in which an area holds the object it shows. */
export const vmGemSlot = (gem: Id<'gem'>): string => `vm_private_data ${gem}`

interface Found { readonly gem: Id<'gem'>; readonly slot: string }

/** Steps 1 to 3, the same in every release: the object, and the right to map it. The function `by` holds it until it puts the slot. */
function lookupForMmap(k: Kernel, file: Id<'file'>, vma: Id<'vma'>, by: string): Found | Fail {
  const { world } = k
  const drmFile = drmFileOf(k, file)
  const { start, end, pgoff } = world.get(vma)
  const pages = (end - start) / PAGE_SIZE
  const gem = exactOffsetLookup(k, world.get(drmFile).device, pgoff, pages)
  if (!gem) {
    world.emit('mmap.refused.offset', { offset: pgoff * PAGE_SIZE, pages })
    return fail('EINVAL')
  }
  world.emit('mmap.lookup', { gem, offset: pgoff * PAGE_SIZE })
  let n = 1
  while (world.has(refId(gem, `${by} ${n}`))) n++
  const slot = `${by} ${n}`
  take(world, gem, slot, gem, 'refcount')
  if (isAllowed(k, gem, drmFile)) return { gem, slot }
  world.emit('mmap.refused.allow', { gem, drmFile })
  putGem(k, gem, slot)
  return fail('EACCES')
}

/** The area is the object's: its operations, its flags, its attribute, and a reference. */
export function own(k: Kernel, id: Id<'vma'>, gem: Id<'gem'>, add: readonly string[], without: readonly string[] = [], attr?: 'wb' | 'wc' | 'uc'): void {
  const { world } = k
  const vma = world.get(id)
  world.set(id, 'ops', hooksOf(k, gem).vmOps ?? null)
  world.set(id, 'priv', gem)
  world.set(id, 'flags', withFlags(vma.flags, add, without))
  world.set(id, 'attr', attr ?? vma.attr)
  world.emit('mmap.owner', { vma: id, gem, flags: world.get(id).flags.join(' '), attr: world.get(id).attr, ops: world.get(id).ops ?? 'none' })
}

/** Since 5.5 the area holds the object, with its operations, before the object is asked how it wants to be mapped. */
function hold(k: Kernel, vma: Id<'vma'>, gem: Id<'gem'>): void {
  k.world.set(vma, 'ops', hooksOf(k, gem).vmOps ?? null)
  k.world.set(vma, 'priv', gem)
  take(k.world, vma, vmGemSlot(gem), gem, 'refcount')
}

function checkSize(k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): undefined | Fail {
  const { start, end } = k.world.get(vma)
  if (end - start <= k.world.get(gem).sizeBytes) return undefined
  k.world.emit('mmap.refused.size', { gem, pages: (end - start) / PAGE_SIZE })
  return fail('EINVAL')
}

// 5.2: the core sets the area up for every driver alike.

export const gemMmapObj52 = fn('drm_gem_mmap_obj', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const refused = checkSize(k, gem, vma)
  if (refused) return refused
  own(k, vma, gem, ['io', 'pf', 'de', 'dd'], [], 'wc')
  take(k.world, vma, vmGemSlot(gem), gem, 'refcount')
})

/** Step 4, gone since: a read-only object may not be written, now or later. */
function checkReadonly(k: Kernel, { gem, slot }: Found, vma: Id<'vma'>): undefined | Fail {
  if (!k.world.get(gem).readonly) return undefined
  const { flags } = k.world.get(vma)
  if (flags.includes('wr')) {
    k.world.emit('mmap.refused.readonly', { gem })
    putGem(k, gem, slot)
    return fail('EINVAL')
  }
  k.world.set(vma, 'flags', withFlags(flags, [], ['mw']))
  return undefined
}

export const gemMmap52 = fn('drm_gem_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const found = lookupForMmap(k, file, vma, 'drm_gem_mmap')
  if (isFail(found)) return found
  const readonly = checkReadonly(k, found, vma)
  if (readonly) return readonly
  const refused = gemMmapObj52(k, found.gem, vma)
  putGem(k, found.gem, found.slot)
  return refused
})

// The patch of July 2019: an import goes to its exporter, and the caller is told so by the answer 1.

export const gemMmapHelperRfc = fn('drm_gem_mmap_helper', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | 'exporter' | Fail => {
  const { world } = k
  const found = lookupForMmap(k, file, vma, 'drm_gem_mmap_helper')
  if (isFail(found)) return found
  const readonly = checkReadonly(k, found, vma)
  if (readonly) return readonly
  const { gem, slot } = found
  const { importAttach } = world.get(gem)
  if (importAttach) {
    const refused = k.parts.dmaBufMmap(k, world.get(importAttach).dmaBuf, vma, 0)
    // Returns from here without the put that the other branch has.
    lose(world, gem, slot, 'drm_gem_mmap_helper')
    return isFail(refused) ? refused : 'exporter'
  }
  const refused = gemMmapObj52(k, gem, vma)
  putGem(k, gem, slot)
  return refused
})

/** The handler of drivers that know nothing of the answer 1: it becomes an ordinary success. */
export const gemMmapRfc = fn('drm_gem_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const result = gemMmapHelperRfc(k, file, vma)
  return isFail(result) ? result : undefined
})

// Today: the object maps itself.

export const gemMmapObjNow = fn('drm_gem_mmap_obj', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const refused = checkSize(k, gem, vma)
  if (refused) return refused
  hold(k, vma, gem)
  const { gemMmap } = hooksOf(k, gem)
  if (!gemMmap) {
    own(k, vma, gem, ['io', 'pf', 'de', 'dd'], [], 'wc')
    return
  }
  const result = gemMmap(k, gem, vma)
  if (isFail(result)) putGem(k, vma, vmGemSlot(gem))
  return result
})

export const gemMmapNow = fn('drm_gem_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const found = lookupForMmap(k, file, vma, 'drm_gem_mmap')
  if (isFail(found)) return found
  const result = gemMmapObjNow(k, found.gem, vma)
  putGem(k, found.gem, found.slot)
  return result
})

// A buffer's area goes to the exporter.

/** The area's file becomes another one. */
export const vmaSetFile = fn({ '5.2': null, '5.11': 'vma_set_file' }, (k: Kernel, vma: Id<'vma'>, file: Id<'file'>) => {
  const { world } = k
  const old = world.get(vma).file
  if (old === file) return
  // The descriptor still holds the old file, so its last reference cannot go here.
  if (old) putFile(k, vma, 'vm_file')
  take(world, vma, 'vm_file', file, 'fCount')
  world.set(vma, 'file', file)
})

export const dmaBufMmap = fn('dma_buf_mmap', (k: Kernel, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>, pgoff: number): void | Fail => {
  const { world } = k
  const { mmap } = opsOf(k, dmaBuf)
  if (!mmap) return refuseNoMmap(k, dmaBuf)
  const refused = fits(k, dmaBuf, vma, pgoff)
  if (refused) return refused
  const { file } = world.get(dmaBuf)
  vmaSetFile(k, vma, file)
  world.set(vma, 'pgoff', pgoff)
  world.emit('mmap.redirect', { vma, dmaBuf, file })
  return mmap(k, dmaBuf, vma)
})

/** drm_gem_dmabuf_mmap, today: the object maps itself, at the place that its node would use. */
export const gemDmabufMmapNow = fn('drm_gem_dmabuf_mmap', (k: Kernel, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>): void | Fail =>
  gemPrimeMmapNow(k, k.world.get(dmaBuf).priv as Id<'gem'>, vma))

const gemPrimeMmapNow = fn('drm_gem_prime_mmap', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const { world } = k
  world.set(vma, 'pgoff', world.get(vma).pgoff + (world.get(gem).offset ?? 0))
  world.emit('mmap.exporter.offset', { vma, gem, pgoff: world.get(vma).pgoff })
  const { gemMmap } = hooksOf(k, gem)
  hold(k, vma, gem)
  const result = gemMmap!(k, gem, vma)
  if (isFail(result)) putGem(k, vma, vmGemSlot(gem))
  return result
})

/** drm_gem_dmabuf_mmap in 5.2: the driver's own hook, and ENOSYS without one. */
export const gemDmabufMmap52 = fn('drm_gem_dmabuf_mmap', (k: Kernel, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>): void | Fail => {
  const gem = k.world.get(dmaBuf).priv as Id<'gem'>
  const { primeMmap } = hooksOf(k, gem)
  if (primeMmap) return primeMmap(k, gem, vma)
  refuseNoMmap(k, dmaBuf)
  return fail('ENOSYS')
})

/** drm_gem_prime_mmap in 5.2: an open of the node made up for this one call goes through the driver's own handler. */
export const primeMmap52 = fn('drm_gem_prime_mmap', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const { world } = k
  const { device, offset } = world.get(gem)
  world.set(vma, 'pgoff', world.get(vma).pgoff + (offset ?? 0))
  world.emit('mmap.exporter.offset', { vma, gem, pgoff: world.get(vma).pgoff })
  const drmFile = world.create(world.newId('drm_file'), { device, render: false, master: false, authenticated: false, handles: {}, prime: [], fences: {} })
  const file = createFile(k, { kind: 'drm', name: 'made up for one call', fmode: { read: true, write: true }, priv: drmFile })
  allow(k, gem, drmFile)
  const result = mmapFile(k, file, vma)
  revoke(k, gem, drmFile)
  world.remove(drmFile)
  world.remove(file)
  world.emit('mmap.fabricated.gone', { vma })
  return result
})
