/**
 * DRM_IOCTL_ETNAVIV_GEM_CPU_FINI: the CPU is done with a cached buffer. The direction is that of the last CPU_PREP, so who only read
 * before the release 5.19 of the DMA API loses what he wrote.
 * Mirrors: etnaviv_ioctl_gem_cpu_fini, etnaviv_gem_cpu_fini. Leaves out: a fini of a buffer that never had pages, which ends in an oops.
 */
import { fn, type Kernel } from '../context.ts'
import { syncForDevice } from '../dma-map.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { refuseArgument } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface CpuFini { readonly handle: number; readonly flags: readonly string[] }
declare module '../../journal/vocabulary.ts' {
  interface Events { 'fini.cached': { gem: Id<'gem'>; dir: string } }
}

export default ioctl<CpuFini>({
  name: 'DRM_IOCTL_ETNAVIV_GEM_CPU_FINI',
  on: 'drm',
  driver: 'etnaviv',
  render: true,
  says: { 'fini.cached': '{gem} is **the device\'s again** ({dir}, as the last CPU_PREP said).' },
  run: fn('etnaviv_ioctl_gem_cpu_fini', (k: Kernel, file: Id<'file'>, { handle, flags }: CpuFini): Outcome => {
    const { world } = k
    if (flags.length > 0) return refuseArgument(k, 'flags', flags.join(' | '))
    const gem = lookupGem(k, drmFileOf(k, file), handle)
    if (isFail(gem)) return gem
    const { attr, sgt, device, lastPrep } = world.get(gem)
    if (attr !== 'wb' || !sgt) return done(0)
    // Without a prep the kernel warns, and takes the direction that no flag stands for.
    const dir = lastPrep ?? 'BIDIR'
    world.set(gem, 'lastPrep', null)
    world.emit('fini.cached', { gem, dir })
    syncForDevice(k, device, sgt, dir)
    return done(0)
  }),
})
