/**
 * msm: the driver of Adreno GPUs. It has never handed a mapping of an import to its exporter: it keeps an array of the exporter's pages and
 * shows those, write-combined whatever the exporter uses.
 * Mirrors: msm_gem.c (msm_gem_mmap_obj and msm_gem_fault of 5.2, msm_gem_object_mmap of today, msm_gem_import, get_pages, msm_gem_free_object),
 * msm_gem_prime.c, msm_gem_vma.c.
 * Leaves out: its displays; the tables of the IOMMU: the GPU reads by the DMA addresses of the list; a space of addresses for each file;
 * memory cut off at boot for machines without an IOMMU, buffers that are cached and coherent, the shrinker.
 */
import { PAGE_SIZE, pageAlign } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { driver } from '../driver.ts'
import { fail, isFail, type Fail } from '../fail.ts'
import { isImport } from '../forward-mmap.ts'
import { gemMmapObj52, own } from '../gem-mmap.ts'
import { drmGemGetPages, freePages, importPages, newPagesHandle, pinnedSg, shuntToFilp } from '../gem-pages.ts'
import { gemVmOps, takeForOwn } from '../gem-vm.ts'
import { displaceFromGpu, placeOnGpu } from '../gpu-va.ts'
import type { DriverHooks } from '../hooks.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { drop, take } from '../ref.ts'
import { pinSlot, unpinSlot } from '../shmem.ts'
import type { Says } from '../syscall.ts'
import { vmfInsertMixed, vmfInsertPfn } from '../vmf-insert.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'import.refused.iommu': { attachment: Id<'attachment'>; device: Id<'device'> }
    'bo.refused.share': { gem: Id<'gem'>; errno: string }
  }
}
export const says: Says = {
  'import.refused.iommu': '{device} **has no IOMMU**, and so could not reach the pages of {attachment}: EINVAL.',
  'bo.refused.share': '{gem} was made with MSM_BO_NO_SHARE: **nobody else may have it**. {errno}.',
}

const noShare = (k: Kernel, gem: Id<'gem'>): boolean => k.world.get(gem).flags.includes('MSM_BO_NO_SHARE')

/** Cached buffers are not mapped for the device: nothing is cleaned for them. */
const getPages = fn('get_pages', (k: Kernel, gem: Id<'gem'>): readonly number[] => k.world.get(gem).pages ?? drmGemGetPages(k, gem, k.world.get(gem).attr !== 'wb'))

const mmapObj52 = fn('msm_gem_mmap_obj', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void => {
  const { attr } = k.world.get(gem)
  if (attr === 'wb') shuntToFilp(k, gem, vma)
  own(k, vma, gem, ['mm'], ['pf'], attr)
})
/** 5.2: fops->mmap of the node. It takes what the area names for an object of its own, import or not. */
const mmap52 = fn('msm_gem_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const result = k.parts.gemMmap(k, file, vma)
  if (isFail(result)) return result
  const gem = takeForOwn(k, file, vma, 'msm_gem_mmap_obj')
  if (gem) mmapObj52(k, gem, vma)
})
/** Today: funcs->mmap. Imports and own buffers are mapped alike. */
const mmapNow = fn('msm_gem_object_mmap', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void => own(k, vma, gem, ['pf', 'de', 'dd'], [], k.world.get(gem).attr))

const faultWith = (insert: typeof vmfInsertMixed) => fn('msm_gem_fault', (k: Kernel, id: Id<'vma'>, addr: number) => {
  const { start, priv } = k.world.get(id)
  return insert(k, id, getPages(k, priv as Id<'gem'>)[(addr - start) / PAGE_SIZE])
})

/** Its place among the GPU's addresses, from 16 MiB on. */
export const getIova = fn('msm_gem_get_iova', (k: Kernel, gem: Id<'gem'>): void | Fail => placeOnGpu(k, gem, { first: 16 * 2 ** 20, end: 4 * 2 ** 30, alignBytes: PAGE_SIZE }))
/** A job needs place and pages. */
export const getAndPinIova = fn('msm_gem_get_and_pin_iova', (k: Kernel, gem: Id<'gem'>): void | Fail => {
  getPages(k, gem)
  return getIova(k, gem)
})

