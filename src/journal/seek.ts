/** A snapshot that can be moved to any step of a journal, forward and back. */
import type { Journal } from './run.ts'
import { MutableSnapshot, type Snapshot } from './snapshot.ts'

export class Seeker {
  private readonly now = new MutableSnapshot()
  /** The next step to apply. */
  private next = 0

  constructor(private readonly journal: Journal) {}

  /** Everything as it is after step `seq`; -1 is before the first. The answer is good until the next question. */
  at(seq: number): Snapshot {
    const end = Math.min(seq + 1, this.journal.steps.length)
    while (this.next < end) this.now.apply(this.journal.steps[this.next++]!)
    while (this.next > end) this.now.revert(this.journal.steps[--this.next]!)
    return this.now
  }
}
