/**
 * lima: the driver of old Mali GPUs (Utgard). In 5.2 it had memory code of its own: pages are there from the start, an import has an array of the
 * exporter's, and its mmap sets flags on whatever area it gets back. Today its buffers are the shmem helper's.
 * Mirrors: lima_object.c, lima_gem.c, lima_gem_prime.c and lima_vm.c of 5.2; lima_gem.c of today.
 * Leaves out: the GPU's page tables: it reads by the DMA addresses of the list; a space of addresses for each file; heaps.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { driver } from '../driver.ts'
import { isFail, type Fail } from '../fail.ts'
import { gemMmapObj52 } from '../gem-mmap.ts'
import { freePages, importPages, pinnedSg } from '../gem-pages.ts'
import { gemVmOps } from '../gem-vm.ts'
import { displaceFromGpu, placeOnGpu } from '../gpu-va.ts'
import type { DriverHooks } from '../hooks.ts'
import { jobsWith } from '../job.ts'
import { freeShmem } from '../shmem.ts'
import { shmemHooks } from '../shmem-hooks.ts'
import type { Says } from '../syscall.ts'
import { vmfInsertMixed } from '../vmf-insert.ts'
import { withFlags } from '../vma.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'lima.flags': { vma: Id<'vma'>; flags: string } }
}
export const says: Says = { 'lima.flags': 'lima marks the area as **mixed and write-combined** (`{flags}`), without a look at whose it is.' }

/** It touches nothing of the area but flags and protection, so an area that the exporter made stays the exporter's. */
const setVmaFlags = fn('lima_set_vma_flags', (k: Kernel, vma: Id<'vma'>) => {
  const { world } = k
  world.set(vma, 'flags', withFlags(world.get(vma).flags, ['mm'], ['pf']))
  world.set(vma, 'attr', 'wc')
  world.emit('lima.flags', { vma, flags: world.get(vma).flags.join(' ') })
})

const handlesOf = (k: Kernel, gem: Id<'gem'>): number => k.world.ids('drm_file').flatMap(file => Object.values(k.world.get(file).handles)).filter(held => held === gem).length

/** A place while some file has a handle, or a job runs. */
const vmAdd = fn('lima_vm_bo_add', (k: Kernel, gem: Id<'gem'>): void | Fail => placeOnGpu(k, gem, { first: 0, end: 0xfff00000, alignBytes: PAGE_SIZE }))
const vmDel = fn('lima_vm_bo_del', (k: Kernel, gem: Id<'gem'>, handles: number) => {
  if (handles === 0 && jobsWith(k, gem).length === 0) displaceFromGpu(k, gem)
})
const gpu: DriverHooks = {
  sched: { push: 'lima_sched_context_queue_task', run: 'lima_sched_run_job', irq: 'lima_sched_pipe_task_done' },
  gemOpen: fn('lima_gem_object_open', vmAdd),
  // The handle that goes is still in its table.
  gemClose: fn('lima_gem_object_close', (k, gem) => vmDel(k, gem, handlesOf(k, gem) - 1)),
  jobPut: (k, gem) => vmDel(k, gem, handlesOf(k, gem)),
}

const hooks52: DriverHooks = {
  ...gpu, prime: true, canExport: true, canImport: true, noSeek: true, vmOps: 'lima_gem_vm_ops',
  mmap: fn('lima_gem_mmap', (k, file, vma): void | Fail => {
    const result = k.parts.gemMmap(k, file, vma)
    if (isFail(result)) return result
    setVmaFlags(k, vma)
  }),
  primeMmap: fn('lima_gem_prime_mmap', (k, gem, vma) => {
    const refused = gemMmapObj52(k, gem, vma)
    if (isFail(refused)) return refused
    setVmaFlags(k, vma)
  }),
  ownVmOps: {
    ...gemVmOps,
    fault: fn('lima_gem_fault', (k: Kernel, id: Id<'vma'>, addr: number) => {
      const { start, priv } = k.world.get(id)
      return vmfInsertMixed(k, id, k.world.get(priv as Id<'gem'>).pages![(addr - start) / PAGE_SIZE])
    }),
  },
  getSgTable: fn('lima_gem_prime_get_sg_table', pinnedSg),
  importSgTable: fn('lima_gem_prime_import_sg_table', importPages),
  gemFree: fn('lima_gem_free_object', (k, gem) => {
    displaceFromGpu(k, gem)
    freePages(k, gem, true)
  }),
}

const { dumbCreate: _, ...shmem } = shmemHooks({ attr: 'wc' })

export default driver({
  name: 'lima',
  inShort: 'In 5.2 it showed the pages of an import itself, write-combined; today it hands the mapping to the exporter. SYNC waits for fences only, and so does its own GEM_WAIT.',
  importer: {
    title: 'lima', why: 'The driver of older Mali GPUs. In 2019 it had mapping code of its own; today it uses the helper that redirects.',
    leavesOut: 'The page tables of a Mali Utgard: here it reads the memory by the DMA addresses that its driver was given.',
  },
  releases: {
    '5.2': hooks52,
    '6.1': {
      ...shmem, ...gpu,
      gemFree: fn('lima_gem_free_object', (k, gem) => {
        displaceFromGpu(k, gem)
        freeShmem(k, gem)
      }),
    },
  },
})