const importSg = (needsIommu: boolean): DriverHooks['importSgTable'] => fn('msm_gem_prime_import_sg_table', (k, attachment, sgt) => {
  const { device } = k.world.get(attachment)
  if (!needsIommu || !k.hw.platform.noIommu?.includes('msm')) return importPages(k, attachment, sgt)
  k.world.emit('import.refused.iommu', { attachment, device })
  return fail('EINVAL')
})

const pin52: DriverHooks['pin'] = fn('msm_gem_prime_pin', (k, gem) => { if (!isImport(k, gem)) getPages(k, gem) })
const pinNow: DriverHooks['pin'] = fn('msm_gem_prime_pin', (k, gem) => {
  if (noShare(k, gem)) {
    k.world.emit('bo.refused.share', { gem, errno: 'EINVAL' })
    return fail('EINVAL')
  }
  getPages(k, gem)
  pinSlot(k, gem, n => take(k.world, gem, `pin ${n}`, gem, 'pagesPin'))
})
const unpinNow: DriverHooks['unpin'] = fn('msm_gem_prime_unpin', (k, gem) => unpinSlot(k, gem, slot => drop(k.world, gem, slot)))

const common: DriverHooks = {
  prime: true, canExport: true, canImport: true, vmOps: 'msm_gem_vm_ops',
  sched: { push: { '5.2': 'msm_gpu_submit', '6.1': 'drm_sched_entity_push_job' }, run: { '5.2': null, '6.1': 'msm_job_run' }, irq: 'msm_gpu_retire' },
  dumbCreate: fn('msm_gem_dumb_create', (k, drmFile, { width, height, bpp }) => {
    // The GPU wants rows of 32 pixels.
    const pitch = Math.ceil(bpp / 8) * Math.ceil(width / 32) * 32
    const size = pageAlign(pitch * height)
    const handle = newPagesHandle(k, drmFile, { sizeBytes: size, attr: 'wc', flags: ['MSM_BO_SCANOUT', 'MSM_BO_WC'] })
    return isFail(handle) ? handle : { handle, pitch, size }
  }),
  // It does not ask whether the object is an import.
  dumbMapOffset: fn('msm_gem_dumb_map_offset', mmapBoPlain),
  getSgTable: fn('msm_gem_prime_get_sg_table', pinnedSg),
  gemFree: fn('msm_gem_free_object', (k, gem) => {
    displaceFromGpu(k, gem)
    freePages(k, gem, k.world.get(gem).attr !== 'wb')
  }),
}
const now: DriverHooks = { ...common, gemMmap: mmapNow, ownVmOps: { ...gemVmOps, fault: faultWith(vmfInsertPfn) }, pin: pinNow, unpin: unpinNow }

export default driver({
  name: 'msm',
  inShort: 'Shows the pages of an import itself, write-combined, in every release: it never asks the exporter. SYNC waits for fences only, and so does its own CPU_PREP.',
  importer: {
    title: 'msm', why: 'The driver of Adreno GPUs, which shows the exporter\'s pages itself to this day, write-combined, whatever the exporter does with its caches.',
    leavesOut: 'The IOMMU of an Adreno GPU: here it reads the memory by the DMA addresses that its driver was given.',
  },
  releases: {
    '5.2': {
      ...common, noSeek: true, mmap: mmap52, ownVmOps: { ...gemVmOps, fault: faultWith(vmfInsertMixed) }, importSgTable: importSg(true), pin: pin52,
      primeMmap: fn('msm_gem_prime_mmap', (k, gem, vma) => gemMmapObj52(k, gem, vma) ?? mmapObj52(k, gem, vma)),
    },
    '6.1': { ...now, importSgTable: importSg(true) },
    // Machines without an IOMMU are no longer served, and a buffer can be kept from being shared.
    '6.17': {
      ...now, importSgTable: importSg(false),
      primeExport: fn('msm_gem_prime_export', (k, gem) => {
        if (!noShare(k, gem)) return undefined
        k.world.emit('bo.refused.share', { gem, errno: 'EPERM' })
        return fail('EPERM')
      }),
    },
  },
})
