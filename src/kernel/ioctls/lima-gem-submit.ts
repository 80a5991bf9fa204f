/**
 * DRM_IOCTL_LIMA_GEM_SUBMIT: a job for the GPU. Buffers are named with what the job does to them; a reader's fence keeps only writers out.
 * Mirrors: lima_ioctl_gem_submit, lima_gem_submit, lima_gem_sync_bo. Leaves out: frames and their sizes, pipes and contexts, sync objects in and out.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupBos, refuseArgument, type SubmitBo } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { pushJob, type JobOps } from '../job.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Submit { readonly bos: readonly SubmitBo[]; readonly ops: JobOps }

export default ioctl<Submit>({
  name: 'DRM_IOCTL_LIMA_GEM_SUBMIT',
  on: 'drm',
  driver: 'lima',
  render: true,
  run: fn('lima_ioctl_gem_submit', (k: Kernel, file: Id<'file'>, { bos, ops }: Submit): Outcome => {
    if (bos.length === 0) return refuseArgument(k, 'nr_bos', 0)
    const found = lookupBos(k, drmFileOf(k, file), bos, ['LIMA_SUBMIT_BO_READ', 'LIMA_SUBMIT_BO_WRITE'], 'ENOENT', false)
    if (isFail(found)) return found
    pushJob(k, deviceOf(k, file), ops, found)
    return done(0)
  }),
})
