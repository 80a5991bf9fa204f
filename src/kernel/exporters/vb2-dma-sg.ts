/**
 * Buffers of a video device from single pages, cached: exporter kind E10. Its hooks go to its own device alone, in the direction of its
 * queue, whatever SYNC asks for: a capture queue's is FROM, because its device writes.
 * Mirrors: vb2_dma_sg_alloc, vb2_dma_sg_mmap, vb2_dma_sg_get_dmabuf and its dma_buf_ops (videobuf2-dma-sg.c), with the capture side of rockchip-rga as the
 * device; vm_map_pages (mm/memory.c). What both allocators share: vb2.ts.
 * Leaves out: blocks of several pages, the device's other queue and a queue for each open of it, queues that import.
 */
import { each } from '../again.ts'
import { PAGE_SIZE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { dmaMapSgtable, dmaUnmapSgtable, syncForCpu, syncForDevice } from '../dma-map.ts'
import { exporter } from '../exporter.ts'
import { fail, isFail, type Fail } from '../fail.ts'
import type { Direction, DmaBufOps } from '../hooks.ts'
import { allocPage, freePage } from '../page.ts'
import { setPtes } from '../pgtable.ts'
import { sgFromPages } from '../shmem.ts'
import { bufOf, commonVmOps, createBuf, getDmabuf, ownArea, putBuf, vbBuffer, type Memops, type VbBuf } from '../vb2.ts'
import { queueOver } from '../vb2-queue.ts'
import { pteFor, withFlags } from '../vma.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'vb2.sg.insert': { vma: Id<'vma'>; pages: number }
    'vb2.sg.refused.range': { vma: Id<'vma'>; pgoff: number }
    'vb2.sg.sync': { buf: VbBuf; device: string; dir: Direction; asked: Direction }
  }
}
export const says: Says = {
  'vb2.sg.insert': '**{pages} {pages#page is|pages are} put into {vma} at once**, cached, each counted as a page of its own.',
  'vb2.sg.refused.range': 'The area would begin {pgoff} {pgoff#page|pages} inside the buffer and show **pages that it does not have**: ENXIO.',
  'vb2.sg.sync': '{asked} was asked for, but **the queue\'s own direction counts, {dir}**, and only its own device, {device}.',
}

const DEVICE = 'rockchip-rga'
const put = putBuf('vb2_dma_sg_put', (k, { pages }) => { each(k.world, pages, page => freePage(k, page)) })

const mapPages = fn('vm_map_pages', (k: Kernel, id: Id<'vma'>, pages: readonly number[]): void | Fail => {
  const { world } = k
  const { start, end, pgoff, flags } = world.get(id)
  const count = (end - start) / PAGE_SIZE
  if (pgoff + count > pages.length) {
    world.emit('vb2.sg.refused.range', { vma: id, pgoff })
    return fail('ENXIO')
  }
  world.set(id, 'flags', withFlags(flags, ['mm']))
  world.emit('vb2.sg.insert', { vma: id, pages: count })
  const vma = world.get(id)
  setPtes(k, start, pages.slice(pgoff, pgoff + count).map(page => pteFor(vma, page, false)))
})
const mmap = fn('vb2_dma_sg_mmap', (k: Kernel, buf: VbBuf, vma: Id<'vma'>): void | Fail => {
  const refused = mapPages(k, vma, vbBuffer(k, buf).pages)
  if (isFail(refused)) return refused
  k.world.set(vma, 'flags', withFlags(k.world.get(vma).flags, ['de', 'dd']))
  ownArea(k, 'vb2_common_vm_ops:sg', buf, vma)
})

const memops: Memops = {
  alloc: fn('vb2_dma_sg_alloc', (k, sizeBytes: number, dir: Direction) =>
    createBuf(k, 'vb2_dma_sg_buf', DEVICE, each(k.world, Array.from({ length: sizeBytes / PAGE_SIZE }), () => allocPage(k)), dir)),
  put,
  mmap,
  getDmabuf: getDmabuf('vb2_dma_sg_get_dmabuf', 'videobuf2_dma_sg'),
}

const listOf = (k: Kernel, buf: VbBuf) => sgFromPages(vbBuffer(k, buf).pages)
const ops: DmaBufOps = {
  map: fn('vb2_dma_sg_dmabuf_ops_map', (k, attachment: Id<'attachment'>) => {
    const { dmaBuf, device } = k.world.get(attachment)
    const sgt = dmaMapSgtable(k, listOf(k, bufOf(k, dmaBuf)))
    syncForDevice(k, device, sgt, 'BIDIR')
    return sgt
  }),
  // The list stays with its attachment; the device lets go of it when it detaches.
  unmap: fn('vb2_dma_sg_dmabuf_ops_unmap', () => undefined),
  detach: fn('vb2_dma_sg_dmabuf_ops_detach', (k, dmaBuf: Id<'dma_buf'>, attachment: Id<'attachment'>) => dmaUnmapSgtable(k, k.world.get(attachment).device, listOf(k, bufOf(k, dmaBuf)), 'BIDIR')),
  release: fn('vb2_dma_sg_dmabuf_ops_release', (k, dmaBuf: Id<'dma_buf'>) => put(k, dmaBuf, 'priv')),
  mmap: fn('vb2_dma_sg_dmabuf_ops_mmap', (k, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>) => mmap(k, bufOf(k, dmaBuf), vma)),
}
const sync = (name: string, one: typeof syncForCpu) => fn(name, (k: Kernel, dmaBuf: Id<'dma_buf'>, asked: Direction) => {
  const buf = bufOf(k, dmaBuf)
  const { device, dir } = vbBuffer(k, buf)
  k.world.emit('vb2.sg.sync', { buf, device, dir, asked })
  one(k, device, listOf(k, buf), dir)
})

export default exporter({
  kind: 'vb2_dma_sg_buf',
  inShort: 'Video queue, scattered: it maps its pages cached and all at once, whoever asks. SYNC goes to its own device in the queue\'s direction, and in 5.2 to nobody.',
  offer: {
    id: 'E10', title: 'video buffer, scattered', why: 'A video device\'s queue takes single pages, cached. Its hooks ignore who has the buffer mapped and what SYNC asks for: the direction of the queue counts.',
    leavesOut: 'What the device writes, formats, and streaming: the queue only allocates, maps and exports buffers of 32 × 32 pixels. The display reads scattered pages one after the other.',
  },
  way: 'v4l2', display: 'kms-shmem', nodes: { '/dev/video1': '2.6' },
  releases: { '5.2': ops, '5.9': { ...ops, beginCpuAccess: sync('vb2_dma_sg_dmabuf_ops_begin_cpu_access', syncForCpu), endCpuAccess: sync('vb2_dma_sg_dmabuf_ops_end_cpu_access', syncForDevice) } },
  vmOps: { 'vb2_common_vm_ops:sg': commonVmOps(put) },
  queue: queueOver(memops),
})
