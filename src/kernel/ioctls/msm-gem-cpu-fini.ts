/**
 * DRM_IOCTL_MSM_GEM_CPU_FINI: the CPU is done with a buffer. It does nothing: cleaning caches was meant to come here, and never came.
 * Mirrors: msm_ioctl_gem_cpu_fini, msm_gem_cpu_fini. Leaves out: nothing.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_MSM_GEM_CPU_FINI',
  on: 'drm',
  driver: 'msm',
  render: true,
  run: fn('msm_ioctl_gem_cpu_fini', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const gem = lookupGem(k, drmFileOf(k, file), handle)
    return isFail(gem) ? gem : done(0)
  }),
})
