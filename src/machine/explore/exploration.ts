/**
 * Goes through every state that something can come to, each once: takes a way, looks the state up by its key, and takes the way back. Which
 * way leads where is kept, so that the shortest way to each outcome can be told afterwards; depth first, so that a search that is stopped
 * early has seen outcomes too.
 * Leaves out: telling apart two states whose keys of 64 bits are equal by accident. Among a million states the chance that there is such
 * a pair is about one in forty million.
 */
import { Keys, longer } from './keys.ts'

/** Something that stands in one state at a time and can be led from one to another. States with equal keys have equal ways. */
export interface Walkable {
  /** The key of the state, in two lanes of 32 bits. */
  readonly lo: number
  readonly hi: number
  /** How many ways lead on from here. May grow while they are tried: a way can turn out to be several. */
  ways(): number
  go(way: number): void
  /** Takes the last `go` back. */
  back(): void
  /** What is to be told of this state, asked once for each; null: nothing. */
  outcome(): string | null
}

/** `states`: how many end so. `path`: the ways of a shortest run that does, among those seen. */
export interface Outcome { readonly text: string; readonly states: number; readonly path: readonly number[] }

const ROOM = 1 << 10

export class Exploration {
  /** Ways tried, and how deep it has been. */
  transitions = 0
  deepest = 0
  private readonly walk: Walkable
  private readonly keys = new Keys()
  private readonly found = new Map<string, number[]>()
  /** Where each state's ways lie in `edges`, once all were tried or it was left: from here on, so many. */
  private first = new Int32Array(ROOM)
  private many = new Int32Array(ROOM)
  private edges = new Int32Array(ROOM)
  private edgesEnd = 0
  /** From the beginning to where it stands: the states, the next way of each, and where those that it tried begin in `open`. */
  private depth = -1
  private path = new Int32Array(ROOM)
  private tried = new Int32Array(ROOM)
  private base = new Int32Array(ROOM)
  private open = new Int32Array(ROOM)
  private openEnd = 0

  constructor(walk: Walkable) {
    this.walk = walk
    this.stand(this.keys.numberOf(walk.lo, walk.hi))
  }

  get states(): number { return this.keys.count }
  get outcomesSeen(): number { return this.found.size }

  /** Tries so many ways; false when none is left to try. */
  go(count: number): boolean {
    const { walk, keys } = this
    for (let left = count; left > 0 && this.depth >= 0; ) {
      const way = this.tried[this.depth]!
      if (way >= walk.ways()) {
        this.close()
        continue
      }
      left--
      this.tried[this.depth] = way + 1
      walk.go(way)
      this.transitions++
      const state = keys.numberOf(walk.lo, walk.hi)
      if (this.openEnd === this.open.length) this.open = longer(this.open, this.openEnd + 1)
      this.open[this.openEnd++] = state
      if (keys.fresh) this.stand(state)
      else walk.back()
    }
    return this.depth >= 0
  }

  /** Goes back to the beginning, wherever it stands, and keeps what it has seen. */
  leave(): void { while (this.depth >= 0) this.close() }

  /** Every outcome seen, the nearest first. To be asked when it has been left. */
  outcomes(): Outcome[] {
    const { from, by, order } = this.nearest()
    const pathTo = (state: number): number[] => {
      const ways: number[] = []
      for (let at = state; at !== 0; at = from[at]!) ways.push(by[at]!)
      return ways.reverse()
    }
    const first = (states: readonly number[]): number => states.reduce((best, state) => (order[state]! < order[best]! ? state : best))
    return [...this.found].map(([text, states]) => ({ text, states: states.length, path: pathTo(first(states)) }))
      .sort((a, b) => a.path.length - b.path.length || (a.text < b.text ? -1 : 1))
  }

  /** Breadth first over the ways that were kept: for each state the one before it, the way from there, and its place in that order. */
  private nearest(): { readonly from: Int32Array; readonly by: Int32Array; readonly order: Int32Array } {
    const of = (): Int32Array => new Int32Array(this.states)
    const [from, by, order, queue] = [of(), of(), of().fill(-1), of()]
    order[0] = 0
    for (let at = 0, end = 1; at < end; at++) {
      const state = queue[at]!
      for (let way = 0; way < this.many[state]!; way++) {
        const to = this.edges[this.first[state]! + way]!
        if (order[to] !== -1) continue
        from[to] = state
        by[to] = way
        order[to] = end
        queue[end++] = to
      }
    }
    return { from, by, order }
  }

  /** Stands in a state that is new. */
  private stand(state: number): void {
    const depth = ++this.depth
    if (depth > this.deepest) this.deepest = depth
    if (depth === this.path.length) for (const list of ['path', 'tried', 'base'] as const) this[list] = longer(this[list], depth + 1)
    this.path[depth] = state
    this.tried[depth] = 0
    this.base[depth] = this.openEnd
    const text = this.walk.outcome()
    if (text === null) return
    const same = this.found.get(text)
    if (same) same.push(state)
    else this.found.set(text, [state])
  }

  /** The state it stands in is done with: its ways are put away together, and it goes back. */
  private close(): void {
    const state = this.path[this.depth]!
    const base = this.base[this.depth]!
    const count = this.openEnd - base
    if (state >= this.first.length) for (const list of ['first', 'many'] as const) this[list] = longer(this[list], this.states)
    this.edges = longer(this.edges, this.edgesEnd + count)
    this.edges.set(this.open.subarray(base, this.openEnd), this.edgesEnd)
    this.first[state] = this.edgesEnd
    this.many[state] = count
    this.edgesEnd += count
    this.openEnd = base
    if (--this.depth >= 0) this.walk.back()
  }
}
