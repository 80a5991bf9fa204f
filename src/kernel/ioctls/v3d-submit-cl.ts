/**
 * DRM_IOCTL_V3D_SUBMIT_CL: a job for the GPU. Every buffer it names gets its fence, as a write, whatever the job does to it.
 * Mirrors: v3d_submit_cl_ioctl, v3d_lookup_bos, v3d_lock_bo_reservations (v3d_gem.c).
 * Leaves out: binning and rendering as two jobs, sync objects in and out, V3D_SUBMIT_CL_FLUSH_CACHE.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { refuseArgument } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { pushJob, type JobBo, type JobOps } from '../job.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Submit { readonly handles: readonly number[]; readonly flags: readonly string[]; readonly ops: JobOps }

export default ioctl<Submit>({
  name: 'DRM_IOCTL_V3D_SUBMIT_CL',
  on: 'drm',
  driver: 'v3d',
  render: true,
  run: fn('v3d_submit_cl_ioctl', (k: Kernel, file: Id<'file'>, { handles, flags, ops }: Submit): Outcome => {
    if (flags.length > 0) return refuseArgument(k, 'flags', flags.join(' | '))
    const bos: JobBo[] = []
    for (const handle of handles) {
      const gem = lookupGem(k, drmFileOf(k, file), handle)
      if (isFail(gem)) return gem
      bos.push({ gem, usage: 'write', afterReaders: true })
    }
    pushJob(k, deviceOf(k, file), ops, bos)
    return done(0)
  }),
})
