/**
 * DRM_IOCTL_ETNAVIV_GEM_NEW: a buffer of the GPU, cached as its flags say. It has no place on the GPU before a job names it.
 * Mirrors: etnaviv_ioctl_gem_new, etnaviv_gem_new_impl. Leaves out: running out of memory; what ETNA_BO_FORCE_MMU means on old GPUs.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { refuseFlags } from '../gem-ioctl.ts'
import { newPagesHandle } from '../gem-pages.ts'
import { ioctl } from '../ioctl.ts'
import { noRoom } from '../limits.ts'
import { drmFileOf } from '../node.ts'
import type { Attr } from '../objects.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface GemNew { readonly size: number; readonly flags: readonly string[] }
const MODES: Readonly<Record<string, Attr>> = { ETNA_BO_CACHED: 'wb', ETNA_BO_WC: 'wc', ETNA_BO_UNCACHED: 'uc' }

export default ioctl<GemNew>({
  name: 'DRM_IOCTL_ETNAVIV_GEM_NEW',
  on: 'drm',
  driver: 'etnaviv',
  render: true,
  run: fn('etnaviv_ioctl_gem_new', (k: Kernel, file: Id<'file'>, { size: asked, flags }: GemNew): Outcome => {
    const size = asked >>> 0
    const [mode, ...more] = flags.filter(flag => flag in MODES)
    if (!mode || more.length > 0 || flags.some(flag => !(flag in MODES) && flag !== 'ETNA_BO_FORCE_MMU')) return refuseFlags(k, 'etnaviv', size, flags)
    const short = noRoom(k, size)
    if (short) return short
    const handle = newPagesHandle(k, drmFileOf(k, file), { sizeBytes: size, attr: MODES[mode]!, flags })
    return isFail(handle) ? handle : done({ handle })
  }),
})
