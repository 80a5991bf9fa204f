/** The hooks a driver can set, named as in struct drm_driver, drm_gem_object_funcs and dma_buf_ops. To be extended by what drivers need. */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import type { Fail } from './fail.ts'

export interface DriverHooks {
  /** Exporter name in bufinfo (`drm`, `virtio_gpu`). */
  readonly expName?: string
  /** fops->mmap of the node. */
  readonly mmap?: (k: Kernel, file: Id<'file'>, vma: Id<'vma'>) => void | Fail
}
