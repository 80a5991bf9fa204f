/**
 * DRM_IOCTL_MSM_GEM_SUBMIT: a job for the GPU. Buffers are named with what the job does to them; a reader's fence keeps only writers out.
 * Mirrors: msm_ioctl_gem_submit, submit_lookup_objects, submit_pin_objects, submit_fence_sync (msm_gem_submit.c).
 * Leaves out: command buffers and their relocations, queues, sync objects and fences in and out.
 */
import { fn, type Kernel } from '../context.ts'
import { getAndPinIova } from '../drivers/msm.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupBos, type SubmitBo } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { pushJob, type JobOps } from '../job.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Submit { readonly bos: readonly SubmitBo[]; readonly ops: JobOps }

export default ioctl<Submit>({
  name: 'DRM_IOCTL_MSM_GEM_SUBMIT',
  on: 'drm',
  driver: 'msm',
  render: true,
  run: fn('msm_ioctl_gem_submit', (k: Kernel, file: Id<'file'>, { bos, ops }: Submit): Outcome => {
    const found = lookupBos(k, drmFileOf(k, file), bos, ['MSM_SUBMIT_BO_READ', 'MSM_SUBMIT_BO_WRITE'], 'EINVAL')
    if (isFail(found)) return found
    for (const { gem } of found) {
      const refused = getAndPinIova(k, gem)
      if (isFail(refused)) return refused
    }
    pushJob(k, deviceOf(k, file), ops, found)
    return done(0)
  }),
})
