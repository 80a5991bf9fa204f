/** DRM_IOCTL_PANFROST_WAIT_BO: waits until nothing is pending on a buffer. Mirrors: panfrost_ioctl_wait_bo. Leaves out: time-outs other than none at all. */
import { blocked, done, fail, isFail, type Outcome } from '../fail.ts'
import type { Kernel } from '../context.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import { pendingFences } from '../resv.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface WaitBo { readonly handle: number; readonly timeout: number }
declare module '../../journal/vocabulary.ts' {
  interface Events { 'wait.busy': { gem: Id<'gem'>; fences: number }; 'wait.idle': { gem: Id<'gem'> } }
}

export default ioctl<WaitBo>({
  name: 'DRM_IOCTL_PANFROST_WAIT_BO',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  says: { 'wait.busy': '{gem} is **busy**: {fences} {fences#fence has|fences have} not signalled.', 'wait.idle': '**Nothing is pending** on {gem}.' },
  phases: {
    waitBo(k: Kernel, file: Id<'file'>, { handle, timeout }: WaitBo): Outcome {
      const gem = lookupGem(k, drmFileOf(k, file), handle)
      if (isFail(gem)) return gem
      const pending = pendingFences(k, k.world.get(gem).resv, true)
      if (pending.length === 0) {
        k.world.emit('wait.idle', { gem })
        return done(0)
      }
      k.world.emit('wait.busy', { gem, fences: pending.length })
      return timeout === 0 ? fail('EBUSY') : blocked(pending[0]!, 'waitBo')
    },
  },
})
