/**
 * DRM_IOCTL_GEM_CLOSE: the handle goes; the object stays while others hold it.
 * Mirrors: drm_gem_close_ioctl.
 * Leaves out: a driver that has given up handles of its own.
 */
import { fn, type Kernel } from '../context.ts'
import { drmFileOf } from '../node.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { deleteHandle } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_GEM_CLOSE',
  on: 'drm',
  render: true,
  run: fn('drm_gem_close_ioctl', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const refused = deleteHandle(k, drmFileOf(k, file), handle)
    return isFail(refused) ? refused : done(0)
  }),
})
