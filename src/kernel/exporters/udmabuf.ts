/**
 * udmabuf: the pages of a memory file as a dma-buf. Exporter kind E8.
 * Mirrors: udmabuf_create and its dma_buf_ops (drivers/dma-buf/udmabuf.c), of 5.2, of 6.1 and of 6.12.
 * Leaves out: several pieces in one buffer; the buffer keeps the memory file's pages by keeping the file;
 * that a buffer for which no descriptor is left was never given back.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { exportDmaBuf } from '../dma-buf.ts'
import { exporter } from '../exporter.ts'
import { fail, type Fail } from '../fail.ts'
import { dmaMapSgtable, dmaUnmapSgtable, syncForCpu, syncForDevice } from '../dma-map.ts'
import type { Direction, DmaBufOps, VmOps } from '../hooks.ts'
import { memfdPage, putMemfd } from '../memfd.ts'
import type { SgEntry } from '../objects.ts'
import { drop, take } from '../ref.ts'
import { sgFromPages } from '../shmem.ts'
import { withFlags } from '../vma.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Objects {
    /** `frames`: the pages that the memory file had then, whatever becomes of the file; `mapped`: its own device has a scatter list (since the first START). */
    udmabuf: { memfd: Id<'memfd'>; frames: readonly number[]; mapped: boolean }
  }
  interface Events {
    'udmabuf.create': { udmabuf: Id<'udmabuf'>; memfd: Id<'memfd'>; pages: number }
    'udmabuf.refused.range': { offset: number; size: number }
    'udmabuf.refused.file': { fd: number }
    'udmabuf.refused.seals': { memfd: Id<'memfd'> }
    'udmabuf.mmap': { vma: Id<'vma'>; udmabuf: Id<'udmabuf'> }
    'udmabuf.refused.private': { vma: Id<'vma'> }
    'udmabuf.refused.end': { udmabuf: Id<'udmabuf'> }
    'udmabuf.sync': { udmabuf: Id<'udmabuf'> }
    'udmabuf.mmap.frames': { vma: Id<'vma'> }
    'udmabuf.free': { udmabuf: Id<'udmabuf'> }
  }
}
export const says: Says = {
  'udmabuf.create': '**{pages} {pages#page|pages} of {memfd}** {pages#becomes|become} a buffer that can be shared.',
  'udmabuf.refused.range': 'Offset {offset} and size {size} are **not whole pages of the file**: EINVAL.',
  'udmabuf.refused.file': 'Descriptor {fd} is **no memory file**: EBADFD.',
  'udmabuf.refused.seals': '{memfd} must be **sealed against shrinking** and not against writing: EINVAL.',
  'udmabuf.mmap': '{vma} will show the pages of {udmabuf}, one by one.',
  'udmabuf.refused.private': '**Only shared areas** may show this buffer: EINVAL.',
  'udmabuf.refused.end': 'Nobody has said START to {udmabuf} yet, so **END is refused**: EINVAL.',
  'udmabuf.sync': '{udmabuf} syncs the scatter list of **its own device**.',
  'udmabuf.mmap.frames': '{vma} is made of **page frames**: it may not grow, and its parts never join again.',
  'udmabuf.free': '{udmabuf} ends and lets go of its pages.',
}

export interface UdmabufArgs { readonly memfd: number; readonly offset: number; readonly size: number }

/** size_limit_mb. */
const SIZE_LIMIT = 64 * 2 ** 20

export const createUdmabuf = fn('udmabuf_create', (k: Kernel, { memfd: fd, offset, size }: UdmabufArgs): Id<'dma_buf'> | Fail => {
  const { world } = k
  const range = (): Fail => {
    world.emit('udmabuf.refused.range', { offset, size })
    return fail('EINVAL')
  }
  if (offset % PAGE_SIZE !== 0 || size % PAGE_SIZE !== 0 || offset < 0 || size < 0 || size > SIZE_LIMIT || (size === 0 && !k.parts.emptyUdmabufs)) return range()
  const file = world.get(k.task).fds[fd]?.file
  if (!file || world.get(file).kind !== 'memfd') {
    world.emit('udmabuf.refused.file', { fd })
    return fail('EBADFD')
  }
  const memfd = world.get(file).priv as Id<'memfd'>
  const { seals, sizeBytes } = world.get(memfd)
  if (!seals.includes('SHRINK') || seals.some(s => k.parts.udmabufDenies.includes(s))) {
    world.emit('udmabuf.refused.seals', { memfd })
    return fail('EINVAL')
  }
  if (offset + size > sizeBytes) return range()
  const first = offset / PAGE_SIZE
  const count = size / PAGE_SIZE
  const frames = Array.from({ length: count }, (_, i) => memfdPage(k, memfd, first + i))
  const udmabuf = world.create(world.newId('udmabuf'), { memfd, frames, mapped: false })
  world.emit('udmabuf.create', { udmabuf, memfd, pages: count })
  take(world, udmabuf, 'memfd', memfd, 'refcount')
  if (count) take(world, udmabuf, 'pages', memfd, 'pagesUse')
  return exportDmaBuf(k, { sizeBytes: size, expName: 'udmabuf', priv: udmabuf, write: true })
})

