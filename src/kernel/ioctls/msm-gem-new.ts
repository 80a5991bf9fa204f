/**
 * DRM_IOCTL_MSM_GEM_NEW: a buffer of the GPU, cached as its flags say; it gets pages when it is first used.
 * Mirrors: msm_ioctl_gem_new, msm_gem_new_impl. Leaves out: running out of memory, MSM_BO_CACHED_COHERENT.
 */
import { fn, type Kernel } from '../context.ts'
import { compareReleases } from '../driver.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { refuseFlags } from '../gem-ioctl.ts'
import { newPagesHandle } from '../gem-pages.ts'
import { ioctl } from '../ioctl.ts'
import { noRoom } from '../limits.ts'
import { drmFileOf } from '../node.ts'
import type { Attr } from '../objects.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface GemNew { readonly size: number; readonly flags: readonly string[] }
const MODES: Readonly<Record<string, Attr>> = { MSM_BO_CACHED: 'wb', MSM_BO_WC: 'wc', MSM_BO_UNCACHED: 'uc' }

export default ioctl<GemNew>({
  name: 'DRM_IOCTL_MSM_GEM_NEW',
  on: 'drm',
  driver: 'msm',
  render: true,
  run: fn('msm_ioctl_gem_new', (k: Kernel, file: Id<'file'>, { size: asked, flags }: GemNew): Outcome => {
    const size = asked >>> 0
    const since = (release: string): boolean => compareReleases(k.parts.release, release) >= 0
    const known = ['MSM_BO_SCANOUT', 'MSM_BO_GPU_READONLY', ...(since('6.17') ? ['MSM_BO_NO_SHARE'] : [])]
    const [mode, ...more] = flags.filter(flag => flag in MODES)
    if (flags.some(flag => !(flag in MODES) && !known.includes(flag)) || !mode || more.length > 0 || size === 0) return refuseFlags(k, 'msm', size, flags)
    // Uncached mappings are write-combined since 5.12.
    const attr = MODES[mode] === 'uc' && since('5.12') ? 'wc' : MODES[mode]!
    const short = noRoom(k, size)
    if (short) return short
    const handle = newPagesHandle(k, drmFileOf(k, file), { sizeBytes: size, attr, flags })
    return isFail(handle) ? handle : done({ handle })
  }),
})
