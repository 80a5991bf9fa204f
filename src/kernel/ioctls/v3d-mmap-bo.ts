/**
 * DRM_IOCTL_V3D_MMAP_BO: the fake offset of a buffer; imports are told theirs too.
 * Mirrors: v3d_mmap_bo_ioctl. Leaves out: nothing that a caller sees.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { refuseArgument } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface MmapBo { readonly handle: number; readonly flags: readonly string[] }

export default ioctl<MmapBo>({
  name: 'DRM_IOCTL_V3D_MMAP_BO',
  on: 'drm',
  driver: 'v3d',
  render: true,
  run: fn('v3d_mmap_bo_ioctl', (k: Kernel, file: Id<'file'>, { handle, flags }: MmapBo): Outcome => {
    if (flags.length > 0) return refuseArgument(k, 'flags', flags.join(' | '))
    const offset = mmapBoPlain(k, drmFileOf(k, file), handle)
    return isFail(offset) ? offset : done({ offset })
  }),
})
