/**
 * The replaceable functions of the kernel, in one list; a flavour is a choice of them (flavours.ts). Always called through
 * `k.parts`, so that a variant can put another function in place. Everything else is an ordinary import.
 */
import type { Mair } from '../hardware/page-table/arm64.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import type { NodeKind, Queue } from './exporter.ts'
import type { Fail, Outcome } from './fail.ts'
import type { DmaMaintenance } from './dma-map.ts'
import type { DmaBufOps, VmOps } from './hooks.ts'
import type { Flush } from './job.ts'
import type { Attr, SgEntry } from './objects.ts'

/** What an open of a node that is no DRM device gives. */
export type PlainKind = NodeKind | 'null'

export interface MaliParts {
  /** Of a leaf: index into MEMATTR, and shareability as the GPU means it (2 outer, 3 inner). */
  readonly attrIndex: number
  readonly shareability: number
  /** TRANSTAB asks for walks that look into the CPU's caches, where the machine has such. */
  readonly sharesTables: boolean
  /** Of a buffer's place, in bytes. */
  readonly alignOf: (gem: { readonly sizeBytes: number; readonly noexec: boolean }) => number
  /** A job waits for readers of its buffers too, not for writers alone. */
  readonly waitsForReaders: boolean
  /** A job says how many flushes of the GPU's cache there had been when it was submitted; if there were more since, the one at its start is left out. */
  readonly flushReduction: boolean
  /** Flags that CREATE_BO knows. */
  readonly flags: readonly string[]
  /** What the cache of the GPU is asked to do around every job: JS_CONFIG_START_FLUSH and JS_CONFIG_END_FLUSH. */
  readonly startFlush: Flush
  readonly endFlush: Flush
  /** Makes entries of a table, just written, visible to a walker that looks at memory. */
  readonly syncEntries: (k: Kernel, mmu: Id<'gpu_mmu'>, at: number, entries: number) => void
  /** Entries of a range are empty: makes the GPU forget what it remembers of them. */
  readonly flushUnmapped: (k: Kernel, mmu: Id<'gpu_mmu'>, gpuVa: number, sizeBytes: number) => void
}

export interface KernelParts {
  /** `5.2`, `6.1`, `6.19`: which table of a driver's hooks is taken at boot. */
  readonly release: string
  /** drm_gem_mmap: the node's mmap handler, or the first part of a driver's own. 'exporter': the exporter made the whole area. */
  readonly gemMmap: (k: Kernel, file: Id<'file'>, vma: Id<'vma'>) => void | 'exporter' | Fail
  /** The same for callers that know the answer 'exporter' (in most releases there is no difference). */
  readonly gemMmapHelper: KernelParts['gemMmap']
  /** dma_buf_mmap: hands an area to the exporter of a buffer. */
  readonly dmaBufMmap: (k: Kernel, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>, pgoff: number) => void | Fail
  /** drm_gem_dmabuf_mmap of a DRM exporter. */
  readonly gemDmabufMmap: (k: Kernel, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>) => void | Fail
  /** The fake offset that a driver's own ioctl (MMAP_BO) tells; KBLK refuses imports here. */
  readonly mmapBo: (k: Kernel, drmFile: Id<'drm_file'>, handle: number) => number | Fail
  /** drm_gem_prime_handle_to_fd: whether a missing descriptor or an unknown handle is found first. */
  readonly handleToFd: (k: Kernel, drmFile: Id<'drm_file'>, handle: number, flags: readonly string[]) => number | Fail
  /** Who may export and import. */
  readonly permitPrime: (k: Kernel, file: Id<'file'>) => void | Fail
  /** A handle goes: which entry of the file's PRIME cache goes with it. */
  readonly removeBufHandle: (k: Kernel, drmFile: Id<'drm_file'>, gem: Id<'gem'>, handle: number) => void
  /** The shmem helper's pin for an attachment, and its end. */
  readonly shmemPin: (k: Kernel, gem: Id<'gem'>) => void | Fail
  readonly shmemUnpin: (k: Kernel, gem: Id<'gem'>) => void
  /** What the shmem helper keeps of a foreign buffer's pages. */
  readonly shmemImport: (k: Kernel, gem: Id<'gem'>, sgt: readonly SgEntry[]) => void
  /** Nodes that are no DRM device, by path: what kind of file an open gives. */
  readonly plainNodes: Readonly<Record<string, PlainKind>>
  /** The queues of video devices, by node. */
  readonly queues: Readonly<Record<string, Queue>>
  /** Tables of mapping and buffer operations, by name. */
  readonly vmOps: Readonly<Record<string, VmOps>>
  readonly dmaBufOps: Readonly<Record<string, DmaBufOps>>
  /** Before 5.3 a dma-buf has no inode of its own. */
  readonly anonymousDmaBufs: boolean
  /** What ends with the last reference to an open file, by its kind. */
  readonly fileReleases: Readonly<Record<string, (k: Kernel, file: Id<'file'>) => void>>
  /** What a file answers to a request that is not in its table. */
  readonly strangeIoctl: (k: Kernel, file: Id<'file'>, request: string) => Outcome
  /** mremap looks for the area before anything else (6.x); before, the same or a smaller size in place was fine even over nothing. */
  readonly mremapLooksFirst: boolean
  /** MADV_REMOVE: empties the pages of a file's range. */
  readonly punchHole: (k: Kernel, vma: Id<'vma'>, start: number, end: number) => void | Fail
  /** Kinds of files that lie where nothing may be executed. */
  readonly noexec: readonly string[]
  /** Seals that a memory file under a udmabuf must not have. */
  readonly udmabufDenies: readonly string[]
  /** What a framebuffer holds besides its object. */
  readonly fbAdded: (k: Kernel, fb: Id<'fb'>, gem: Id<'gem'>) => void
  readonly fbRemoved: (k: Kernel, fb: Id<'fb'>, gem: Id<'gem'>) => void
  /** How MAIR_EL1 is programmed: which index of an entry means which kind of memory. */
  readonly mair: Mair
  /** How panfrost writes its page tables, and where it puts buffers. */
  readonly mali: MaliParts
  /** Where the machine wants it, the shmem helper changes the kernel's own mapping of pages that it maps write-combined (since 5.15). */
  readonly pagesArrayWc: boolean
  /** A new object starts its life; `own` where it has a shared-memory file or memory of its own. */
  readonly gemInit: (k: Kernel, own: boolean, init: () => void) => void
  /** Which maintenance the DMA API does on arm64, before or after 5.19. */
  readonly dmaMaintenance: DmaMaintenance
  /** How memory of the DMA API is mapped into a process for this device. */
  readonly dmaPgprot: (k: Kernel, device: Id<'device'>) => Attr
  /** A udmabuf of no pages at all is allowed. */
  readonly emptyUdmabufs: boolean
  /** /proc/self/fdinfo stays readable after setuid. */
  readonly fdinfoAfterSetuid: boolean
  /** A poll of a busy buffer holds a reference to its file until the fence signals. */
  readonly pollHoldsFile: boolean
}
