/**
 * DRM_IOCTL_PANFROST_SUBMIT: a job for the GPU. Every buffer it names gets its fence, as a write.
 * Mirrors: panfrost_ioctl_submit.
 * Leaves out: sync objects in and out, requirements of a job, and the limit on jobs in the queue.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { pushJob, type JobOps } from '../job.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Submit { readonly handles: readonly number[]; readonly ops: JobOps }

export default ioctl<Submit>({
  name: 'DRM_IOCTL_PANFROST_SUBMIT',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  run: fn('panfrost_ioctl_submit', (k: Kernel, file: Id<'file'>, { handles, ops }: Submit): Outcome => {
    const gems: Id<'gem'>[] = []
    for (const handle of handles) {
      const gem = lookupGem(k, drmFileOf(k, file), handle)
      if (isFail(gem)) return gem
      gems.push(gem)
    }
    pushJob(k, deviceOf(k, file), ops, gems.map(gem => ({ gem, usage: 'write', afterReaders: k.parts.mali.waitsForReaders })))
    return done(0)
  }),
})
