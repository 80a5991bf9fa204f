/**
 * DRM_IOCTL_ETNAVIV_GEM_INFO: the fake offset of a buffer, which it gets with this call. Imports are told theirs too.
 * Mirrors: etnaviv_ioctl_gem_info, etnaviv_gem_mmap_offset. Leaves out: nothing that a caller sees.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { refuseArgument, refuseEmpty } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface GemInfo { readonly handle: number; readonly pad: number }

export default ioctl<GemInfo>({
  name: 'DRM_IOCTL_ETNAVIV_GEM_INFO',
  on: 'drm',
  driver: 'etnaviv',
  render: true,
  run: fn('etnaviv_ioctl_gem_info', (k: Kernel, file: Id<'file'>, { handle, pad }: GemInfo): Outcome => {
    if (pad !== 0) return refuseArgument(k, 'pad', pad)
    const gem = k.world.get(drmFileOf(k, file)).handles[handle]
    // A buffer of nothing can be made, but has no place anywhere.
    if (gem && k.world.get(gem).sizeBytes === 0) return refuseEmpty(k, gem)
    const offset = mmapBoPlain(k, drmFileOf(k, file), handle)
    return isFail(offset) ? offset : done({ offset })
  }),
})
