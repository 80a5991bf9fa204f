/**
 * DRM_IOCTL_MSM_GEM_INFO: the fake offset of a buffer, or where the GPU sees it; it gets either with this call. Imports are told theirs too.
 * Mirrors: msm_ioctl_gem_info. Leaves out: names of buffers, addresses that a program chooses, and what was asked for at creation.
 */
import { fn, type Kernel } from '../context.ts'
import { getIova } from '../drivers/msm.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { refuseArgument } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface GemInfo { readonly handle: number; readonly info: string; readonly len: number; readonly pad: number }

export default ioctl<GemInfo>({
  name: 'DRM_IOCTL_MSM_GEM_INFO',
  on: 'drm',
  driver: 'msm',
  render: true,
  run: fn('msm_ioctl_gem_info', (k: Kernel, file: Id<'file'>, { handle, info, len, pad }: GemInfo): Outcome => {
    if (pad !== 0) return refuseArgument(k, 'pad', pad)
    if (info !== 'MSM_INFO_GET_OFFSET' && info !== 'MSM_INFO_GET_IOVA') return refuseArgument(k, 'info', info)
    if (len !== 0) return refuseArgument(k, 'len', len)
    if (info === 'MSM_INFO_GET_OFFSET') {
      const value = mmapBoPlain(k, drmFileOf(k, file), handle)
      return isFail(value) ? value : done({ value })
    }
    const gem = lookupGem(k, drmFileOf(k, file), handle)
    if (isFail(gem)) return gem
    const refused = getIova(k, gem)
    return isFail(refused) ? refused : done({ value: k.world.get(gem).gpuVa })
  }),
})