const of = (k: Kernel, dmaBuf: Id<'dma_buf'>): Id<'udmabuf'> => k.world.get(dmaBuf).priv as Id<'udmabuf'>

function listOf(k: Kernel, udmabuf: Id<'udmabuf'>): SgEntry[] {
  return sgFromPages(k.world.get(udmabuf).frames)
}

const ops52: DmaBufOps = {
  map: fn('map_udmabuf', (k, attachment: Id<'attachment'>) => {
    const sgt = dmaMapSgtable(k, listOf(k, of(k, k.world.get(attachment).dmaBuf)))
    syncForDevice(k, k.world.get(attachment).device, sgt, 'BIDIR')
    return sgt
  }),
  unmap: fn('unmap_udmabuf', (k, attachment: Id<'attachment'>) => {
    const { device, sgt } = k.world.get(attachment)
    dmaUnmapSgtable(k, device, sgt!, 'BIDIR')
  }),
  release: fn('release_udmabuf', (k, dmaBuf: Id<'dma_buf'>) => {
    const udmabuf = of(k, dmaBuf)
    if (k.world.get(udmabuf).mapped) dmaUnmapSgtable(k, 'udmabuf', listOf(k, udmabuf), 'BIDIR')
    if (k.world.get(udmabuf).frames.length) drop(k.world, udmabuf, 'pages')
    putMemfd(k, udmabuf, 'memfd')
    k.world.remove(udmabuf)
    k.world.emit('udmabuf.free', { udmabuf })
  }),
  mmap: fn('mmap_udmabuf', (k, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>): void | Fail => {
    if (!k.world.get(vma).flags.some(f => f === 'sh' || f === 'ms')) {
      k.world.emit('udmabuf.refused.private', { vma })
      return fail('EINVAL')
    }
    const udmabuf = of(k, dmaBuf)
    k.world.set(vma, 'ops', 'udmabuf_vm_ops')
    k.world.set(vma, 'priv', udmabuf)
    k.world.emit('udmabuf.mmap', { vma, udmabuf })
  }),
}

/** 6.1: hooks around CPU access, through a scatter list for the buffer's own device. */
const opsNow: DmaBufOps = {
  ...ops52,
  beginCpuAccess: fn('begin_cpu_udmabuf', (k, dmaBuf: Id<'dma_buf'>, dir: Direction) => {
    const udmabuf = of(k, dmaBuf)
    const { mapped } = k.world.get(udmabuf)
    k.world.set(udmabuf, 'mapped', true)
    k.world.emit('udmabuf.sync', { udmabuf })
    // The first START maps the list, which cleans; later ones sync it.
    const sync = mapped ? syncForCpu : syncForDevice
    sync(k, 'udmabuf', listOf(k, udmabuf), dir)
  }),
  endCpuAccess: fn('end_cpu_udmabuf', (k, dmaBuf: Id<'dma_buf'>, dir: Direction): void | Fail => {
    const udmabuf = of(k, dmaBuf)
    if (k.world.get(udmabuf).mapped) {
      k.world.emit('udmabuf.sync', { udmabuf })
      return syncForDevice(k, 'udmabuf', listOf(k, udmabuf), dir)
    }
    k.world.emit('udmabuf.refused.end', { udmabuf })
    return fail('EINVAL')
  }),
}

/** 6.12: its areas are made of page frames and never merge again. */
const ops612: DmaBufOps = {
  ...opsNow,
  mmap: (k, dmaBuf, vma) => {
    const refused = ops52.mmap!(k, dmaBuf, vma)
    if (refused) return refused
    k.world.set(vma, 'flags', withFlags(k.world.get(vma).flags, ['pf', 'de', 'dd']))
    k.world.emit('udmabuf.mmap.frames', { vma })
  },
}

const udmabufVmOps: VmOps = {
  fault: fn('udmabuf_vm_fault', (k, id: Id<'vma'>, addr: number) => {
    const { priv, pgoff, start } = k.world.get(id)
    return k.world.get(priv as Id<'udmabuf'>).frames[pgoff + (addr - start) / PAGE_SIZE] ?? 'SIGBUS'
  }),
}

export default exporter({
  kind: 'udmabuf',
  inShort: 'udmabuf: it maps the memory file\'s pages cached and serves the faults itself, whoever asks. SYNC goes to its own device alone, and in 5.2 to nobody.',
  offer: {
    id: 'E8', title: 'udmabuf', why: 'The pages of a memory file become a dma-buf that is always open for writing. It keeps one scatter list for a device of its own: what SYNC cleans, it cleans for that.',
    leavesOut: 'Whether its own device counts as coherent: it counts as the machine\'s other devices do. The flags of an export have no say here. The display reads scattered pages one after the other.',
  },
  way: 'udmabuf', display: 'kms-shmem', nodes: { '/dev/udmabuf': '4.20' },
  releases: { '5.2': ops52, '6.1': opsNow, '6.12': ops612 },
  vmOps: { udmabuf_vm_ops: udmabufVmOps },
})
