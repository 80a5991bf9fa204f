/**
 * DRM_IOCTL_VGEM_FENCE_ATTACH: a test fence on a buffer.
 * Mirrors: vgem_fence_attach_ioctl (vgem_fence.c). Leaves out: its time-out of ten seconds.
 */
import { fn, type Kernel } from '../context.ts'
import { drmFileOf } from '../node.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { createFence } from '../fence.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { addFence, pendingFences } from '../resv.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Attach {
  readonly handle: number
  /** `VGEM_FENCE_WRITE`. */
  readonly flags: readonly string[]
}
declare module '../../journal/vocabulary.ts' {
  interface Events { 'fence.refused.flags': { flags: string }; 'fence.refused.busy': { gem: Id<'gem'> } }
}

export default ioctl<Attach>({
  name: 'DRM_IOCTL_VGEM_FENCE_ATTACH',
  on: 'drm',
  driver: 'vgem',
  render: true,
  says: {
    'fence.refused.flags': 'The flags `{flags}` are **not known** here: EINVAL.',
    'fence.refused.busy': '{gem} **has a fence already** that this one would have to wait for: EBUSY.',
  },
  run: fn('vgem_fence_attach_ioctl', (k: Kernel, file: Id<'file'>, { handle, flags }: Attach): Outcome => {
    const { world } = k
    if (flags.some(f => f !== 'VGEM_FENCE_WRITE')) {
      world.emit('fence.refused.flags', { flags: flags.join(' | ') })
      return fail('EINVAL')
    }
    const drmFile = drmFileOf(k, file)
    const gem = lookupGem(k, drmFile, handle)
    if (isFail(gem)) return gem
    k.drivers[world.get(gem).device]!.beforeFence?.(k, gem)
    const write = flags.length > 0
    const { resv } = world.get(gem)
    if (pendingFences(k, resv, write).length > 0) {
      world.emit('fence.refused.busy', { gem })
      return fail('EBUSY')
    }
    const { fences } = world.get(drmFile)
    let id = 1
    while (fences[id] !== undefined) id++
    const fence = createFence(k, 'vgem', drmFile, `fence ${id}`)
    world.set(drmFile, 'fences', { ...fences, [id]: fence })
    addFence(k, resv, fence, write ? 'write' : 'read')
    return done({ out_fence: id })
  }),
})
