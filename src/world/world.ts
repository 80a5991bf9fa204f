/**
 * The only simulated state, and the only way to change it. Records are replaced; words lie in flat arrays. Every change
 * waits in `pending` until the event that tells it is emitted, carries both sides, and can be undone.
 */
import { assert, broken } from '../base/assert.ts'
import { pieceOfWords } from '../base/piece.ts'
import type { U64 } from '../base/bits.ts'
import { applyChange, applyWords, areaOf, setField, type AnyRecord, type Snapshot } from '../journal/snapshot.ts'
import type { Change, Step, WordChange } from '../journal/step.ts'
import { kindOf, type EventName, type Events, type Id, type Kind, type Objects } from '../journal/vocabulary.ts'
import { hashOf, StateHash } from './state-hash.ts'
import { mergedChanges, mergedWords } from './merge.ts'
import { constant, LONG, Stretches } from '../journal/stretches.ts'

export interface WorldOptions {
  /** `steps` keeps the journal (and can undo); `none` only the state, for replaying many programs quickly. */
  readonly history?: 'steps' | 'none'
  /** Keeps a hash of the state up to date change by change. */
  readonly hashing?: boolean
  /** Fields (`kind.field`) that only count up: states that differ in them alone are the same state, so the hash leaves them out. */
  readonly counters?: ReadonlySet<string>
  /** A world that is over: this one takes over its room for words, so that many short runs do not each make their own. */
  readonly after?: World
}

/** Words of an area that are worth taking over: making them 0 must not cost more than making room anew. */
const WORTH_TAKING = 1 << 14
/** For all steps that change nothing. Nobody adds to them. */
const NO_CHANGES: Change[] = []
const NO_WORDS: WordChange[] = []
/** Values that long ranges are filled with: zeros and line states. */
const FILLINGS = 4
/** For all ids of a world without a journal, which takes nothing back and so asks for no order. Nobody adds to it. */
const ONCE: number[] = [0]

/** The areas of a world that is over, all 0; it loses them. */
function emptied(words: Record<string, Uint32Array>): Record<string, Uint32Array> {
  const room: Record<string, Uint32Array> = {}
  for (const [area, found] of Object.entries(words)) {
    if (found.length <= WORTH_TAKING) room[area] = found.fill(0)
    delete words[area]
  }
  return room
}

/** The ids of one kind in order of creation; after an undo they are put in that order again when they are asked for. */
interface KindIds { ids: Set<Id>; sorted: boolean }

export class World implements Snapshot {
  readonly records = new Map<Id, AnyRecord>()
  readonly words: Record<string, Uint32Array>
  readonly steps: Step[] = []
  /** Who acts now, for which call, in which functions. Set by the machine; copied into every step. */
  actor = 'boot'
  call = ''
  stack: readonly string[] = []

  /** False when no journal is kept: texts made only for a step need not be made then. */
  readonly tells: boolean
  private readonly sum: StateHash | null
  /** Neither journal nor hash: a change is nothing but its outcome. */
  private readonly bare: boolean
  private pending: Change[] = []
  private pendingWords: WordChange[] = []
  /** By area; kept with the journal, whose changes share what they know. */
  private readonly known = new Map<string, Stretches>()
  private readonly kinds = new Map<string, KindIds>()
  /** When each id was created, the last time at the end: an id that an object had once is not given to another. */
  private readonly made = new Map<Id, number[]>()
  private births = 0
  private readonly counters: ReadonlySet<string>

  constructor({ history = 'steps', hashing = false, counters = new Set(), after }: WorldOptions = {}) {
    this.words = after ? emptied(after.words) : {}
    this.tells = history === 'steps'
    this.counters = counters
    this.sum = hashing ? new StateHash(counters) : null
    this.bare = !this.tells && !hashing
  }

  has(id: Id): boolean { return this.records.has(id) }

  /** The record; asks for an object that exists. */
  get<K extends Kind>(id: Id<K>): Readonly<Objects[K]> {
    const record = this.records.get(id)
    if (record === undefined) return broken(`there is no ${id}`)
    return record as unknown as Readonly<Objects[K]>
  }

  find<K extends Kind>(id: Id<K> | null | undefined): Readonly<Objects[K]> | undefined {
    return id ? (this.records.get(id) as unknown as Readonly<Objects[K]> | undefined) : undefined
  }

  /** Ids of all objects of a kind, in order of creation. */
  ids<K extends Kind>(kind: K): Id<K>[] {
    if (this.bare) return this.scan(`${kind}:`) as Id<K>[]
    const known = this.kinds.get(kind)
    if (!known) return []
    if (!known.sorted) {
      known.ids = new Set([...known.ids].sort((a, b) => this.made.get(a)!.at(-1)! - this.made.get(b)!.at(-1)!))
      known.sorted = true
    }
    return [...known.ids] as Id<K>[]
  }

  private scan(prefix: string): Id[] {
    const found: Id[] = []
    // Nothing is ever taken back here, so records lie in order of creation.
    for (const id of this.records.keys()) if (id.startsWith(prefix)) found.push(id)
    return found
  }

