/** The pages of a buffer were thrown away when memory was short, as its owner had allowed; and then its owner uses them. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { GPU_BUFFER } from './_programs.ts'
import { placedAt } from './_tables.ts'

export default hazard({
  id: 'access-after-purge',
  known: 'H19',
  title: 'The pages were given up, and are used',
  facts: {
    sequence: 'madvise with DONTNEED; the shrinker takes the pages; the CPU or the GPU uses the buffer.',
    bites: 'every machine',
    symptom: 'SIGBUS, or a job that faults.',
    fix: 'madvise with WILLNEED before use, and a look at its answer: were the pages retained?',
    call: 'drm_gem_shmem_purge_locked takes the buffer from CPU and GPU alike; DRM_IOCTL_PANFROST_MADVISE answers retained',
    x86: 'visible',
  },
  seenIn: { variant: 'V9', platform: 'rk3399', kernel: 'K61' },
  program: `# The buffer is used again without asking whether its pages are still there.
process client A {
${GPU_BUFFER}  fill(px, day)
  DRM_IOCTL_PANFROST_MADVISE(gpu, bo, PANFROST_MADV_DONTNEED)
  landmark "not needed"
  drop_caches()  # memory is short
  landmark "taken"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  landmark "used by the GPU"
  fill(px, night)
}
`,
  watch(step, world) {
    if (is(step, 'fault.refused.page')) {
      const { priv } = get(world, step.fields.vma)!
      const gem = priv?.startsWith('gem:') ? (priv as Id<'gem'>) : undefined
      return gem && get(world, gem)!.madv < 0 ? { objects: [gem, step.fields.vma], text: fill('{gem} was purged: there is no page behind this address any more', { gem }), harm: 'a purged buffer was used' } : undefined
    }
    if (!is(step, 'job.fault')) return undefined
    const gem = placedAt(world, get(world, step.fields.job)!.device, step.fields.gpuVa)
    return gem && get(world, gem)!.madv < 0 ? { objects: [gem, step.fields.job], text: fill('{gem} was purged, and {job} uses it: the GPU has no entry there any more', { gem, job: step.fields.job }), harm: 'the GPU faults on a purged buffer' } : undefined
  },
})
