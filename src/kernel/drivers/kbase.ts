/**
 * kbase: Arm's own driver for Mali GPUs, outside the kernel tree. As the thread tells it, its mmap handler has always handed the area of an import to
 * dma_buf_mmap, whatever the kernel does for others; the offset is the address on the GPU.
 * Mirrors: kbase_mmap of a published Midgard driver, where it ends in dma_buf_mmap; kbase_mem_from_umm, kbase_jd_submit, kbase_job_hw_submit, kbase_job_done by name.
 * Leaves out: the release that the thread speaks of, whose source is UNVERIFIED; /dev/mali0, for which a DRM node with PRIME stands here; buffers of its own,
 * its tables in memory, its zones of addresses, fences of its jobs that others cannot see.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { driver } from '../driver.ts'
import { fail, isFail, type Fail } from '../fail.ts'
import { createGem, putCreator } from '../gem.ts'
import { displaceFromGpu, placeOnGpu } from '../gpu-va.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { primeGemDestroy } from '../shmem.ts'
import type { Says } from '../syscall.ts'
import { isAllowed } from '../vma-offset.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'kbase.mmap': { vma: Id<'vma'>; gem: Id<'gem'>; gpuVa: number }
    'kbase.refused.region': { gpuVa: number; device: Id<'device'> }
  }
}
export const says: Says = {
  'kbase.mmap': 'The offset {gpuVa} is an address on the GPU, and there lies {gem}, an import: kbase **does not map it itself** but asks the exporter.',
  'kbase.refused.region': '**Nothing of this process lies at** the GPU address {gpuVa} of {device}: EINVAL.',
}

const SPAN = { first: 32 * 2 ** 20, end: 4 * 2 ** 30, alignBytes: PAGE_SIZE }

/** fops->mmap of the node, the same in every release: the driver is not part of the kernel. */
const mmap = fn('kbase_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const { world } = k
  const device = deviceOf(k, file)
  const { pgoff } = world.get(vma)
  const gpuVa = pgoff * PAGE_SIZE
  const gem = world.ids('gem').find(id => {
    const { device: of, gpuVa: at, sizeBytes } = world.get(id)
    return of === device && at !== null && gpuVa >= at && gpuVa < at + sizeBytes && isAllowed(k, id, drmFileOf(k, file))
  })
  if (!gem) {
    world.emit('kbase.refused.region', { gpuVa, device })
    return fail('EINVAL')
  }
  world.emit('kbase.mmap', { vma, gem, gpuVa })
  return k.parts.dmaBufMmap(k, world.get(world.get(gem).importAttach!).dmaBuf, vma, pgoff - world.get(gem).gpuVa! / PAGE_SIZE)
})

export default driver({
  name: 'kbase',
  inShort: 'Its own mmap handler hands the area of an import to the exporter, in every kernel. It shares no buffers of its own. SYNC is the exporter\'s.',
  importer: {
    title: 'kbase', why: 'Arm\'s own driver redirects in its own handler, as Steven Price tells in the thread, whatever the kernel around it does.',
    leavesOut: 'The source of the kbase release that the thread speaks of is UNVERIFIED. Its own device node: here a DRM node with PRIME stands for it.',
  },
  releases: {
    '5.2': {
      prime: true, canExport: true, canImport: true, mmap,
      importSgTable: fn('kbase_mem_from_umm', (k, attachment, sgt): Id<'gem'> | Fail => {
        const { dmaBuf, device } = k.world.get(attachment)
        const { sizeBytes, resv } = k.world.get(dmaBuf)
        const gem = createGem(k, device, { sizeBytes, memory: 'import', attr: 'wc', filp: false, resv })
        k.world.set(gem, 'sgt', sgt)
        k.world.emit('import.create', { gem, attachment })
        const full = placeOnGpu(k, gem, SPAN)
        if (!isFail(full)) return gem
        putCreator(k, gem)
        return full
      }),
      gemFree: fn('kbase_mem_free_region', (k, gem) => {
        displaceFromGpu(k, gem)
        if (k.world.get(gem).importAttach) primeGemDestroy(k, gem)
      }),
      sched: { push: 'kbase_jd_submit', run: 'kbase_job_hw_submit', irq: 'kbase_job_done' },
    },
  },
})
