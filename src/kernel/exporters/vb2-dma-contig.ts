/**
 * Buffers of a video device in one piece, from the DMA API: a camera whose queue is asked for MMAP buffers. Exporter kind E9.
 * Mirrors: vb2_dc_alloc, vb2_dc_mmap, vb2_dc_get_dmabuf and its dma_buf_ops (videobuf2-dma-contig.c), with rkisp1 as the device. What both allocators share: vb2.ts.
 * Leaves out: memory asked for as non-coherent, queues that import.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { dmaAllocAttrs, dmaFreeAttrs, dmaGetSgtable, dmaMmapAttrs } from '../dma-alloc.ts'
import { dmaMapSgtable } from '../dma-map.ts'
import { exporter } from '../exporter.ts'
import { isFail, type Fail } from '../fail.ts'
import type { Direction, DmaBufOps } from '../hooks.ts'
import { bufOf, commonVmOps, createBuf, getDmabuf, ownArea, putBuf, vbBuffer, type Memops, type VbBuf } from '../vb2.ts'
import { queueOver } from '../vb2-queue.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'vb2.dc.empty': { dmaBuf: Id<'dma_buf'>; dir: Direction } }
}
export const says: Says = { 'vb2.dc.empty': 'The exporter of {dmaBuf} **has this hook, and it is empty** ({dir}): the CPU\'s mappings of this memory agree with the device as they are.' }

const DEVICE = 'rkisp1'
const put = putBuf('vb2_dc_put', (k, { pages }) => dmaFreeAttrs(k, DEVICE, pages[0]!, pages.length))
const mmap = fn('vb2_dc_mmap', (k: Kernel, buf: VbBuf, vma: Id<'vma'>): void | Fail => {
  const refused = dmaMmapAttrs(k, DEVICE, vma, vbBuffer(k, buf).pages)
  if (isFail(refused)) return refused
  ownArea(k, 'vb2_common_vm_ops:dc', buf, vma)
})

const memops: Memops = {
  alloc: fn('vb2_dc_alloc', (k, sizeBytes: number, dir: Direction) => {
    const count = sizeBytes / PAGE_SIZE
    const first = dmaAllocAttrs(k, DEVICE, count)
    return createBuf(k, 'vb2_dc_buf', DEVICE, Array.from({ length: count }, (_, i) => first + i), dir)
  }),
  put,
  mmap,
  getDmabuf: getDmabuf('vb2_dc_get_dmabuf', 'videobuf2_dma_contig'),
}

// The memory is coherent, so nobody's caches are asked about on the way (DMA_ATTR_SKIP_CPU_SYNC).
const ops: DmaBufOps = {
  map: fn('vb2_dc_dmabuf_ops_map', (k, attachment: Id<'attachment'>) => {
    const { pages } = vbBuffer(k, bufOf(k, k.world.get(attachment).dmaBuf))
    return dmaMapSgtable(k, dmaGetSgtable(k, pages[0]!, pages.length))
  }),
  unmap: fn('vb2_dc_dmabuf_ops_unmap', () => undefined),
  release: fn('vb2_dc_dmabuf_ops_release', (k, dmaBuf: Id<'dma_buf'>) => put(k, dmaBuf, 'priv')),
  mmap: fn('vb2_dc_dmabuf_ops_mmap', (k, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>) => mmap(k, bufOf(k, dmaBuf), vma)),
}
const empty = (name: string) => fn(name, (k: Kernel, dmaBuf: Id<'dma_buf'>, dir: Direction) => k.world.emit('vb2.dc.empty', { dmaBuf, dir }))

export default exporter({
  kind: 'vb2_dc_buf',
  inShort: 'Video queue, contiguous: it maps its one piece past the cache and all at once, whoever asks. SYNC finds an empty hook, and in 5.2 none.',
  offer: {
    id: 'E9', title: 'video buffer, contiguous', why: 'A camera\'s queue allocates from the DMA API and exports with VIDIOC_EXPBUF. The CPU writes past its cache, so there is nothing that SYNC would have to do.',
    leavesOut: 'What the camera films, formats, and streaming: the queue only allocates, maps and exports buffers of 32 × 32 pixels.',
  },
  way: 'v4l2', display: 'rockchip', nodes: { '/dev/video0': '2.6' },
  releases: { '5.2': ops, '5.9': { ...ops, beginCpuAccess: empty('vb2_dc_dmabuf_ops_begin_cpu_access'), endCpuAccess: empty('vb2_dc_dmabuf_ops_end_cpu_access') } },
  vmOps: { 'vb2_common_vm_ops:dc': commonVmOps(put) },
  queue: queueOver(memops),
})
