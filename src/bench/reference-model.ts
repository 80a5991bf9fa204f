/**
 * A small machine to measure searches by: two CPUs with caches, lines of memory, and a GPU with a cache that is rung by a bell. Its
 * numbers of states are known from other model checkers, so that a search which misses some or sees some twice is found out.
 * Every field is a small number at a fixed place; the key of a state is a sum over the fields, kept up to date field by field, once for
 * each way to swap the CPUs and the lines, so that states which differ in names alone can count as one.
 */
import { mix } from '../base/hash.ts'
import { Exploration, type Walkable } from '../machine/explore/exploration.ts'

export interface ReferenceOptions {
  readonly lines: 1 | 2
  readonly rounds: number
  /** The CPU cleans before it rings; the GPU forgets before it starts. With both nothing goes wrong. */
  readonly clean?: boolean
  readonly forget?: boolean
  /** States that differ only in which CPU and which line is which are one. */
  readonly symmetric?: boolean
}

export const VIOLATION = 'an old version is read'

/** Lines, rounds, states, moves, and states that differ in more than names; found by two other model checkers. */
export const KNOWN = [[1, 1, 286, 1066, 155], [1, 2, 3656, 17_400, 1859], [1, 3, 15_060, 76_076, 7588], [2, 1, 3250, 19_004, 863], [2, 2, 115_596, 815_884, 29_252], [2, 3, 1_265_226, 9_765_916, 317_607]] as const
/** Steps of the shortest way to a violation, one line and two rounds. */
export const SHORTEST = [[{ clean: false }, 5], [{ forget: false }, 10]] as const

/** Every state of the model gone through. */
export function explored(options: ReferenceOptions): Exploration {
  const exploration = new Exploration(new ReferenceModel(options))
  while (exploration.go(1_000_000));
  return exploration
}

const CPUS = [0, 1] as const
const [INVALID, CLEAN, DIRTY] = [0, 1, 2]
/** A field holds less than this. */
const VALUES = 16
// Of a line.
const [MEM, LATEST, NEED, JOB] = [0, 1, 2, 3]
// Of a CPU. The line is its number + 1, and 0 where there is none.
const [PC, LINE, VER, LEFT] = [0, 1, 2, 3]
// What can happen: the kind, the CPU and the line of a move in one number.
const [WRITE, CLEANS, BELL, FILL, EVICT, START, READ, GPU_EVICT] = [0, 4, 8, 12, 16, 20, 24, 28]

export class ReferenceModel implements Walkable {
  lo = 0
  hi = 0
  private readonly lines: number
  private readonly cleans: boolean
  private readonly forgets: boolean
  private readonly f: Uint8Array
  // Where the fields of the copies, the GPU's copies, the CPUs and the GPU begin; those of the lines begin at 0.
  private readonly copies: number
  private readonly gpu: number
  private readonly cpus: number
  private readonly busy: number
  /** For each renaming what a value at a place adds to the key, in two lanes; and the sums. */
  private readonly parts: readonly (readonly [Int32Array, Int32Array])[]
  private readonly sums: Int32Array
  private violated = false
  /** What was changed, place and value in turn, and how long that was before each move. */
  private readonly log: number[] = []
  private readonly marks: number[] = []
  /** The moves of all states on the way here, and where those of each begin. */
  private readonly moves: number[] = []
  private readonly begins: number[] = [0]
  private listed = false

  constructor({ lines, rounds, clean = true, forget = true, symmetric = false }: ReferenceOptions) {
    this.lines = lines
    this.cleans = clean
    this.forgets = forget
    this.copies = 4 * lines
    this.gpu = this.copies + 2 * CPUS.length * lines
    this.cpus = this.gpu + 2 * lines
    this.busy = this.cpus + 4 * CPUS.length
    this.f = new Uint8Array(this.busy + 3)
    this.parts = this.renamings(symmetric)
    this.sums = new Int32Array(2 * this.parts.length)
    for (const c of CPUS) this.set(this.cpu(c) + LEFT, rounds)
    this.log.length = 0
    this.key()
  }

  ways(): number {
    if (!this.listed) this.list()
    this.listed = true
    return this.moves.length - this.begins[this.begins.length - 1]!
  }
  go(way: number): void {
    const move = this.moves[this.begins[this.begins.length - 1]! + way]!
    this.begins.push(this.moves.length)
    this.marks.push(this.log.length)
    this.listed = false
    this.play(move & ~3, (move >> 1) & 1, move & 1)
    this.key()
  }
  back(): void {
    this.moves.length = this.begins.pop()!
    const mark = this.marks.pop()!
    while (this.log.length > mark) {
      const value = this.log.pop()!
      this.put(this.log.pop()!, value)
    }
    this.violated = false
    this.listed = true
    this.key()
  }
  outcome(): string | null { return this.violated ? VIOLATION : null }

  private line(x: number): number { return 4 * x }
  private copy(c: number, x: number): number { return this.copies + 2 * (c * this.lines + x) }
  private kept(x: number): number { return this.gpu + 2 * x }
  private cpu(c: number): number { return this.cpus + 4 * c }

  private list(): void {
    const { f, moves, busy } = this
    if (this.violated) return
    for (const c of CPUS) {
      const at = this.cpu(c)
      const pc = f[at + PC]!
      if (pc === 0 && f[at + LEFT]! > 0) for (let x = 0; x < this.lines; x++) moves.push(WRITE + 2 * c + x)
      if (pc === 1) moves.push(CLEANS + 2 * c)
      if (pc === 2) moves.push(BELL + 2 * c)
      for (let x = 0; x < this.lines; x++) moves.push((f[this.copy(c, x)] === INVALID ? FILL : EVICT) + 2 * c + x)
    }
    for (let x = 0; x < this.lines; x++) {
      if (f[busy] === 0 && f[this.line(x) + JOB] === 1) moves.push(START + x)
      if (f[this.kept(x)] === 1) moves.push(GPU_EVICT + x)
    }
    if (f[busy] === 1) moves.push(READ)
  }

