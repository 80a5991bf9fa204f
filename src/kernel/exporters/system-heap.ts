/**
 * The system dma-heap: single pages from anywhere, cached, all of them in the page table when mmap returns. Exporter kind E6.
 * Mirrors: system_heap_allocate, system_heap_mmap and the rest of its dma_buf_ops (drivers/dma-buf/heaps/system_heap.c). Its hooks: heap.ts.
 * Leaves out: the sizes of its page blocks.
 */
import { each } from '../again.ts'
import { PAGE_SIZE, pageAlign } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { exporter } from '../exporter.ts'
import { fail, type Fail } from '../fail.ts'
import { heapBuffer, heapBufferOf, heapOps, heapPages } from '../heap.ts'
import { allocPage, freePage } from '../page.ts'
import { setPtes } from '../pgtable.ts'
import { pteFor, withFlags } from '../vma.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'heap.refused.private': { vma: Id<'vma'> }
    'heap.remap': { vma: Id<'vma'>; pages: number }
  }
}
export const says: Says = {
  'heap.refused.private': '**A private area of several pages** cannot show page frames: EINVAL.',
  'heap.remap': '**{pages} {pages#page is|pages are} mapped at once**, cached; no fault will come.',
}

const mmap = fn('system_heap_mmap', (k: Kernel, dmaBuf: Id<'dma_buf'>, id: Id<'vma'>): void | Fail => {
  const { world } = k
  const { start, end, flags, pgoff } = world.get(id)
  const count = (end - start) / PAGE_SIZE
  if (flags.includes('mw') && !flags.includes('sh') && count > 1) {
    world.emit('heap.refused.private', { vma: id })
    return fail('EINVAL')
  }
  world.set(id, 'flags', withFlags(flags, ['pf', 'io', 'de', 'dd', ...(count === 1 ? ['ar'] : [])]))
  world.emit('heap.remap', { vma: id, pages: count })
  const vma = world.get(id)
  setPtes(k, start, heapPages(k, heapBufferOf(k, dmaBuf)).slice(pgoff, pgoff + count).map(page => pteFor(vma, page, false)))
})

export default exporter({
  kind: 'heap_buffer',
  inShort: 'System heap: it maps its pages cached and all at once, whoever asks, and sets no fault handler. SYNC goes to each device that has the buffer mapped.',
  offer: {
    id: 'E6', title: 'dma-heap, system', why: 'No driver owns the buffer: a process takes pages from a heap, cached. SYNC really cleans, for every device that has the buffer mapped.',
    leavesOut: 'Linux 5.2 had no dma-heaps (they came with 5.6; Android\'s ION stood there in 2019): with the older kernels this is a pairing that never was. The display reads scattered pages one after the other.',
  },
  way: 'heap', display: 'kms-shmem', nodes: { '/dev/dma_heap/system': '5.6' },
  allocate: fn('system_heap_allocate', (k, len: number, mode) => heapBuffer(k, 'heap_buffer', 'system', each(k.world, Array.from({ length: pageAlign(len) / PAGE_SIZE }), () => allocPage(k)), mode)),
  releases: { '5.2': { ...heapOps('system_heap', (k, pages) => { each(k.world, pages, page => freePage(k, page)) }), mmap } },
})
