/**
 * The DMA helper: buffer objects of contiguous memory, for displays that take one address and a length. Called the CMA helper
 * before 6.1; the functions kept their shape and changed their names.
 * Mirrors: drm_gem_dma_create, drm_gem_dma_dumb_create, drm_gem_dma_get_sg_table, drm_gem_dma_prime_import_sg_table, drm_gem_dma_free
 * (drm_gem_dma_helper.c) and drm_gem_cma_* (drm_gem_cma_helper.c). Its mappings: gem-dma-mmap.ts.
 * Leaves out: vmap, memory mapped non-coherent, the shared-memory file that 5.2 opened and never used.
 */
import { PAGE_SIZE, pageAlign } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { dmaAllocWc, dmaFreeWc, dmaGetSgtable } from './dma-alloc.ts'
import { dmaOf } from './dma-map.ts'
import { frameBehind } from './frames.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { createGem, createHandle, putCreator } from './gem.ts'
import type { DriverHooks, Dumb, DumbArgs } from './hooks.ts'
import type { SgEntry } from './objects.ts'
import { primeGemDestroy } from './shmem.ts'
import type { Says } from './syscall.ts'
import { createMmapOffset } from './vma-offset.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'gem.dma.address': { gem: Id<'gem'>; dmaAddr: number; pages: number }
    'import.contiguous': { gem: Id<'gem'>; attachment: Id<'attachment'>; dmaAddr: number; sizeBytes: number }
    'import.refused.scattered': { attachment: Id<'attachment'>; entries: number; contiguous: number; sizeBytes: number }
  }
}
export const says: Says = {
  'gem.dma.address': '{gem} lies at the DMA address **{dmaAddr}**: {pages} {pages#page|pages}, one behind the other.',
  'import.contiguous': 'The foreign pages are **in one piece** for this device, {sizeBytes} bytes from {dmaAddr}: {gem} can stand for them.',
  'import.refused.scattered': '**Only the first {contiguous} of {sizeBytes} bytes lie in one piece** ({entries} entries), and this device takes one address: EINVAL.',
}

/** Bytes from the start of a list that follow one another on the device's side. */
export function contiguousSize(sgt: readonly SgEntry[]): number {
  let size = 0
  for (const entry of sgt) {
    if (entry.dma === null || entry.dma !== sgt[0]!.dma! + size) break
    size += entry.len
  }
  return size
}

type Creation = Pick<DriverHooks, 'dumbCreate' | 'getSgTable' | 'importSgTable' | 'gemFree'>

/** The functions under the names of one release. */
function named(prefix: 'cma' | 'dma', names: { sgTable: string; free: string }): Creation {
  const create = fn(`drm_gem_${prefix}_create`, (k: Kernel, device: Id<'device'>, sizeBytes: number): Id<'gem'> => {
    const { world } = k
    const gem = createGem(k, device, { sizeBytes, memory: 'dma', attr: k.parts.dmaPgprot(k, device), filp: false })
    createMmapOffset(k, gem)
    const pages = world.get(gem).sizeBytes / PAGE_SIZE
    const frame = dmaAllocWc(k, device, pages)
    const { iommu } = k.drivers[device]!
    const dmaAddr = iommu ? iommu.mapSg(k, device, [{ page: frame, len: pages * PAGE_SIZE, dma: null }], gem)[0]!.dma! : dmaOf(k, frame)
    world.set(gem, 'dmaAddr', dmaAddr)
    world.emit('gem.dma.address', { gem, dmaAddr, pages })
    return gem
  })
  return {
    dumbCreate: fn(`drm_gem_${prefix}_dumb_create`, (k: Kernel, drmFile: Id<'drm_file'>, { width, height, bpp }: DumbArgs): Dumb | Fail => {
      const pitch = Math.ceil((width * bpp) / 8)
      const size = pageAlign(pitch * height)
      const gem = create(k, k.world.get(drmFile).device, size)
      const handle = createHandle(k, drmFile, gem)
      putCreator(k, gem)
      return isFail(handle) ? handle : { handle, pitch, size }
    }),
    getSgTable: fn(names.sgTable, (k, gem) => {
      const { dmaAddr, sizeBytes, device } = k.world.get(gem)
      return dmaGetSgtable(k, frameBehind(k, device, dmaAddr!), sizeBytes / PAGE_SIZE)
    }),
    importSgTable: fn(`drm_gem_${prefix}_prime_import_sg_table`, (k, attachment, sgt): Id<'gem'> | Fail => {
      const { world } = k
      const { dmaBuf, device } = world.get(attachment)
      const { sizeBytes, resv } = world.get(dmaBuf)
      const contiguous = contiguousSize(sgt)
      if (contiguous < sizeBytes) {
        world.emit('import.refused.scattered', { attachment, entries: sgt.length, contiguous, sizeBytes })
        return fail('EINVAL')
      }
      const gem = createGem(k, device, { sizeBytes, memory: 'import', attr: k.parts.dmaPgprot(k, device), filp: false, resv })
      const dmaAddr = sgt[0]!.dma!
      world.set(gem, 'sgt', sgt)
      world.set(gem, 'dmaAddr', dmaAddr)
      world.emit('import.contiguous', { gem, attachment, dmaAddr, sizeBytes })
      createMmapOffset(k, gem)
      return gem
    }),
    gemFree: fn(names.free, (k, gem) => {
      const { importAttach, dmaAddr, device, sizeBytes } = k.world.get(gem)
      if (importAttach) return primeGemDestroy(k, gem)
      // An import that was never attached owns nothing.
      if (k.world.get(gem).memory !== 'dma') return
      const frame = frameBehind(k, device, dmaAddr!)
      k.drivers[device]!.iommu?.unmapSg(k, device, gem)
      dmaFreeWc(k, device, frame, sizeBytes / PAGE_SIZE)
      k.world.set(gem, 'dmaAddr', null)
    }),
  }
}

export const cma52 = named('cma', { sgTable: 'drm_gem_cma_prime_get_sg_table', free: 'drm_gem_cma_free_object' })
export const dmaNow = named('dma', { sgTable: 'drm_gem_dma_get_sg_table', free: 'drm_gem_dma_free' })
