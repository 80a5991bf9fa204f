/**
 * The CMA dma-heap: one contiguous piece, cached, shown page by page as faults ask for it. Exporter kind E7.
 * Mirrors: cma_heap_allocate, cma_heap_mmap, cma_heap_vm_fault (drivers/dma-buf/heaps/cma_heap.c); since 6.9 its areas are made of page frames. Its hooks: heap.ts.
 * Leaves out: moving pages out of the region, regions other than the default one, what a fault right behind the buffer read before 6.12.
 */
import { PAGE_SIZE, pageAlign } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { exporter } from '../exporter.ts'
import { fail, type Fail } from '../fail.ts'
import { heapBuffer, heapBufferOf, heapOps, heapPages } from '../heap.ts'
import type { DmaBufOps, VmOps } from '../hooks.ts'
import { allocRun, freeRun } from '../page.ts'
import { withFlags } from '../vma.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'cma.mmap': { vma: Id<'vma'>; buffer: Id<'cma_heap_buffer'> }
    'cma.mmap.frames': { vma: Id<'vma'> }
    'cma.refused.private': { vma: Id<'vma'> }
  }
}
export const says: Says = {
  'cma.mmap': '{vma} will show {buffer}, cached, **page by page** as faults ask for it.',
  'cma.mmap.frames': '{vma} is made of **bare page frames**: nobody else may take its pages for ordinary memory.',
  'cma.refused.private': 'The CMA heap **maps nothing privately**: EINVAL.',
}

const mmap = fn('cma_heap_mmap', (k: Kernel, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>): void | Fail => {
  const { world } = k
  if (!world.get(vma).flags.some(f => f === 'sh' || f === 'ms')) {
    world.emit('cma.refused.private', { vma })
    return fail('EINVAL')
  }
  const buffer = heapBufferOf(k, dmaBuf) as Id<'cma_heap_buffer'>
  world.set(vma, 'ops', 'dma_heap_vm_ops')
  world.set(vma, 'priv', buffer)
  world.emit('cma.mmap', { vma, buffer })
})

const ops: DmaBufOps = { ...heapOps('cma_heap', (k, pages) => freeRun(k, pages[0]!, pages.length)), mmap }
const opsOfFrames: DmaBufOps = {
  ...ops,
  mmap(k, dmaBuf, vma) {
    const refused = mmap(k, dmaBuf, vma)
    if (refused) return refused
    k.world.set(vma, 'flags', withFlags(k.world.get(vma).flags, ['io', 'pf', 'de', 'dd']))
    k.world.emit('cma.mmap.frames', { vma })
  },
}

const dmaHeapVmOps: VmOps = {
  fault: fn('cma_heap_vm_fault', (k, id: Id<'vma'>, addr: number) => {
    const { priv, pgoff, start } = k.world.get(id)
    return heapPages(k, priv as Id<'cma_heap_buffer'>)[pgoff + (addr - start) / PAGE_SIZE] ?? 'SIGBUS'
  }),
}

export default exporter({
  kind: 'cma_heap_buffer',
  inShort: 'CMA heap: it maps its one piece cached and serves the faults itself, whoever asks. SYNC goes to each device that has the buffer mapped.',
  offer: {
    id: 'E7', title: 'dma-heap, contiguous', why: 'A heap whose buffers lie in one piece, so a display without an IOMMU takes them too. Cached: SYNC decides what devices see.',
    leavesOut: 'Linux 5.2 had no dma-heaps (they came with 5.6; Android\'s ION stood there in 2019): with the older kernels this is a pairing that never was.',
  },
  way: 'heap', display: 'rockchip', nodes: { '/dev/dma_heap/reserved': '5.6', '/dev/dma_heap/default_cma_region': '6.17' },
  allocate: fn('cma_heap_allocate', (k, len: number, mode) => {
    const count = pageAlign(len) / PAGE_SIZE
    const first = allocRun(k, count)
    return heapBuffer(k, 'cma_heap_buffer', 'reserved', Array.from({ length: count }, (_, i) => first + i), mode)
  }),
  releases: { '5.2': ops, '6.9': opsOfFrames },
  vmOps: { dma_heap_vm_ops: dmaHeapVmOps },
})
