/**
 * The system dma-heap: pages from the system as a dma-buf, with cached mappings and hooks around CPU access.
 * Mirrors: dma_heap_buffer_alloc, system_heap_allocate and its dma_buf_ops (drivers/dma-buf/heaps/system_heap.c).
 * Leaves out: the sizes of its page blocks, vmap.
 */
import { PAGE_SIZE, pageAlign } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { exportDmaBuf } from './dma-buf.ts'
import { fail, type Fail } from './fail.ts'
import { dmaMapSgtable, syncForCpu, syncForDevice } from './dma-map.ts'
import type { Direction, DmaBufOps } from './hooks.ts'
import { allocPage, freePage } from './page.ts'
import { setPtes } from './pgtable.ts'
import { createResv, removeResv } from './resv.ts'
import { sgFromPages } from './shmem.ts'
import { pteFor, withFlags } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects { heap_buffer: { pages: readonly number[] } }
  interface Events {
    'heap.alloc': { buffer: Id<'heap_buffer'>; pages: number }
    'heap.free': { buffer: Id<'heap_buffer'> }
    'heap.refused.private': { vma: Id<'vma'> }
    'heap.remap': { vma: Id<'vma'>; pages: number }
    'heap.sync': { buffer: Id<'heap_buffer'>; attachments: number; dir: string }
  }
}
export const says: Says = {
  'heap.alloc': 'The heap gives **{pages} zeroed {pages#page|pages}**.',
  'heap.free': 'The pages of {buffer} go back to the system.',
  'heap.refused.private': '**A private area of several pages** cannot show page frames: EINVAL.',
  'heap.remap': '**{pages} {pages#page is|pages are} mapped at once**, cached; no fault will come.',
  'heap.sync': 'The heap syncs the {attachments} mapped {attachments#attachment|attachments} of {buffer} (**{dir}**).',
}

/** Where heaps are found since 5.6. A machine that pairs one with an older kernel adds them to its nodes. */
export const heapNodes = { '/dev/dma_heap/system': 'heap' } as const

export function allocHeap(k: Kernel, len: number, mode: { read: boolean; write: boolean }): Id<'dma_buf'> {
  const { world } = k
  const pages = Array.from({ length: pageAlign(len) / PAGE_SIZE }, () => allocPage(k))
  const buffer = world.create(world.newId('heap_buffer'), { pages })
  const resv = createResv(k, buffer)
  world.emit('heap.alloc', { buffer, pages: pages.length })
  return exportDmaBuf(k, { sizeBytes: pages.length * PAGE_SIZE, expName: 'system', priv: buffer, resv, read: mode.read, write: mode.write })
}

const of = (k: Kernel, dmaBuf: Id<'dma_buf'>): Id<'heap_buffer'> => k.world.get(dmaBuf).priv as Id<'heap_buffer'>

/** Every attachment that is mapped at that moment is synced for its device; the others are not. */
const sync = (name: string, one: typeof syncForCpu) => fn(name, (k: Kernel, dmaBuf: Id<'dma_buf'>, dir: Direction) => {
  const mapped = k.world.get(dmaBuf).attachments.map(a => k.world.get(a)).filter(a => a.sgt !== null)
  k.world.emit('heap.sync', { buffer: of(k, dmaBuf), attachments: mapped.length, dir })
  for (const { device, sgt } of mapped) one(k, device, sgt!, dir)
})

export const heapOps: DmaBufOps = {
  map: fn('system_heap_map_dma_buf', (k, attachment: Id<'attachment'>) => {
    const { dmaBuf, device } = k.world.get(attachment)
    const sgt = dmaMapSgtable(k, sgFromPages(k.world.get(of(k, dmaBuf)).pages))
    syncForDevice(k, device, sgt, 'BIDIR')
    return sgt
  }),
  unmap: fn('system_heap_unmap_dma_buf', () => undefined),
  release: fn('system_heap_dma_buf_release', (k, dmaBuf: Id<'dma_buf'>) => {
    const buffer = of(k, dmaBuf)
    for (const page of k.world.get(buffer).pages) freePage(k, page)
    k.world.remove(buffer)
    k.world.emit('heap.free', { buffer })
    removeResv(k, buffer)
  }),
  mmap: fn('system_heap_mmap', (k, dmaBuf: Id<'dma_buf'>, id: Id<'vma'>): void | Fail => {
    const { world } = k
    const { start, end, flags, pgoff } = world.get(id)
    const count = (end - start) / PAGE_SIZE
    if (flags.includes('mw') && !flags.includes('sh') && count > 1) {
      world.emit('heap.refused.private', { vma: id })
      return fail('EINVAL')
    }
    const { pages } = world.get(of(k, dmaBuf))
    world.set(id, 'flags', withFlags(flags, ['pf', 'io', 'de', 'dd', ...(count === 1 ? ['ar'] : [])]))
    world.emit('heap.remap', { vma: id, pages: count })
    const vma = world.get(id)
    setPtes(k, start, pages.slice(pgoff, pgoff + count).map(page => pteFor(vma, page, false)))
  }),
  beginCpuAccess: sync('system_heap_dma_buf_begin_cpu_access', syncForCpu),
  endCpuAccess: sync('system_heap_dma_buf_end_cpu_access', syncForDevice),
}
