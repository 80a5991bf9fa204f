/**
 * For things whose ways ask questions on the way: each answer is a way of its own. The first time all are answered 0; for every other
 * answer there is one more way then.
 */
import type { Pick } from '../choices.ts'
import type { Walkable } from './exploration.ts'

export abstract class Branching implements Walkable {
  abstract readonly lo: number
  abstract readonly hi: number
  /** For each state from the beginning to here the ways that are known: a number of `mains`, and the answers given on the way. */
  private readonly known: number[][][] = []
  private taking: number[] = []
  private asked = 0

  /** The ways of the state it stands in, before anything is asked. Asked once in each state that is gone to. */
  protected abstract mains(): readonly number[]
  protected abstract take(main: number): void
  protected abstract takeBack(): void
  abstract outcome(): string | null

  /** To be asked by whatever can go one way or another in the middle of a way. */
  readonly pick: Pick = count => {
    if (++this.asked === this.taking.length) {
      const ways = this.known[this.known.length - 1]!
      for (let other = 1; other < count; other++) ways.push([...this.taking, other])
      this.taking.push(0)
    }
    return this.taking[this.asked]!
  }

  ways(): number { return this.options.length }
  go(way: number): void {
    this.taking = this.options[way]!
    this.asked = 0
    this.take(this.taking[0]!)
    this.known.push(UNKNOWN)
  }
  back(): void {
    this.known.pop()
    this.takeBack()
  }
  /** What was answered on a way of this state, the way itself first. */
  answers(way: number): readonly number[] { return this.options[way]! }

  private get options(): number[][] {
    const top = Math.max(0, this.known.length - 1)
    const ways = this.known[top]
    return ways && ways !== UNKNOWN ? ways : (this.known[top] = this.mains().map(main => [main]))
  }
}
const UNKNOWN: number[][] = []
