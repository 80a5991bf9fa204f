/**
 * Words of memory and caches by line: the few movements that every rule is made of, over ranges of neighbouring lines.
 * Mirrors: memory and the data arrays of caches. Leaves out: other orders of bytes in a word than little-endian.
 */
import { broken } from '../base/assert.ts'
import { pieceOfBytes, wordsOfFew } from '../base/piece.ts'
import { LINE_SIZE, WORDS_PER_LINE, type PhysAddr } from '../base/brand.ts'
import { areaOf } from '../journal/snapshot.ts'
import { CLEAN, DIRTY, INVALID } from '../journal/areas.ts'
import type { World } from '../world/world.ts'

/** Sets of line states, for `runs`. */
export const ABSENT = 1 << INVALID
export const MODIFIED = 1 << DIRTY
export const HELD = (1 << CLEAN) | (1 << DIRTY)

/** Lines `first` up to, not including, `end`. */
export type Run = readonly [first: number, end: number]

const NONE: readonly Run[] = []
/** From so many ranges on one change spans them all. */
const MANY = 64
const span = (runs: readonly Run[]): Run => [runs[0]![0], runs[runs.length - 1]![1]]

export class Cells {
  readonly world: World
  private readonly base: number
  /** Areas as bytes, as long as they have not grown. */
  private readonly views = new Map<string, Uint8Array>()
  constructor(world: World, dramBase: number) {
    this.world = world
    this.base = dramBase
  }

  /** Byte of memory, counted from the start of DRAM. */
  byteAt(phys: PhysAddr): number {
    if (phys < this.base) broken(`physical address ${phys} lies below memory`)
    return phys - this.base
  }
  linesOf(phys: PhysAddr, sizeBytes: number): Run {
    const at = this.byteAt(phys)
    return [Math.floor(at / LINE_SIZE), Math.ceil((at + sizeBytes) / LINE_SIZE)]
  }
  /** The one line that a range lies in; -1: it lies in several. */
  lineAround(phys: PhysAddr, sizeBytes: number): number {
    const at = this.byteAt(phys)
    const line = Math.floor(at / LINE_SIZE)
    return at + sizeBytes <= (line + 1) * LINE_SIZE ? line : -1
  }
  /** The lines of a range that lie in it whole; perhaps none. */
  wholeLinesOf(phys: PhysAddr, sizeBytes: number): Run {
    const at = this.byteAt(phys)
    const first = Math.ceil(at / LINE_SIZE)
    return [first, Math.max(first, Math.floor((at + sizeBytes) / LINE_SIZE))]
  }

  /** An area, at least `end` words long. Not to be kept over a write. */
  area(name: string, end: number): Uint32Array { return areaOf(this.world.words, name, end) }

  /** Neighbouring lines of a range whose state is in `set`. */
  runs(states: string, first: number, end: number, set: number): readonly Run[] {
    const now = this.world.words[states]
    if (now === undefined && (set & ABSENT) === 0) return NONE
    const found: Run[] = []
    for (let line = first; line < end; ) {
      while (line < end && ((set >> (now?.[line] ?? INVALID)) & 1) === 0) line++
      const from = line
      while (line < end && ((set >> (now?.[line] ?? INVALID)) & 1) === 1) line++
      if (line > from) found.push([from, line])
    }
    return found
  }

  /** The same in several ranges, which are in order. */
  runsIn(states: string, ranges: readonly Run[], set: number): readonly Run[] {
    return ranges.length === 1 ? this.runs(states, ranges[0]![0], ranges[0]![1], set) : ranges.flatMap(([first, end]) => this.runs(states, first, end, set))
  }

  /** Whether every line of a range is in such a state. */
  all(states: string, first: number, end: number, set: number): boolean {
    const now = this.world.words[states]
    for (let line = first; line < end; line++) if (((set >> (now?.[line] ?? INVALID)) & 1) === 0) return false
    return true
  }

