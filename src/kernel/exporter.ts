/**
 * Shelf helper: one exporter that is no DRM driver, one file in `exporters/`: what its buffers do (by release, as a driver's hooks are),
 * the node by which a process comes to one, and how it stands in a menu.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import type { Offer } from './driver.ts'
import type { Fail } from './fail.ts'
import type { DmaBufOps, VmOps } from './hooks.ts'
import type { Memops } from './vb2.ts'

/** The ways by which a process comes to a buffer: a plain buffer of a display, a heap, a memory file, the queue of a video device. */
export type Way = 'dumb' | 'heap' | 'udmabuf' | 'v4l2'

/** What an open of its node is. */
export type NodeKind = 'heap' | 'udmabuf' | 'video'

/** v4l2_file_operations of a video device, and the vb2_mem_ops of its queue. */
export interface Queue {
  readonly memops: Memops
  open(k: Kernel, node: string, fmode: { readonly read: boolean; readonly write: boolean }, flags: readonly string[]): Id<'file'>
  mmap(k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail
  release(k: Kernel, file: Id<'file'>): void
}

export interface Exporter {
  /** Kind of the objects that its dma-bufs stand for: `heap_buffer`. */
  readonly kind: string
  /** One line for the inspector: what it does on mmap and on SYNC, whoever imported the buffer. */
  readonly inShort: string
  readonly offer: Offer
  /** How a process allocates from it, and which display shows its buffers in the story: the DMA helper's wants them in one piece. */
  readonly way: Exclude<Way, 'dumb'>
  readonly display: string
  /** Its nodes, each with the release that brought it; programs of the story open the first. */
  readonly nodes: Readonly<Record<string, string>>
  /** struct dma_buf_ops, and handlers of its areas by name; a release without an entry takes the next older one. */
  readonly releases: Readonly<Record<string, DmaBufOps>>
  readonly vmOps?: Readonly<Record<string, VmOps>>
  /** dma_heap_ops->allocate of a heap. */
  readonly allocate?: (k: Kernel, len: number, mode: { readonly read: boolean; readonly write: boolean }) => Id<'dma_buf'>
  /** The queue of a video device. */
  readonly queue?: Queue
}
export const exporter = (spec: Exporter): Exporter => spec
