/**
 * The hash of a state: 64 bits in two lanes, a sum over everything that is there, so that a change costs what it changes and undoing
 * it restores the very number. Only what can still matter counts: words of a line that no cache holds are left out, zeros are nothing,
 * and so are counters that only count up.
 */
import { u64, type U64 } from '../base/bits.ts'
import { hashText, hashValue, mix } from '../base/hash.ts'
import { INVALID, OF_LINES } from '../journal/areas.ts'
import type { AnyRecord, Snapshot } from '../journal/snapshot.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'

/** A hash in its two lanes. */
interface Lanes { readonly lo: number; readonly hi: number }
/** In or out of the sum. */
type Sign = 1 | -1
type Words = Snapshot['words']

/** For an area of line states: the areas whose words it makes count. */
const governed: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(OF_LINES).map(({ lines }) => [lines, Object.keys(OF_LINES).filter(area => OF_LINES[area]!.lines === lines)]))

export class StateHash {
  private lo = 0
  private hi = 0
  private readonly counters: ReadonlySet<string>
  private readonly counterFields: ReadonlySet<string>
  /** What was hashed before: names come again and again, and what a field holds is replaced, never edited. */
  private readonly texts = new Map<string, Lanes>()
  private readonly values = new WeakMap<object, Lanes>()

  /** `counters`: fields (`kind.field`) that are left out. */
  constructor(counters: ReadonlySet<string>) {
    this.counters = counters
    this.counterFields = new Set([...counters].map(name => name.slice(name.indexOf('.') + 1)))
  }

  get sum(): U64 { return u64(this.hi, this.lo) }
  /** Back to what it was. */
  restore({ hi, lo }: U64): void { [this.hi, this.lo] = [hi, lo] }

  /** A record comes (1) or goes (-1). */
  record(id: Id, record: AnyRecord, sign: Sign): void {
    const { lo, hi } = this.text(id)
    this.add(lo, hi, sign)
    for (const field in record) this.field(id, field, record[field], sign)
  }

  field(id: Id, field: string, value: unknown, sign: Sign): void {
    if (value === undefined || (this.counterFields.has(field) && this.counters.has(`${kindOf(id)}.${field}`))) return
    const [whose, which, what] = [this.text(id), this.text(field), this.value(value)]
    this.add(
      mix(Math.imul(whose.lo, 0x9e3779b1) ^ Math.imul(which.lo, 31) ^ what.lo, 0),
      mix(Math.imul(whose.hi, 0x9e3779b1) ^ Math.imul(which.hi, 31) ^ what.hi, 1), sign)
  }

  private text(text: string): Lanes {
    let found = this.texts.get(text)
    if (!found) this.texts.set(text, (found = { lo: hashText(text, 0), hi: hashText(text, 1) }))
    return found
  }
  private value(value: unknown): Lanes {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return { lo: hashValue(value, 0), hi: hashValue(value, 1) }
    let found = this.values.get(value)
    if (!found) this.values.set(value, (found = { lo: hashValue(value, 0), hi: hashValue(value, 1) }))
    return found
  }

  /** Words at `at` become others. Asked before they do: `words` still holds the old ones. */
  write(words: Words, area: string, at: number, to: Uint32Array): void {
    const now = words[area]
    const of = OF_LINES[area]
    const lines = of && words[of.lines]
    const { lo, hi } = this.text(area)
    for (let i = 0; i < to.length; i++) {
      const was = now?.[at + i] ?? 0
      if (was === to[i]! || (of && (lines?.[Math.floor((at + i) / of.words)] ?? INVALID) === INVALID)) continue
      this.word(lo, hi, at + i, was, -1)
      this.word(lo, hi, at + i, to[i]!, 1)
    }
    for (const held of governed.get(area) ?? []) this.lines(words, held, at, now, to)
  }

  /** Lines come to be held, or are no longer: their words count from now on, or no longer. */
  private lines(words: Words, area: string, first: number, now: Uint32Array | undefined, to: Uint32Array): void {
    const data = words[area]
    if (!data) return
    const { words: each } = OF_LINES[area]!
    const { lo, hi } = this.text(area)
    for (let i = 0; i < to.length; i++) {
      const was = (now?.[first + i] ?? INVALID) !== INVALID
      const will = to[i] !== INVALID
      if (was === will) continue
      for (let at = (first + i) * each; at < (first + i + 1) * each; at++) this.word(lo, hi, at, data[at] ?? 0, will ? 1 : -1)
    }
  }

  private word(areaLo: number, areaHi: number, at: number, word: number, sign: Sign): void {
    if (word === 0) return
    this.add(mix(areaLo ^ mix(at, 0) ^ Math.imul(word, 0x9e3779b1), 0), mix(areaHi ^ mix(at, 1) ^ Math.imul(word, 0x85ebca77), 1), sign)
  }

  private add(lo: number, hi: number, sign: Sign): void {
    this.lo = (this.lo + sign * lo) >>> 0
    this.hi = (this.hi + sign * hi) >>> 0
  }
}

/** The hash of a whole state, from nothing. */
export function hashOf({ records, words }: Snapshot, counters: ReadonlySet<string>): U64 {
  const hash = new StateHash(counters)
  for (const [id, record] of records) hash.record(id, record, 1)
  // Line states come last: what they make count is there by then.
  const seen: Record<string, Uint32Array> = {}
  const order = Object.keys(words).sort((a, b) => Number(governed.has(a)) - Number(governed.has(b)))
  for (const area of order) {
    hash.write(seen, area, 0, words[area]!)
    seen[area] = words[area]!
  }
  return hash.sum
}
