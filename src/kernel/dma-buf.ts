/**
 * dma-bufs: a buffer as an open file, and the devices attached to it.
 * Mirrors: dma_buf_export, dma_buf_fd, dma_buf_release, dma_buf_attach, dma_buf_map_attachment, dma_buf_unmap_attachment,
 * dma_buf_detach, dma_buf_mmap_internal, dma_buf_begin_cpu_access (dma-buf.c).
 * Leaves out: dynamic attachments, vmap, locks.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { createFile, getFile, installFd, lastPut, putFile } from './file.ts'
import type { DmaBufOps } from './hooks.ts'
import type { SgEntry } from './objects.ts'
import { drop, take } from './ref.ts'
import { createResv, removeResv } from './resv.ts'
import { assertionFailed } from './log.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'dmabuf.export': { dmaBuf: Id<'dma_buf'>; mode: string; sizeBytes: number }
    'dmabuf.release': { dmaBuf: Id<'dma_buf'> }
    'dmabuf.bug': { dmaBuf: Id<'dma_buf'> }
    'dmabuf.attach': { dmaBuf: Id<'dma_buf'>; attachment: Id<'attachment'>; device: Id<'device'> }
    'dmabuf.detach': { dmaBuf: Id<'dma_buf'>; attachment: Id<'attachment'> }
    'dmabuf.map': { attachment: Id<'attachment'>; entries: number }
    'dmabuf.unmap': { attachment: Id<'attachment'> }
    'dmabuf.refused.not': { file: Id<'file'> }
    'mmap.refused.beyond': { dmaBuf: Id<'dma_buf'>; pages: number; sizeBytes: number }
    'mmap.refused.exporter': { dmaBuf: Id<'dma_buf'> }
  }
}
export const says: Says = {
  'dmabuf.export': 'A dma-buf of {sizeBytes} bytes is made, **open for {mode}**. That mode stays as long as the buffer lives.',
  'dmabuf.release': 'Nobody holds {dmaBuf} any more: **the dma-buf ends** and lets go of its exporter\'s object.',
  'dmabuf.bug': '{dmaBuf} ends while **a poll still waits for it**: an assertion fails, and the process is killed.',
  'dmabuf.attach': '**{device} is attached** to {dmaBuf}.',
  'dmabuf.detach': '{attachment} **leaves** {dmaBuf}.',
  'dmabuf.map': 'The exporter hands out a scatter list of **{entries} {entries#entry|entries}** for {attachment}: where its pages lie, as that device must address them.',
  'dmabuf.unmap': 'The scatter list of {attachment} goes back to the exporter.',
  'dmabuf.refused.not': '{file} is **not a dma-buf**: EINVAL.',
  'mmap.refused.beyond': 'The area would reach **beyond the end** of {dmaBuf} ({sizeBytes} bytes): EINVAL.',
  'mmap.refused.exporter': 'The exporter of {dmaBuf} has **no mmap**: EINVAL.',
}

/** The operations of the buffer's exporter. */
export function opsOf(k: Kernel, dmaBuf: Id<'dma_buf'>): DmaBufOps {
  const { priv } = k.world.get(dmaBuf)
  const own = kindOf(priv) === 'gem' ? k.drivers[k.world.get(priv as Id<'gem'>).device]!.dmaBufOps : undefined
  return own ?? k.parts.dmaBufOps[kindOf(priv)]!
}

/** A new dma-buf. Its file has no reference yet: the caller installs it or keeps it. Without a reservation object it gets one of its own. */
export const exportDmaBuf = fn('dma_buf_export', (k: Kernel, spec: { sizeBytes: number; expName: string; priv: Id; resv?: Id<'resv'>; read?: boolean; write: boolean; flags?: readonly string[] }): Id<'dma_buf'> => {
  const { world } = k
  const fmode = { read: spec.read ?? true, write: spec.write }
  const { nextIno } = world.get('kernel:0')
  const dmaBuf = world.newId('dma_buf')
  const file = newFile(k, { kind: 'dmabuf', name: 'dmabuf', fmode, flags: spec.flags ?? [], priv: dmaBuf })
  world.set('kernel:0', 'nextIno', nextIno + 1)
  world.create(dmaBuf, {
    file, sizeBytes: spec.sizeBytes, expName: spec.expName, name: '', named: false, priv: spec.priv, attachments: [], resv: spec.resv ?? createResv(k, dmaBuf), ino: nextIno,
    poll: { in: null, out: null },
  })
  world.emit('dmabuf.export', { dmaBuf, mode: fmode.write ? 'reading and writing' : 'reading only', sizeBytes: spec.sizeBytes })
  take(world, file, 'private_data', dmaBuf, '')
  return dmaBuf
})

export const dmaBufFd = fn('dma_buf_fd', (k: Kernel, dmaBuf: Id<'dma_buf'>, cloexec: boolean): number | Fail => installFd(k, k.world.get(dmaBuf).file, cloexec))

/** A number for a buffer that nobody holds yet; without one the buffer ends at once. */
export function firstFd(k: Kernel, dmaBuf: Id<'dma_buf'>, cloexec: boolean): number | Fail {
  const { file } = k.world.get(dmaBuf)
  const fd = dmaBufFd(k, dmaBuf, cloexec)
  if (isFail(fd)) lastPut(k, file)
  return fd
}

