/** DRM_IOCTL_GEM_FLINK: a global name, the old way to share on one device. Mirrors: drm_gem_flink_ioctl. Leaves out: the lock around the table of names. */
import { fn, type Kernel } from '../context.ts'
import { drmFileOf } from '../node.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { flink, lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_GEM_FLINK',
  on: 'drm',
  auth: true,
  run: fn('drm_gem_flink_ioctl', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const gem = lookupGem(k, drmFileOf(k, file), handle)
    return isFail(gem) ? gem : done({ name: flink(k, gem) })
  }),
})
