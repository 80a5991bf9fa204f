/**
 * DRM_IOCTL_PANFROST_WAIT_BO: waits until nothing is pending on a buffer; a time-out of 0 only asks.
 * Mirrors: panfrost_ioctl_wait_bo.
 * Leaves out: the time itself: a time-out that is not for ever is over when the process runs again.
 */
import { blocked, done, fail, isFail, thenPhase, type Outcome } from '../fail.ts'
import type { Kernel } from '../context.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import { pendingFences } from '../resv.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface WaitBo {
  readonly handle: number
  /** In nanoseconds; FOR_EVER for no end. */
  readonly timeout: number
}
const FOR_EVER = Number.MAX_SAFE_INTEGER
declare module '../../journal/vocabulary.ts' {
  interface Events { 'wait.busy': { gem: Id<'gem'>; fences: number }; 'wait.idle': { gem: Id<'gem'> }; 'wait.over': { gem: Id<'gem'> } }
}

export default ioctl<WaitBo>({
  name: 'DRM_IOCTL_PANFROST_WAIT_BO',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  says: { 'wait.busy': '{gem} is **busy**: {fences} {fences#fence has|fences have} not signalled.', 'wait.idle': '**Nothing is pending** on {gem}.', 'wait.over': 'The time is over and **{gem} is still busy**: ETIMEDOUT.' },
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
      if (timeout === 0) return fail('EBUSY')
      return timeout === FOR_EVER ? blocked(pending[0]!, 'waitBo') : thenPhase('timeOver')
    },
    timeOver(k: Kernel, file: Id<'file'>, { handle }: WaitBo): Outcome {
      const gem = lookupGem(k, drmFileOf(k, file), handle)
      if (isFail(gem)) return gem
      if (pendingFences(k, k.world.get(gem).resv, true).length === 0) {
        k.world.emit('wait.idle', { gem })
        return done(0)
      }
      k.world.emit('wait.over', { gem })
      return fail('ETIMEDOUT')
    },
  },
})