/** The buffer that a number names. */
export const getDmaBuf = fn('dma_buf_get', (k: Kernel, fd: number): Id<'dma_buf'> | Fail => {
  const file = getFile(k, fd)
  return isFail(file) ? file : dmaBufOf(k, file)
})
export const putDmaBuf = fn('dma_buf_put', (k: Kernel, from: Id, slot: string) => putFile(k, from, slot))

/** The file of a new buffer: of the inode that all anonymous files share, or with one of its own (since 5.3). */
const newFile = fn({ '5.2': 'anon_inode_getfile', '5.3': 'dma_buf_getfile' }, createFile)

/** The buffer that an open file stands for. */
function dmaBufOf(k: Kernel, file: Id<'file'>): Id<'dma_buf'> | Fail {
  const { kind, priv } = k.world.get(file)
  if (kind === 'dmabuf') return priv as Id<'dma_buf'>
  k.world.emit('dmabuf.refused.not', { file })
  return fail('EINVAL')
}

export const releaseDmaBuf = fn('dma_buf_release', (k: Kernel, file: Id<'file'>) => {
  const { world } = k
  const dmaBuf = world.get(file).priv as Id<'dma_buf'>
  const { poll } = world.get(dmaBuf)
  if (poll.in || poll.out) {
    assertionFailed(k, 'drivers/dma-buf/dma-buf.c:57')
    world.set('kernel:0', 'bug', 'dma_buf_release')
    world.emit('dmabuf.bug', { dmaBuf })
    return
  }
  drop(world, file, 'private_data')
  opsOf(k, dmaBuf).release(k, dmaBuf)
  world.remove(dmaBuf)
  world.emit('dmabuf.release', { dmaBuf })
  removeResv(k, dmaBuf)
})

export const attach = fn('dma_buf_attach', (k: Kernel, dmaBuf: Id<'dma_buf'>, device: Id<'device'>): Id<'attachment'> | Fail => {
  const { world } = k
  const attachment = world.create(world.newId('attachment'), { dmaBuf, device, sgt: null, dir: null })
  world.set(dmaBuf, 'attachments', [attachment, ...world.get(dmaBuf).attachments])
  world.emit('dmabuf.attach', { dmaBuf, attachment, device })
  const refused = opsOf(k, dmaBuf).attach?.(k, dmaBuf, attachment)
  if (isFail(refused)) {
    unlist(k, dmaBuf, attachment)
    return refused
  }
  return attachment
})

function unlist(k: Kernel, dmaBuf: Id<'dma_buf'>, attachment: Id<'attachment'>): void {
  k.world.set(dmaBuf, 'attachments', k.world.get(dmaBuf).attachments.filter(a => a !== attachment))
  k.world.remove(attachment)
  k.world.emit('dmabuf.detach', { dmaBuf, attachment })
}

export const mapAttachment = fn('dma_buf_map_attachment', (k: Kernel, attachment: Id<'attachment'>): readonly SgEntry[] | Fail => {
  const { dmaBuf, device } = k.world.get(attachment)
  const made = opsOf(k, dmaBuf).map(k, attachment)
  if (isFail(made)) return made
  const sgt = k.drivers[device]?.iommu?.mapSg(k, device, made, attachment) ?? made
  k.world.set(attachment, 'sgt', sgt)
  k.world.set(attachment, 'dir', 'BIDIR')
  k.world.emit('dmabuf.map', { attachment, entries: sgt.length })
  return sgt
})

export const unmapAttachment = fn('dma_buf_unmap_attachment', (k: Kernel, attachment: Id<'attachment'>) => {
  const { dmaBuf, device } = k.world.get(attachment)
  k.drivers[device]?.iommu?.unmapSg(k, device, attachment)
  opsOf(k, dmaBuf).unmap(k, attachment)
  k.world.set(attachment, 'sgt', null)
  k.world.set(attachment, 'dir', null)
  k.world.emit('dmabuf.unmap', { attachment })
})

export const detach = fn('dma_buf_detach', (k: Kernel, attachment: Id<'attachment'>) => {
  const { dmaBuf } = k.world.get(attachment)
  opsOf(k, dmaBuf).detach?.(k, dmaBuf, attachment)
  unlist(k, dmaBuf, attachment)
})

/** mmap of the buffer's own descriptor. */
export const mmapInternal = fn('dma_buf_mmap_internal', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const dmaBuf = k.world.get(file).priv as Id<'dma_buf'>
  const { mmap } = opsOf(k, dmaBuf)
  return mmap ? (fits(k, dmaBuf, vma, k.world.get(vma).pgoff) ?? mmap(k, dmaBuf, vma)) : refuseNoMmap(k, dmaBuf)
})

export function refuseNoMmap(k: Kernel, dmaBuf: Id<'dma_buf'>): Fail {
  k.world.emit('mmap.refused.exporter', { dmaBuf })
  return fail('EINVAL')
}

/** The area must lie inside the buffer; undefined when it does. */
export function fits(k: Kernel, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>, pgoff: number): undefined | Fail {
  const { start, end } = k.world.get(vma)
  const { sizeBytes } = k.world.get(dmaBuf)
  const pages = (end - start) / PAGE_SIZE
  if ((pgoff + pages) * PAGE_SIZE <= sizeBytes) return undefined
  k.world.emit('mmap.refused.beyond', { dmaBuf, pages, sizeBytes })
  return fail('EINVAL')
}
