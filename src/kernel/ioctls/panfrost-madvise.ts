/**
 * DRM_IOCTL_PANFROST_MADVISE: may the kernel throw the pages of a buffer away? The answer says whether they are still there.
 * Mirrors: panfrost_ioctl_madvise (panfrost_drv.c); since 5.4.
 * Leaves out: the list in which the shrinker finds such buffers.
 */
import { fn, type Kernel } from '../context.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

/** 0: the pages will be needed. 1: they will not. */
interface Madvise { readonly handle: number; readonly madv: number }
declare module '../../journal/vocabulary.ts' {
  interface Events { 'madvise.gem': { gem: Id<'gem'>; advice: string }; 'madvise.refused.shared': { gem: Id<'gem'>; files: number }; 'madvise.gone': { gem: Id<'gem'> } }
}

export default ioctl<Madvise>({
  name: 'DRM_IOCTL_PANFROST_MADVISE',
  on: 'drm',
  driver: 'panfrost',
  since: '5.4',
  render: true,
  says: {
    'madvise.gem': '{gem} is marked **{advice}**: that decides whether its pages may be taken when memory is short.',
    'madvise.gone': 'The pages of {gem} **were thrown away**: no advice brings them back.',
    'madvise.refused.shared': '{gem} is used by **{files} files**, and one of them cannot give its pages up for all: EINVAL.',
  },
  run: fn('panfrost_ioctl_madvise', (k: Kernel, file: Id<'file'>, { handle, madv }: Madvise): Outcome => {
    const { world } = k
    const gem = lookupGem(k, drmFileOf(k, file), handle)
    if (isFail(gem)) return gem
    const files = Object.keys(world.get(gem).allow).length
    if (madv === 1 && files !== 1) {
      world.emit('madvise.refused.shared', { gem, files })
      return fail('EINVAL')
    }
    if (world.get(gem).madv < 0) {
      world.emit('madvise.gone', { gem })
      return done({ retained: 0 })
    }
    world.set(gem, 'madv', madv)
    world.emit('madvise.gem', { gem, advice: madv === 1 ? 'DONTNEED' : 'WILLNEED' })
    return done({ retained: 1 })
  }),
})
