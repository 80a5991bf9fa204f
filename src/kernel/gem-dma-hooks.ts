/** The hook tables of drivers that use the DMA helper for everything, under its old name and its new one. */
import { cma52, dmaNow } from './gem-dma.ts'
import { cmaFopsMmap, cmaPrimeMmap, dmaMmap } from './gem-dma-mmap.ts'
import type { DriverHooks } from './hooks.ts'

// Nothing is pinned for an attachment: the memory is there as long as the object is.
const common: DriverHooks = { prime: true, canExport: true, canImport: true }

export const cmaHooks52: DriverHooks = { ...common, ...cma52, vmOps: 'drm_gem_cma_vm_ops', mmap: cmaFopsMmap, primeMmap: cmaPrimeMmap }
export const dmaHooks: DriverHooks = { ...common, ...dmaNow, vmOps: 'drm_gem_dma_vm_ops', gemMmap: dmaMmap }