  mark(states: string, [first, end]: Run, state: number): void {
    this.world.fill(states, first, end - first, state)
  }
  /** Marks many ranges; told as one. */
  markRuns(states: string, runs: readonly Run[], state: number): void {
    if (runs.length < MANY) return runs.forEach(run => this.mark(states, run, state))
    const [first, end] = span(runs)
    const now = this.area(states, end).slice(first, end)
    for (const run of runs) now.fill(state, run[0] - first, run[1] - first)
    this.world.write(states, first, now, true, true)
  }
  /** Marks a range where it is not so marked already. */
  markAll(states: string, first: number, end: number, state: number): void {
    if (this.all(states, first, end, 1 << state)) return
    const other = (ABSENT | HELD) & ~(1 << state)
    for (const run of this.runs(states, first, end, other)) this.mark(states, run, state)
  }
  copy(from: string, to: string, [first, end]: Run): void {
    this.world.write(to, first * WORDS_PER_LINE, this.world.taken(from, first * WORDS_PER_LINE, (end - first) * WORDS_PER_LINE), true)
  }
  /** Copies many ranges; told as one. */
  copyRuns(from: string, to: string, runs: readonly Run[]): void {
    if (runs.length < MANY) return runs.forEach(run => this.copy(from, to, run))
    const [first, end] = span(runs)
    const words = this.area(to, end * WORDS_PER_LINE).slice(first * WORDS_PER_LINE, end * WORDS_PER_LINE)
    const source = this.area(from, end * WORDS_PER_LINE)
    for (const [a, b] of runs) words.set(source.subarray(a * WORDS_PER_LINE, b * WORDS_PER_LINE), (a - first) * WORDS_PER_LINE)
    this.world.write(to, first * WORDS_PER_LINE, words, true, true)
  }

  bytes(area: string, phys: PhysAddr, sizeBytes: number): Uint8Array {
    const at = this.byteAt(phys)
    return pieceOfBytes(this.seenAsBytes(area, this.area(area, Math.ceil((at + sizeBytes) / 4))), at, sizeBytes)
  }
  private seenAsBytes(area: string, words: Uint32Array): Uint8Array {
    const known = this.views.get(area)
    if (known !== undefined && known.buffer === words.buffer) return known
    const view = new Uint8Array(words.buffer)
    this.views.set(area, view)
    return view
  }
  put(area: string, phys: PhysAddr, bytes: Uint8Array): void {
    const at = this.byteAt(phys)
    const first = Math.floor(at / 4)
    const few = at % 4 === 0 ? wordsOfFew(bytes) : null
    if (few) return this.world.write(area, first, few, true)
    if (at % 4 === 0 && bytes.length % 4 === 0 && bytes.byteOffset % 4 === 0) return this.world.write(area, first, new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4))
    const end = Math.ceil((at + bytes.length) / 4)
    const words = this.area(area, end).slice(first, end)
    new Uint8Array(words.buffer).set(bytes, at - first * 4)
    this.world.write(area, first, words, true)
  }
  stateOf(states: string, line: number): number { return this.world.words[states]?.[line] ?? INVALID }
}

export const count = (runs: readonly Run[]): number => runs.reduce((sum, [first, end]) => sum + end - first, 0)

/** The bits `from` up to `to` of a 32-bit word. */
const bits = (from: number, to: number): number => (from >= to ? 0 : (to - from === 32 ? 0xffff_ffff : ((1 << (to - from)) - 1) << from) >>> 0)
/** The mask of bytes `from` up to `to` of a line, as two words. */
export const maskOf = (from: number, to: number): readonly [number, number] =>
  [bits(Math.min(from, 32), Math.min(to, 32)), bits(Math.max(from, 32) - 32, Math.max(to, 32) - 32)]

const NIBBLE = Uint32Array.from({ length: 16 }, (_, n) => [0, 1, 2, 3].reduce((word, i) => word | ((n >> i) & 1 ? 0xff << (8 * i) : 0), 0))
/** Puts the masked bytes of a line of words over another line, in place. */
export function merge(over: Uint32Array, words: Uint32Array, lo: number, hi: number): void {
  for (let i = 0; i < WORDS_PER_LINE; i++) {
    const bytes = NIBBLE[((i < 8 ? lo : hi) >>> ((i & 7) * 4)) & 15]!
    over[i] = (over[i]! & ~bytes) | (words[i]! & bytes)
  }
}
