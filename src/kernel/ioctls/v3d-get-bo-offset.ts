/**
 * DRM_IOCTL_V3D_GET_BO_OFFSET: where the GPU sees a buffer.
 * Mirrors: v3d_get_bo_offset_ioctl. Leaves out: nothing that a caller sees.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_V3D_GET_BO_OFFSET',
  on: 'drm',
  driver: 'v3d',
  render: true,
  run: fn('v3d_get_bo_offset_ioctl', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const gem = lookupGem(k, drmFileOf(k, file), handle)
    return isFail(gem) ? gem : done({ offset: k.world.get(gem).gpuVa })
  }),
})
