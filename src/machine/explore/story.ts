/**
 * A running machine, to be explored: who goes on next, and what happens by itself before that, on the lines of its buffers.
 * What may happen by itself is tried only where somebody is about to come near those lines; before any other step it may as well wait
 * (a test compares with a search that leaves nothing out). That a TLB forgets is tried where it remembers something else than its tables say.
 * Leaves out: events on other lines than those that the run names.
 */
import type { U64 } from '../../base/bits.ts'
import type { ByItself } from '../../hardware/by-itself.ts'
import type { Step } from '../../journal/step.ts'
import type { Run, Way } from '../run.ts'
import { Branching } from './branching.ts'
import type { Footprint } from './footprint.ts'
import { look, NOTHING_SEEN, seenText, type Seen } from './seen.ts'

/** A state on the way to where it stands. */
interface Place {
  readonly mark: number; readonly hash: U64; readonly seen: Seen; readonly lines: readonly number[]
  going: number; ways: readonly Way[]
  /** Steps of candidates that were tried already. */
  readonly tries: (Try | undefined)[]
}
interface Try { readonly steps: readonly Step[]; readonly hash: U64; readonly lines: readonly number[] }

export class Story extends Branching {
  lo = 0
  hi = 0
  private readonly run: Run
  private readonly near: Footprint | null
  private readonly places: Place[] = []

  /** `near`: what the hardware of the run notes; null: everything is tried everywhere. */
  constructor(run: Run, near: Footprint | null) {
    super()
    this.run = run
    this.near = near
    run.choices.pick = this.pick
    this.stand(NOTHING_SEEN, run.lines())
  }

  protected mains(): readonly number[] {
    const here = this.here
    const candidates = this.run.candidates()
    here.going = candidates.length
    if (candidates.length === 0) return []
    const touched = this.touchedBy(candidates)
    const events = this.run.byItself(here.lines)
    here.ways = [...candidates, ...events]
    // Each keeps the number that it has where none is left out.
    return [...candidates.keys(), ...events.flatMap((event, i) => (this.isTried(event, touched) ? [candidates.length + i] : []))]
  }
  private isTried(event: ByItself, touched: ReadonlySet<number>): boolean {
    return this.near === null || ('line' in event ? touched.has(event.line) : this.run.matters(event))
  }

  protected take(main: number): void {
    const { ways, lines, going, seen, mark, tries } = this.here
    const { world } = this.run
    const tried = tries[main]
    if (tried) world.redo(tried.steps, tried.hash)
    else this.run.take(ways[main]!)
    if (main >= going) return this.stand(seen, lines)
    let now = seen
    for (let at = mark; at < world.steps.length; at++) now = look(now, world.steps[at]!)
    this.stand(now, tried?.lines ?? this.run.lines())
  }

  protected takeBack(): void {
    this.places.pop()
    this.run.world.undo(this.here.mark, this.here.hash)
    this.key()
  }

  outcome(): string | null {
    if (this.run.candidates().length > 0) return null
    return seenText(this.here.seen, this.run.waiting().length > 0)
  }

  /** Goes a path to its end and asks there: with the decisions that play this run again, and all its steps. It stands at the beginning, and does so afterwards. */
  along<T>(path: readonly number[], ask: (picks: number[], steps: readonly Step[]) => T): T {
    const { run } = this
    const picks: number[] = []
    for (const way of path) {
      // A way that an answer made is there when those before it were taken.
      for (let before = 0; this.ways() <= way; before++) {
        this.go(before)
        this.back()
      }
      picks.push(...this.answers(way))
      this.go(way)
    }
    const { mark, hash } = this.here
    // Those who wait for ever are told of once nobody can go on.
    run.tick()
    const answer = ask(picks, run.world.steps)
    run.world.undo(mark, hash)
    for (const _ of path) this.back()
    return answer
  }

  private get here(): Place { return this.places[this.places.length - 1]! }

  private stand(seen: Seen, lines: readonly number[]): void {
    const { world } = this.run
    this.places.push({ mark: world.steps.length, hash: world.hash, seen, lines, going: 0, ways: [], tries: [] })
    this.key()
  }
  private key(): void {
    const { hash, seen } = this.here
    this.lo = (hash.lo + seen.lo) | 0
    this.hi = (hash.hi + seen.hi) | 0
  }

  /** The lines on which it matters now what happens by itself, to whoever can go on. */
  private touchedBy(candidates: readonly Way[]): ReadonlySet<number> {
    const { near, here: { lines } } = this
    // Where the kernel's own mapping is not cached, what may come into the cache depends on the mappings there are.
    if (near === null || this.run.platform.linAlias !== 'wb') return new Set(lines)
    near.world = this.run.world
    near.lines = lines
    near.touched.clear()
    candidates.forEach((candidate, way) => this.attempt(candidate, way, near))
    near.lines = []
    return near.touched.size === 0 ? NONE : new Set(near.touched)
  }

  /** A step is taken and taken back, to note which lines it asks for, looks after or gives back. */
  private attempt(candidate: Way, way: number, near: Footprint): void {
    const { run, here: { lines, mark, hash, tries } } = this
    const { world } = run
    let asked = false
    run.choices.pick = () => ((asked = true), 0)
    run.take(candidate)
    const after = run.lines()
    for (const line of lines) if (!after.includes(line) && near.parts(line)) near.touched.add(line)
    // A step that asks on its way is taken again, to hear each answer.
    if (!asked) tries[way] = { steps: world.steps.slice(mark), hash: world.hash, lines: after }
    world.undo(mark, hash)
    run.choices.pick = this.pick
  }
}
const NONE: ReadonlySet<number> = new Set()
