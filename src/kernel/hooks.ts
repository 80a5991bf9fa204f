/**
 * The hooks a driver can set, named as in struct drm_driver, drm_gem_object_funcs and dma_buf_ops.
 * A missing hook means what it means in Linux: the core's own answer, or a refusal.
 */
import type { GpuRange } from '../hardware/gpu-mmu.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { FnName, Kernel } from './context.ts'
import type { Fail } from './fail.ts'
import type { Attr, SgEntry } from './objects.ts'

export interface Dumb { readonly handle: number; readonly pitch: number; readonly size: number }
export interface DumbArgs { readonly width: number; readonly height: number; readonly bpp: number }

export interface DriverHooks {
  /** Driver features of the node: modesetting (framebuffers), a render node, PRIME both ways. */
  readonly modeset?: boolean
  readonly prime?: boolean
  /** Exporter name in bufinfo (`drm`, `virtio_gpu`). */
  readonly expName?: string
  /** First number of a framebuffer on this device. */
  readonly firstFb?: number
  /** mode_config's least and most width and height of a framebuffer; absent: any up to 8192. */
  readonly fbLeast?: number
  readonly fbMost?: readonly [width: number, height: number]
  /** fb_create of the driver's own looks at the handle alone, and calls an unknown one EINVAL; absent: drm_gem_fb_create. */
  readonly fbByHandle?: boolean
  /** Bytes of the card's memory that a picture of two bytes a pixel must fit. */
  readonly fbMemory?: number

  /** Once at boot: a GPU makes its page tables, a display its crtc. */
  readonly probe?: (k: Kernel, device: Id<'device'>) => void
  /** fops->mmap of the node. */
  readonly mmap?: (k: Kernel, file: Id<'file'>, vma: Id<'vma'>) => void | Fail
  readonly dumbCreate?: (k: Kernel, drmFile: Id<'drm_file'>, args: DumbArgs) => Dumb | Fail
  /** Absent: drm_gem_dumb_map_offset, which refuses imports. */
  readonly dumbMapOffset?: (k: Kernel, drmFile: Id<'drm_file'>, handle: number) => number | Fail

  /** driver->gem_create_object: the driver's own structure around a new object of the shmem helper. */
  readonly createObject?: (k: Kernel) => void
  /** A buffer and its handle, as the driver's own call makes them. Absent: one after the other. */
  readonly createBo?: (k: Kernel, drmFile: Id<'drm_file'>, sizeBytes: number, attr: Attr) => { readonly gem: Id<'gem'>; readonly handle: number } | Fail
  /** funcs->open and ->close: a handle of this object appears in, or goes from, a file. */
  readonly gemOpen?: (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>) => void | Fail
  readonly gemClose?: (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>) => void
  /** Memory is short: gives back what the driver may throw away; answers how many buffers that were. */
  readonly shrink?: (k: Kernel, device: Id<'device'>) => number
  /** Its own page tables, by their format (tables/); absent: Mali's, or none are modelled. */
  readonly tables?: DeviceTables
  /** The IOMMU before it on this machine, set at boot; absent: it sees memory as it is. */
  readonly iommu?: Iommu
  /** The functions that queue, start and end a job of this device; absent: panfrost's. */
  readonly sched?: JobFunctions
  /** A job that used the object is over. */
  readonly jobPut?: (k: Kernel, gem: Id<'gem'>) => void
  /** How the CPU sees the driver's own new buffers on this machine. */
  readonly attrOf?: (k: Kernel, device: Id<'device'>) => Attr
  /** funcs->free. */
  readonly gemFree?: (k: Kernel, gem: Id<'gem'>) => void
  /** funcs->mmap; absent in 5.2. */
  readonly gemMmap?: (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>) => void | Fail
  /** Name of the vm_ops of its mappings (an entry of parts.vmOps). */
  readonly vmOps?: string
  /** The vm_ops of that name, where a driver has its own. */
  readonly ownVmOps?: VmOps
  readonly pin?: (k: Kernel, gem: Id<'gem'>) => void | Fail
  readonly unpin?: (k: Kernel, gem: Id<'gem'>) => void
  /** Absent: the object cannot be shared with another device. */
  readonly getSgTable?: (k: Kernel, gem: Id<'gem'>) => readonly SgEntry[] | Fail

