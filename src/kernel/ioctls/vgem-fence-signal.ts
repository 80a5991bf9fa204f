/** DRM_IOCTL_VGEM_FENCE_SIGNAL: the test fence is reached. Mirrors: vgem_fence_signal_ioctl (vgem_fence.c). Leaves out: errors that a fence can carry. */
import { fn, type Kernel } from '../context.ts'
import { drmFileOf } from '../node.ts'
import { done, fail, type Outcome } from '../fail.ts'
import { putFence, signalFence } from '../fence.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'fence.refused.unknown': { fence: number }; 'fence.forget': { drmFile: Id<'drm_file'>; number: number } }
}

export default ioctl<{ fence: number }>({
  name: 'DRM_IOCTL_VGEM_FENCE_SIGNAL',
  on: 'drm',
  driver: 'vgem',
  render: true,
  says: {
    'fence.refused.unknown': 'This file has **no fence {fence}** that waits: ENOENT.',
    'fence.forget': 'Fence {number} leaves the table of {drmFile}; **its number is not used again**.',
  },
  run: fn('vgem_fence_signal_ioctl', (k: Kernel, file: Id<'file'>, { fence: number }: { fence: number }): Outcome => {
    const { world } = k
    const drmFile = drmFileOf(k, file)
    const { fences } = world.get(drmFile)
    const fence = fences[number]
    if (!fence) {
      world.emit('fence.refused.unknown', { fence: number })
      return fail('ENOENT')
    }
    world.set(drmFile, 'fences', { ...fences, [number]: null })
    world.emit('fence.forget', { drmFile, number })
    signalFence(k, fence)
    putFence(k, drmFile, `fence ${number}`)
    return done(0)
  }),
})
