/** A snapshot that can be moved to any step of a journal: by folding when it is near, by a keyframe when it is not. */
import { keyframesOf, type Keyframes } from './keyframes.ts'
import type { Journal } from './run.ts'
import { MutableSnapshot, type Snapshot } from './snapshot.ts'

/** What taking a keyframe costs, in steps folded. */
const KEYFRAME_COST = 64

export class Seeker {
  private readonly now = new MutableSnapshot()
  /** The next step to apply. */
  private next = 0

  constructor(private readonly journal: Journal, private readonly keyframes: Keyframes = keyframesOf(journal)) {}

  /** Everything as it is after step `seq`; -1 is before the first. The answer is good until the next question. */
  at(seq: number): Snapshot {
    const { steps } = this.journal
    const end = Math.min(seq + 1, steps.length)
    const near = this.keyframes.nearest(end)
    if (Math.abs(end - near) + KEYFRAME_COST < Math.abs(end - this.next)) {
      this.keyframes.restore(near, this.now, this.next)
      this.next = near
    }
    while (this.next < end) {
      this.now.apply(steps[this.next++]!)
      this.keyframes.offer(this.next, this.now)
    }
    while (this.next > end) this.now.revert(steps[--this.next]!)
    return this.now
  }
}