  /** A fresh id made from the running call: `gem:A.3`, then `gem:A.3.1`. */
  newId<K extends Kind>(kind: K, key: string = this.call || 'boot'): Id<K> {
    let id: Id<K> = `${kind}:${key}`
    for (let n = 1; this.made.has(id) || this.records.has(id); n++) id = `${kind}:${key}.${n}`
    // Without a journal only these are remembered, and at once: nobody names an object and then does not make it.
    if (this.bare) this.made.set(id, ONCE)
    return id
  }

  create<K extends Kind>(id: Id<K>, record: Objects[K]): Id<K> {
    const { size } = this.records
    if (this.bare) this.records.set(id, record as unknown as AnyRecord)
    // The size says it without another look.
    if (this.bare ? this.records.size === size : this.records.has(id)) broken(`${id} exists already`)
    if (!this.bare) this.change({ id, field: null, from: undefined, to: record })
    return id
  }

  remove(id: Id): void {
    const record = this.bare ? undefined : this.records.get(id)
    if (record) this.change({ id, field: null, from: record, to: undefined })
    else if (!this.records.delete(id)) broken(`there is no ${id} to remove`)
  }

  /**
   * Without a journal a record is changed where it lies, which nobody can tell: no field is read from a record that was asked for before the
   * field changed (`cli/stale-reads.test.ts`).
   */
  set<K extends Kind, F extends keyof Objects[K] & string>(id: Id<K>, field: F, to: Objects[K][F]): void {
    const record = this.records.get(id)
    if (record === undefined) return broken(`there is no ${id} to change`)
    const from = record[field]
    if (from === to) return
    if (this.bare) setField(record as Record<string, unknown>, field, to)
    else this.change({ id, field, from, to })
  }

  /** A counter goes up or down; answers what it is then. */
  count(id: Id, counter: string, by: number): number {
    const record = this.records.get(id)
    if (record === undefined) return broken(`there is no ${id} to count`)
    const from = record[counter] as number
    const to = from + by
    if (Number.isNaN(to)) broken(`${id} has no counter ${counter}`)
    if (this.bare) (record as Record<string, unknown>)[counter] = to
    else this.set(id as Id<'ref'>, counter as 'counter', to as never)
    return to
  }

  word(area: string, at: number): number {
    return this.words[area]?.[at] ?? 0
  }

  /**
   * Writes words at `at`; told with the next event like any change. `values` is copied, unless it is given away. `sparse`: the range spans
   * several, and what lies between them is the same on both sides.
   */
  write(area: string, at: number, values: ArrayLike<number>, given = false, sparse = false): void {
    const now = areaOf(this.words, area, at + values.length)
    if (this.bare) return now.set(values, at)
    const to = values instanceof Uint32Array ? (given ? values : pieceOfWords(values, 0, values.length)) : Uint32Array.from(values)
    if (this.tells) this.pendingWords.push(sparse ? { area, at, from: this.left(area, at, to), to, sparse } : { area, at, from: this.left(area, at, to), to })
    this.sum?.write(this.words, area, at, to)
    now.set(to, at)
  }

  /** So many words become the same. */
  fill(area: string, at: number, count: number, value: number): void {
    if (this.bare) areaOf(this.words, area, at + count).fill(value, at, at + count)
    else this.write(area, at, count >= LONG && value < FILLINGS ? constant(value, count) : new Uint32Array(count).fill(value), true)
  }

  /** Words of an area for a change elsewhere, which may be given away and not edited. */
  taken(area: string, at: number, count: number): Uint32Array {
    const known = count >= LONG ? this.known.get(area)?.find(at, count) : undefined
    if (known) return known
    const now = areaOf(this.words, area, at + count)
    return this.bare ? now.subarray(at, at + count) : pieceOfWords(now, at, count)
  }

  /** The side that a change leaves; what it brings is known from now on. */
  private left(area: string, at: number, to: Uint32Array): Uint32Array {
    let known = this.known.get(area)
    if (!known) this.known.set(area, (known = new Stretches()))
    const from = (to.length >= LONG ? known.find(at, to.length) : undefined) ?? pieceOfWords(this.words[area]!, at, to.length)
    known.put(at, to)
    return from
  }

  writeWord(area: string, at: number, value: number): void {
    if (this.word(area, at) === value >>> 0) return
    this.write(area, at, [value])
  }

  /** Tells the changes made since the last event. */
  emit<E extends EventName>(event: E, fields: Events[E]): void {
    if (!this.tells) return
    this.steps.push({
      seq: this.steps.length, actor: this.actor, call: this.call, event, fields, stack: this.stack,
      changes: this.pending.length === 0 ? NO_CHANGES : this.pending, words: this.pendingWords.length === 0 ? NO_WORDS : this.pendingWords,
    })
    if (this.pending.length > 0) this.pending = []
    if (this.pendingWords.length > 0) this.pendingWords = []
  }

