/** DRM_IOCTL_GET_CAP: what a device can do. Mirrors: drm_getcap. Leaves out: capabilities other than PRIME and DUMB_BUFFER. */
import { fn, type Kernel } from '../context.ts'
import { deviceOf } from '../node.ts'
import { done, fail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ capability: string }>({
  name: 'DRM_IOCTL_GET_CAP',
  on: 'drm',
  render: true,
  run: fn('drm_getcap', (k: Kernel, file: Id<'file'>, { capability }: { capability: string }): Outcome => {
    const hooks = k.drivers[deviceOf(k, file)]!
    if (capability === 'DRM_CAP_PRIME') return done({ value: (hooks.canImport ? 1 : 0) + (hooks.canExport ? 2 : 0) })
    if (!hooks.modeset) return fail('EOPNOTSUPP')
    return capability === 'DRM_CAP_DUMB_BUFFER' ? done({ value: hooks.dumbCreate ? 1 : 0 }) : fail('EINVAL')
  }),
})
