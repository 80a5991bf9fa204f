/**
 * DRM_IOCTL_PANFROST_GET_BO_OFFSET: where the GPU sees a buffer.
 * Mirrors: panfrost_ioctl_get_bo_offset.
 * Leaves out: several address spaces: there is one for each device here.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_PANFROST_GET_BO_OFFSET',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  run: fn('panfrost_ioctl_get_bo_offset', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const gem = lookupGem(k, drmFileOf(k, file), handle)
    return isFail(gem) ? gem : done({ offset: k.world.get(gem).gpuVa ?? 0 })
  }),
})
