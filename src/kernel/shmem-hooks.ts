/** The hook tables of drivers that use the shmem helper for everything. */
import { fn } from './context.ts'
import type { DriverHooks } from './hooks.ts'
import type { Attr } from './objects.ts'
import { primeMmap52 } from './gem-mmap.ts'
import { freeShmem, getSgTable, importSgTable, shmemDumbCreate } from './shmem.ts'
import { shmemFopsMmap52, shmemMmapNow } from './shmem-mmap.ts'

const common: DriverHooks = {
  prime: true,
  canExport: true,
  canImport: true,
  gemFree: freeShmem,
  vmOps: 'drm_gem_shmem_vm_ops',
  pin: (k, gem) => k.parts.shmemPin(k, gem),
  unpin: (k, gem) => k.parts.shmemUnpin(k, gem),
  getSgTable,
  importSgTable,
}
const objectMmap = fn('drm_gem_shmem_object_mmap', shmemMmapNow)
/** Since 5.16 or so: the object maps itself. */
export const shmemHooks = ({ attr }: { attr: Attr }): DriverHooks => ({ ...common, dumbCreate: shmemDumbCreate(attr), gemMmap: objectMmap })
/** 5.2: the node's handler is the helper's, and every mapping is write-combined. */
export const shmemHooks52: DriverHooks = { ...common, dumbCreate: shmemDumbCreate('wc'), mmap: shmemFopsMmap52, primeMmap: primeMmap52 }
