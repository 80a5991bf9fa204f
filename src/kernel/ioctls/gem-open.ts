/** DRM_IOCTL_GEM_OPEN: a handle for a global name, a new one each time. Mirrors: drm_gem_open_ioctl. Leaves out: the lock around the table of names. */
import { fn, type Kernel } from '../context.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { createHandleTail } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'gem.refused.name': { device: Id<'device'>; name: number } }
}

export default ioctl<{ name: number }>({
  name: 'DRM_IOCTL_GEM_OPEN',
  on: 'drm',
  auth: true,
  says: { 'gem.refused.name': '**No object of {device} has the name {name}**: ENOENT.' },
  run: fn('drm_gem_open_ioctl', (k: Kernel, file: Id<'file'>, { name }: { name: number }): Outcome => {
    const device = deviceOf(k, file)
    const gem = k.world.get(device).names[name]
    if (!gem) {
      k.world.emit('gem.refused.name', { device, name })
      return fail('ENOENT')
    }
    const handle = createHandleTail(k, drmFileOf(k, file), gem)
    return isFail(handle) ? handle : done({ handle, size: k.world.get(gem).sizeBytes })
  }),
})