  /** driver->prime_handle_to_fd and ->prime_fd_to_handle are there (else ENOSYS, before 6.6). */
  readonly canExport?: boolean
  readonly canImport?: boolean
  /** driver->gem_prime_import: refuses, or takes what the core would not; undefined: the core's own import. */
  readonly primeImport?: (k: Kernel, device: Id<'device'>, dmaBuf: Id<'dma_buf'>) => Id<'gem'> | Fail | undefined
  /** driver->gem_prime_export refuses before a dma-buf is made. */
  readonly primeExport?: (k: Kernel, gem: Id<'gem'>) => void | Fail
  /** driver->gem_prime_import_sg_table; absent: EINVAL for a foreign buffer. */
  readonly importSgTable?: (k: Kernel, attachment: Id<'attachment'>, sgt: readonly SgEntry[]) => Id<'gem'> | Fail
  /** driver->gem_prime_mmap, called with the object's own dma-buf; absent in 5.2: ENOSYS. */
  readonly primeMmap?: (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>) => void | Fail
  /** vgem before 5.3: what happens to an object before a test fence is attached. */
  readonly beforeFence?: (k: Kernel, gem: Id<'gem'>) => void
  /** The operations of its dma-bufs, where a driver sets its own (funcs->export); absent: drm_gem_prime_dmabuf_ops. */
  readonly dmaBufOps?: DmaBufOps
  /** Its own buffers are mapped cached. */
  readonly cached?: boolean
  /** Its node has no position: lseek is ESPIPE. */
  readonly noSeek?: boolean
  /** Last close of a node. */
  readonly postClose?: (k: Kernel, drmFile: Id<'drm_file'>) => void
}

/** Page tables by which a device finds memory. */
export interface DeviceTables {
  /** Once at boot: they are empty. */
  readonly probe: (k: Kernel, device: Id<'device'>) => void
  readonly unmap: (k: Kernel, device: Id<'device'>, addr: number, sizeBytes: number) => void
  /** Before its next commands: it forgets what may be old. */
  readonly begin: (k: Kernel, device: Id<'device'>) => void
  /** The contiguous piece of memory behind an address, as far as `sizeBytes`; null: it reported that there is none. */
  readonly reach: (k: Kernel, device: Id<'device'>, addr: number, sizeBytes: number, access: 'read' | 'write') => GpuRange | null
}
/** Tables that the DMA API fills: pages become one range of addresses of the device, for somebody. */
export interface Iommu extends DeviceTables {
  readonly mapSg: (k: Kernel, device: Id<'device'>, sgt: readonly SgEntry[], by: Id) => readonly SgEntry[]
  readonly unmapSg: (k: Kernel, device: Id<'device'>, by: Id) => void
  /** The frame behind an address that was given out. */
  readonly frameAt: (k: Kernel, device: Id<'device'>, addr: number) => number
}

/** Names of functions, as the call chain shows them. */
export interface JobFunctions { readonly push: FnName; readonly run: FnName; readonly irq: FnName }

/** struct vm_operations_struct. A fault answers the frame to show, the signal that ends the access, or how the kernel stops in it: an assertion, a bad pointer. */
export interface VmOps {
  readonly open?: (k: Kernel, vma: Id<'vma'>) => void
  readonly close?: (k: Kernel, vma: Id<'vma'>) => void
  readonly fault?: (k: Kernel, vma: Id<'vma'>, addr: number) => number | 'SIGBUS' | 'BUG' | 'OOPS'
  /** Its areas may be split (absent: yes). */
  readonly maySplit?: boolean
}

/** struct dma_buf_ops, by the kind of object that the buffer stands for. */
export interface DmaBufOps {
  readonly attach?: (k: Kernel, dmaBuf: Id<'dma_buf'>, attachment: Id<'attachment'>) => void | Fail
  readonly detach?: (k: Kernel, dmaBuf: Id<'dma_buf'>, attachment: Id<'attachment'>) => void
  readonly map: (k: Kernel, attachment: Id<'attachment'>, dir?: Direction) => readonly SgEntry[] | Fail
  readonly unmap: (k: Kernel, attachment: Id<'attachment'>) => void
  readonly release: (k: Kernel, dmaBuf: Id<'dma_buf'>) => void
  readonly mmap?: (k: Kernel, dmaBuf: Id<'dma_buf'>, vma: Id<'vma'>) => void | Fail
  readonly beginCpuAccess?: (k: Kernel, dmaBuf: Id<'dma_buf'>, dir: Direction) => void | Fail
  readonly endCpuAccess?: (k: Kernel, dmaBuf: Id<'dma_buf'>, dir: Direction) => void | Fail
}
export type Direction = 'TO' | 'FROM' | 'BIDIR'
