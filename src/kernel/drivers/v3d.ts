/**
 * v3d: the driver of the Raspberry Pi 4's GPU, its buffers from the shmem helper, always write-combined. A buffer gets its place on the GPU when
 * it is made or imported.
 * Mirrors: v3d_bo.c (v3d_bo_create_finish, v3d_prime_import_sg_table, v3d_free_object), v3d_drv.c.
 * Leaves out: its several queues and their caches; addresses beyond the first 64 MiB.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { driver } from '../driver.ts'
import { isFail, type Fail } from '../fail.ts'
import { putCreator } from '../gem.ts'
import { displaceFromGpu } from '../gpu-va.ts'
import type { DriverHooks } from '../hooks.ts'
import { freeShmem, getPagesSgt } from '../shmem.ts'
import { shmemHooks, shmemHooks52 } from '../shmem-hooks.ts'
import { mapAtPlace, V3D_SPAN_BYTES, wordTableOf } from '../tables/word-table.ts'

/** Places begin where the GPU's protection can tell them apart: every 128 KiB. */
const SPAN = { first: 4096, end: V3D_SPAN_BYTES, alignBytes: 128 * 1024 }

/** The list for the device, cleaned on the way or handed out by an exporter, and a place. */
export const createFinish = fn('v3d_bo_create_finish', (k: Kernel, gem: Id<'gem'>): void | Fail => {
  if (k.world.get(gem).memory !== 'import') getPagesSgt(k, gem)
  return mapAtPlace(k, gem, SPAN)
})

const gpu = ({ dumbCreate: _, ...hooks }: DriverHooks): DriverHooks => ({
  ...hooks,
  tables: wordTableOf('v3d'),
  sched: { push: 'v3d_push_job', run: 'v3d_render_job_run', irq: 'v3d_irq' },
  gemFree: fn('v3d_free_object', (k, gem) => {
    displaceFromGpu(k, gem)
    freeShmem(k, gem)
  }),
  importSgTable: fn('v3d_prime_import_sg_table', (k, attachment, sgt) => {
    const gem = hooks.importSgTable!(k, attachment, sgt)
    if (isFail(gem)) return gem
    const refused = createFinish(k, gem)
    if (!isFail(refused)) return gem
    putCreator(k, gem)
    return refused
  }),
})

export default driver({
  name: 'v3d',
  inShort: 'Before 5.9 it showed the pages of an import itself, write-combined; since then it hands the mapping to the exporter. SYNC waits for fences only, and so does its own WAIT_BO.',
  importer: {
    title: 'v3d', why: 'The driver of the Raspberry Pi 4, on the same helper as panfrost, and so with the same history.',
    leavesOut: 'Most of the V3D\'s page table: it covers the first 64 MiB of addresses here, and all 4 GiB in reality.',
  },
  releases: { '5.2': gpu(shmemHooks52), '6.1': gpu(shmemHooks({ attr: 'wc' })) },
})
