/** DRM_IOCTL_GET_CAP: what a device can do. Mirrors: drm_getcap. Leaves out: capabilities other than PRIME and DUMB_BUFFER. */
import { fn, type Kernel } from '../context.ts'
import { deviceOf } from '../node.ts'
import { done, fail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'cap.refused': { device: Id<'device'>; capability: string } }
}

export default ioctl<{ capability: string }>({
  name: 'DRM_IOCTL_GET_CAP',
  on: 'drm',
  render: true,
  says: { 'cap.refused': '{device} **cannot be asked** about {capability}.' },
  run: fn('drm_getcap', (k: Kernel, file: Id<'file'>, { capability }: { capability: string }): Outcome => {
    const device = deviceOf(k, file)
    const hooks = k.drivers[device]!
    if (capability === 'DRM_CAP_PRIME') return done({ value: (hooks.canImport ? 1 : 0) + (hooks.canExport ? 2 : 0) })
    if (hooks.modeset && capability === 'DRM_CAP_DUMB_BUFFER') return done({ value: hooks.dumbCreate ? 1 : 0 })
    k.world.emit('cap.refused', { device, capability })
    return fail(hooks.modeset ? 'EINVAL' : 'EOPNOTSUPP')
  }),
})
