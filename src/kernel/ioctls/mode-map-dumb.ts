/**
 * DRM_IOCTL_MODE_MAP_DUMB: the fake offset of a dumb buffer.
 * Mirrors: drm_mode_mmap_dumb_ioctl; imports are refused since 2017.
 * Leaves out: offsets that do not fit 32 bits in old programs.
 */
import { fn, type Kernel } from '../context.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { dumbMapOffset } from '../mmap-bo.ts'
import { refuseWithoutDumb } from './mode-create-dumb.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_MODE_MAP_DUMB',
  on: 'drm',
  run: fn('drm_mode_mmap_dumb_ioctl', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const device = deviceOf(k, file)
    const offset = refuseWithoutDumb(k, device) ?? (k.drivers[device]!.dumbMapOffset ?? dumbMapOffset)(k, drmFileOf(k, file), handle)
    return isFail(offset) ? offset : done({ offset })
  }),
})
