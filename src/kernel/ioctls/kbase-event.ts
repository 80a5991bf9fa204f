/**
 * KBASE_EVENT: the job that uses a buffer is over.
 * Mirrors: kbase_read, by which a process gets the events of its jobs.
 * Leaves out: that it is a read of the node and no request of its own, and names jobs, not buffers.
 */
import { blocked, done, isFail, type Outcome } from '../fail.ts'
import type { Kernel } from '../context.ts'
import { lookupGem } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import { pendingFences } from '../resv.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'KBASE_EVENT',
  on: 'drm',
  driver: 'kbase',
  render: true,
  phases: {
    waitEvent(k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome {
      const gem = lookupGem(k, drmFileOf(k, file), handle)
      if (isFail(gem)) return gem
      const [pending] = pendingFences(k, k.world.get(gem).resv, true)
      if (pending) return blocked(pending, 'waitEvent')
      k.world.emit('wait.idle', { gem })
      return done(0)
    },
  },
})