  private play(what: number, c: number, x: number): void {
    const { f, busy } = this
    const at = this.cpu(c)
    const line = this.line(x)
    switch (what) {
      case WRITE: {
        this.land(1 - c, x, INVALID)
        this.set(line + LATEST, f[line + LATEST]! + 1)
        this.hold(c, x, DIRTY, f[line + LATEST]!)
        this.set(at + LINE, x + 1)
        this.set(at + VER, f[line + LATEST]!)
        this.set(at + LEFT, f[at + LEFT]! - 1)
        return this.set(at + PC, 1)
      }
      case CLEANS:
        if (this.cleans) for (const each of CPUS) if (f[this.copy(each, f[at + LINE]! - 1)] === DIRTY) this.land(each, f[at + LINE]! - 1, CLEAN)
        return this.set(at + PC, 2)
      case BELL: {
        const of = this.line(f[at + LINE]! - 1)
        this.set(of + NEED, Math.max(f[of + NEED]!, f[at + VER]!))
        this.set(of + JOB, 1)
        for (const field of [PC, LINE, VER]) this.set(at + field, 0)
        return
      }
      case FILL:
        if (f[this.copy(1 - c, x)] === DIRTY) this.land(1 - c, x, CLEAN)
        return this.hold(c, x, CLEAN, f[line + MEM]!)
      case EVICT: return this.land(c, x, INVALID)
      case START:
        this.set(line + JOB, 0)
        this.set(busy, 1)
        this.set(busy + 1, x + 1)
        this.set(busy + 2, f[line + NEED]!)
        this.set(line + NEED, 0)
        return this.forgets ? this.keep(x, 0, 0) : undefined
      case READ: {
        const of = f[busy + 1]! - 1
        if (f[this.kept(of)] === 0) this.keep(of, 1, f[this.line(of) + MEM]!)
        this.violated = f[this.kept(of) + 1]! < f[busy + 2]!
        for (const field of [0, 1, 2]) this.set(busy + field, 0)
        return
      }
      default: return this.keep(x, 0, 0)
    }
  }

  /** A copy goes to memory if it is dirty, and is in another state from then on. */
  private land(c: number, x: number, state: number): void {
    const at = this.copy(c, x)
    if (this.f[at] === DIRTY) this.set(this.line(x) + MEM, this.f[at + 1]!)
    this.hold(c, x, state, state === INVALID ? 0 : this.f[at + 1]!)
  }
  private hold(c: number, x: number, state: number, version: number): void {
    this.set(this.copy(c, x), state)
    this.set(this.copy(c, x) + 1, version)
  }
  private keep(x: number, valid: number, version: number): void {
    this.set(this.kept(x), valid)
    this.set(this.kept(x) + 1, version)
  }

  private set(at: number, to: number): void {
    if (this.f[at] === to) return
    this.log.push(at, this.f[at]!)
    this.put(at, to)
  }
  private put(at: number, to: number): void {
    const was = at * VALUES + this.f[at]!
    const will = at * VALUES + to
    this.f[at] = to
    const { sums, parts } = this
    for (let r = 0; r < parts.length; r++) {
      const [lo, hi] = parts[r]!
      sums[2 * r] = sums[2 * r]! + lo[will]! - lo[was]!
      sums[2 * r + 1] = sums[2 * r + 1]! + hi[will]! - hi[was]!
    }
  }

  /** The smallest of the sums of all renamings: the same for all states that are the same but for names. A violation is told apart. */
  private key(): void {
    const { sums } = this
    let best = 0
    for (let r = 2; r < sums.length; r += 2) if (sums[r]! < sums[best]! || (sums[r] === sums[best] && sums[r + 1]! < sums[best + 1]!)) best = r
    this.lo = sums[best]! ^ (this.violated ? 0x5bd1e995 : 0)
    this.hi = sums[best + 1]!
  }

  /** What each value at each place adds to the key under each renaming: first the one that renames nothing. */
  private renamings(all: boolean): (readonly [Int32Array, Int32Array])[] {
    const found: (readonly [Int32Array, Int32Array])[] = []
    for (const swapLines of all && this.lines === 2 ? [0, 1] : [0]) for (const swapCpus of all ? [0, 1] : [0]) {
      const place = (at: number): number => {
        if (at < this.copies) return this.line(Math.floor(at / 4) ^ swapLines) + (at % 4)
        if (at < this.gpu) {
          const n = Math.floor((at - this.copies) / 2)
          return this.copy(Math.floor(n / this.lines) ^ swapCpus, (n % this.lines) ^ swapLines) + ((at - this.copies) % 2)
        }
        if (at < this.cpus) return this.kept(Math.floor((at - this.gpu) / 2) ^ swapLines) + ((at - this.gpu) % 2)
        return at < this.busy ? this.cpu(Math.floor((at - this.cpus) / 4) ^ swapCpus) + ((at - this.cpus) % 4) : at
      }
      const namesLine = (at: number): boolean => at === this.busy + 1 || (at >= this.cpus && at < this.busy && (at - this.cpus) % 4 === LINE)
      const value = (at: number, v: number): number => (swapLines === 1 && namesLine(at) && v > 0 ? 3 - v : v)
      found.push([0, 1].map(lane => Int32Array.from({ length: this.f.length * VALUES }, (_, i) => {
        const at = Math.floor(i / VALUES)
        return mix(place(at) * VALUES + value(at, i % VALUES) + 1, lane as 0 | 1)
      })) as unknown as readonly [Int32Array, Int32Array])
    }
    return found
  }
}