  /** Steps from `mark` on leave the journal; what they changed stays, and is told by `tellAgain` or by the next event (`owe`). */
  withdraw(mark: number): Step[] { return this.steps.splice(mark) }
  tellAgain(steps: readonly Step[]): void {
    for (const step of steps) this.steps.push({ ...step, seq: this.steps.length })
  }
  owe(steps: readonly Step[]): void {
    this.pending.push(...mergedChanges(steps))
    this.pendingWords.push(...mergedWords(steps))
  }

  /** True while changes wait for their event; asserted false at the end of every call. */
  get untold(): boolean { return this.pending.length > 0 || this.pendingWords.length > 0 }
  get untoldChanges(): readonly Change[] { return this.pending }

  enter(fn: string): void {
    if (!this.tells) return
    this.stack = [...this.stack, fn]
    if (fn !== '|') this.emit('fn.enter', { fn })
  }

  leave(): void {
    if (this.tells) this.stack = this.stack.slice(0, -1)
  }

  /** Takes back every step from `mark` (a number of steps) on. Who knows what the hash was then can say so, and spares the reckoning. */
  undo(mark: number, hash?: U64): void {
    const sum = hash ? null : this.sum
    assert(this.tells, 'a world without history cannot undo')
    assert(!this.untold, 'changes wait for their event')
    while (this.steps.length > mark) {
      const step = this.steps.pop()!
      for (let i = step.words.length - 1; i >= 0; i--) {
        const change = step.words[i]!
        sum?.write(this.words, change.area, change.at, change.from)
        this.known.get(change.area)!.put(change.at, change.from)
        applyWords(this.words, change, change.from)
      }
      for (let i = step.changes.length - 1; i >= 0; i--) {
        const { id, field, from, to } = step.changes[i]!
        this.apply({ id, field, from: to, to: from }, sum)
        if (field === null) this.unmake(id, from === undefined)
      }
    }
    if (hash) this.sum?.restore(hash)
  }

  /** Takes steps again that were undone in this very state; `hash` is what it was after them. */
  redo(steps: readonly Step[], hash: U64): void {
    assert(this.tells && !this.untold, 'changes wait for their event')
    for (const step of steps) {
      for (const change of step.changes) {
        this.apply(change, null)
        if (change.field === null && change.to !== undefined) this.make(change.id)
      }
      for (const change of step.words) {
        this.known.get(change.area)!.put(change.at, change.to)
        applyWords(this.words, change, change.to)
      }
      this.steps.push(step)
    }
    this.sum?.restore(hash)
  }

  /** Becomes another state at once, and its journal begins there. The objects were created in the order in which they are given. */
  become(records: Iterable<readonly [Id, AnyRecord]>, words: Readonly<Record<string, Uint32Array>>): void {
    this.steps.length = 0
    for (const list of [this.records, this.kinds, this.made, this.known]) list.clear()
    this.sum?.restore({ hi: 0, lo: 0 })
    for (const area of Object.keys(this.words)) delete this.words[area]
    for (const [area, found] of Object.entries(words)) this.write(area, 0, found)
    for (const [id, record] of records) this.change({ id, field: null, from: undefined, to: record })
    this.pending = []
    this.pendingWords = []
  }

  /** The hash of the state, 64 bits; kept up to date when `hashing`, else computed from scratch. Equal states have equal hashes, however they came about. */
  get hash(): U64 { return this.sum ? this.sum.sum : this.recomputeHash() }

  recomputeHash(): U64 { return hashOf(this, this.counters) }

  private change(change: Change): void {
    this.apply(change, this.sum)
    if (change.field === null && change.to !== undefined) this.make(change.id)
    if (this.tells) this.pending.push(change)
  }

  private make(id: Id): void {
    const before = this.made.get(id)
    if (!before) this.made.set(id, [this.births++])
    else if (this.tells) before.push(this.births++)
    else before[0] = this.births++
  }

  /** A creation (`created`) or a removal was taken back. */
  private unmake(id: Id, created: boolean): void {
    if (!created) {
      this.kinds.get(kindOf(id))!.sorted = false
      return
    }
    const births = this.made.get(id)!
    births.pop()
    if (births.length === 0) this.made.delete(id)
  }

  private apply(change: Change, sum: StateHash | null): void {
    const { id, field, from, to } = change
    if (sum) {
      if (field !== null) {
        sum.field(id, field, from, -1)
        sum.field(id, field, to, 1)
      } else {
        if (from !== undefined) sum.record(id, from as AnyRecord, -1)
        if (to !== undefined) sum.record(id, to as AnyRecord, 1)
      }
    }
    applyChange(this.records, change, to)
    if (field === null) {
      const kind = kindOf(id)
      if (to === undefined) this.kinds.get(kind)!.ids.delete(id)
      else {
        const known = this.kinds.get(kind)
        if (known) known.ids.add(id)
        else this.kinds.set(kind, { ids: new Set([id]), sorted: true })
      }
    }
  }
}
