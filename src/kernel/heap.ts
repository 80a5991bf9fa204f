/**
 * What dma-heaps have in common: a buffer that is an object of its own, cached for the CPU, and hooks around CPU access that go to every
 * device that has it mapped at that moment, and to no other.
 * Mirrors: attach, map, unmap, begin and end_cpu_access of drivers/dma-buf/heaps, the same in the system heap and the CMA heap.
 * Leaves out: vmap, protected heaps.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { exportDmaBuf } from './dma-buf.ts'
import { dmaMapSgtable, dmaUnmapSgtable, syncForCpu, syncForDevice } from './dma-map.ts'
import type { Direction, DmaBufOps } from './hooks.ts'
import { sgFromPages } from './shmem.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects {
    heap_buffer: { pages: readonly number[] }
    cma_heap_buffer: { pages: readonly number[] }
  }
  interface Events {
    'heap.alloc': { buffer: HeapBuffer; pages: number }
    'heap.free': { buffer: HeapBuffer }
    'heap.sync': { buffer: HeapBuffer; attachments: number; dir: Direction }
    'heap.sync.none': { buffer: HeapBuffer; dir: Direction }
  }
}
export type HeapBuffer = Id<'heap_buffer'> | Id<'cma_heap_buffer'>
export const says: Says = {
  'heap.alloc': 'The heap gives **{pages} zeroed {pages#page|pages}**.',
  'heap.free': 'The pages of {buffer} go back to the heap.',
  'heap.sync': 'The heap syncs the **{attachments} mapped {attachments#attachment|attachments}** of {buffer} ({dir}), each for its own device.',
  'heap.sync.none': '**No device has {buffer} mapped**: the heap syncs nothing ({dir}). Who maps it later will clean it.',
}

export function heapBuffer(k: Kernel, kind: 'heap_buffer' | 'cma_heap_buffer', expName: string, pages: readonly number[], mode: { read: boolean; write: boolean }): Id<'dma_buf'> {
  const buffer = k.world.create(k.world.newId(kind), { pages })
  k.world.emit('heap.alloc', { buffer, pages: pages.length })
  return exportDmaBuf(k, { sizeBytes: pages.length * PAGE_SIZE, expName, priv: buffer, read: mode.read, write: mode.write })
}

export const heapBufferOf = (k: Kernel, dmaBuf: Id<'dma_buf'>): HeapBuffer => k.world.get(dmaBuf).priv as HeapBuffer
export const heapPages = (k: Kernel, buffer: HeapBuffer): readonly number[] => k.world.get(buffer as Id<'heap_buffer'>).pages

/** Every attachment that is mapped at that moment is synced for its device; the others are not. */
const sync = (name: string, one: typeof syncForCpu) => fn(name, (k: Kernel, dmaBuf: Id<'dma_buf'>, dir: Direction) => {
  const buffer = heapBufferOf(k, dmaBuf)
  const mapped = k.world.get(dmaBuf).attachments.map(a => k.world.get(a)).filter(a => a.sgt !== null)
  if (mapped.length === 0) return k.world.emit('heap.sync.none', { buffer, dir })
  k.world.emit('heap.sync', { buffer, attachments: mapped.length, dir })
  for (const { device, sgt } of mapped) one(k, device, sgt!, dir)
})

/** The hooks under the names of one heap; how it gives pages back is its own. */
export function heapOps(prefix: 'system_heap' | 'cma_heap', giveBack: (k: Kernel, pages: readonly number[]) => void): Pick<DmaBufOps, 'map' | 'unmap' | 'release' | 'beginCpuAccess' | 'endCpuAccess'> {
  return {
    map: fn(`${prefix}_map_dma_buf`, (k, attachment: Id<'attachment'>) => {
      const { dmaBuf, device } = k.world.get(attachment)
      const sgt = dmaMapSgtable(k, sgFromPages(heapPages(k, heapBufferOf(k, dmaBuf))))
      syncForDevice(k, device, sgt, 'BIDIR')
      return sgt
    }),
    unmap: fn(`${prefix}_unmap_dma_buf`, (k, attachment: Id<'attachment'>) => {
      const { device, sgt } = k.world.get(attachment)
      dmaUnmapSgtable(k, device, sgt!, 'BIDIR')
    }),
    release: fn(`${prefix}_dma_buf_release`, (k, dmaBuf: Id<'dma_buf'>) => {
      const buffer = heapBufferOf(k, dmaBuf)
      giveBack(k, heapPages(k, buffer))
      k.world.remove(buffer)
      k.world.emit('heap.free', { buffer })
    }),
    beginCpuAccess: sync(`${prefix}_dma_buf_begin_cpu_access`, syncForCpu),
    endCpuAccess: sync(`${prefix}_dma_buf_end_cpu_access`, syncForDevice),
  }
}
