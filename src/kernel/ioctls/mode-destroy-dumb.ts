/** DRM_IOCTL_MODE_DESTROY_DUMB: GEM_CLOSE by another name. Mirrors: drm_mode_destroy_dumb. Leaves out: drivers with a dumb_destroy of their own. */
import { fn, type Kernel } from '../context.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { deleteHandle } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { refuseWithoutDumb } from './mode-create-dumb.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_MODE_DESTROY_DUMB',
  on: 'drm',
  run: fn('drm_mode_destroy_dumb', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const refused = refuseWithoutDumb(k, deviceOf(k, file)) ?? deleteHandle(k, drmFileOf(k, file), handle)
    return isFail(refused) ? refused : done(0)
  }),
})
