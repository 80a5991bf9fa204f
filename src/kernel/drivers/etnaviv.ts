/**
 * etnaviv: the driver of Vivante GPUs. An import gets operations of its own, and its mmap has always been the exporter's; but the
 * reference that the core took for the area was forgotten until 6.3. Its own buffers are cached, write-combined or uncached as they were asked for.
 * Mirrors: etnaviv_gem.c (etnaviv_gem_mmap, etnaviv_gem_mmap_obj, etnaviv_gem_fault, etnaviv_gem_free_object), etnaviv_gem_prime.c,
 * etnaviv_iommu_map_gem (etnaviv_mmu.c).
 * Leaves out: a space of addresses for each file, and places
 * taken from buffers that are not in use; buffers of user memory; the cache of the GPU other than empty between jobs; stable releases,
 * which have the missing put too.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { driver } from '../driver.ts'
import type { Fail } from '../fail.ts'
import { forget, forwardingMmap52, isImport, put, redirecting } from '../forward-mmap.ts'
import { gemMmapObj52, own } from '../gem-mmap.ts'
import { drmGemGetPages, freePages, importPages, pinnedSg, shuntToFilp } from '../gem-pages.ts'
import { gemVmOps } from '../gem-vm.ts'
import { displaceFromGpu } from '../gpu-va.ts'
import type { DriverHooks } from '../hooks.ts'
import { mapAtPlace, wordTableOf } from '../tables/word-table.ts'
import { vmfInsertPage, vmfInsertPfn } from '../vmf-insert.ts'

/** All buffers are mapped for the device with CPU sync when they get their pages: whatever the CPU has of them is cleaned. */
export const getPages = fn('etnaviv_gem_get_pages', (k: Kernel, gem: Id<'gem'>): readonly number[] => k.world.get(gem).pages ?? drmGemGetPages(k, gem, true))

/** Since 5.18 an area takes bare frames; before, pages of their own. */
const mmapObj = (marks: readonly string[], without: readonly string[]) => fn('etnaviv_gem_mmap_obj', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void => {
  const { attr } = k.world.get(gem)
  if (attr === 'wb') shuntToFilp(k, gem, vma)
  own(k, vma, gem, marks, without, attr)
})
const mmapObj52 = mmapObj(['mm'], ['pf'])
const mmapObjNow = mmapObj(['pf', 'de', 'dd'], [])

const BY = 'etnaviv_gem_prime_mmap_obj'
const mmap52 = forwardingMmap52('etnaviv_gem_mmap', redirecting(BY, forget), mmapObj52)
/** Today: funcs->mmap, for the node and for the dma-buf. */
const mmapNow = (redirect: ReturnType<typeof redirecting>): DriverHooks['gemMmap'] =>
  fn('etnaviv_gem_mmap', (k, gem, vma) => (isImport(k, gem) ? redirect(k, gem, vma) : mmapObjNow(k, gem, vma)))

const faultWith = (insert: typeof vmfInsertPage) => fn('etnaviv_gem_fault', (k: Kernel, id: Id<'vma'>, addr: number) => {
  const { start, priv } = k.world.get(id)
  return insert(k, id, getPages(k, priv as Id<'gem'>)[(addr - start) / PAGE_SIZE])
})

/** A place on the GPU, from the second page on up to 4 GiB, and the list by which it is filled. */
export const mapGem = fn('etnaviv_iommu_map_gem', (k: Kernel, gem: Id<'gem'>): void | Fail => {
  getPages(k, gem)
  return mapAtPlace(k, gem, { first: PAGE_SIZE, end: 4 * 2 ** 30, alignBytes: PAGE_SIZE })
})

const common: DriverHooks = {
  prime: true, canExport: true, canImport: true, vmOps: 'etnaviv_gem_vm_ops',
  tables: wordTableOf('etnaviv'),
  sched: { push: 'etnaviv_sched_push_job', run: 'etnaviv_gpu_submit', irq: 'irq_handler' },
  pin: fn('etnaviv_gem_prime_pin', (k, gem) => { if (!isImport(k, gem)) getPages(k, gem) }),
  unpin: fn('etnaviv_gem_prime_unpin', () => undefined),
  getSgTable: fn('etnaviv_gem_prime_get_sg_table', pinnedSg),
  importSgTable: fn('etnaviv_gem_prime_import_sg_table', importPages),
  gemFree: fn('etnaviv_gem_free_object', (k, gem) => {
    displaceFromGpu(k, gem)
    freePages(k, gem, true)
  }),
}
const now = (after: typeof put): DriverHooks => ({ ...common, gemMmap: mmapNow(redirecting(BY, after)), ownVmOps: { ...gemVmOps, fault: faultWith(vmfInsertPfn) } })

export default driver({
  name: 'etnaviv',
  forgetsUntil: '6.3',
  inShort: 'Hands the mapping of an import to its exporter in every release; until 6.3 each such mmap leaks a reference to the import. SYNC waits for fences only; its own CPU_PREP and CPU_FINI clean the caches for cached buffers.',
  importer: {
    title: 'etnaviv', why: 'The driver of Vivante GPUs, which forwarded mappings of imports to their exporter in 2019 already, and forgot a reference each time until 2023.',
    leavesOut: 'A space of addresses for each file: here all files share one, as they did until 2019.',
  },
  releases: {
    '5.2': {
      ...common, noSeek: true, mmap: mmap52, ownVmOps: { ...gemVmOps, fault: faultWith(vmfInsertPage) },
      primeMmap: fn('etnaviv_gem_prime_mmap', (k, gem, vma) => gemMmapObj52(k, gem, vma) ?? mmapObj52(k, gem, vma)),
    },
    '6.1': now(forget),
    '6.3': now(put),
  },
})
