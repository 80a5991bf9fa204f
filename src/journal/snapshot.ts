/** All objects and words after a step. Folding a journal forward or back moves a snapshot; both wings use this code. */
import type { Change, Step, WordChange } from './step.ts'
import type { Id, Kind, Objects } from './vocabulary.ts'

export type AnyRecord = Readonly<Record<string, unknown>>

export interface Snapshot {
  readonly records: ReadonlyMap<Id, AnyRecord>
  /** Areas of words, by name; reading past the end of one means 0. */
  readonly words: Readonly<Record<string, Uint32Array>>
}

export class MutableSnapshot implements Snapshot {
  /** Replaced as a whole by a jump. */
  records = new Map<Id, AnyRecord>()
  readonly words: Record<string, Uint32Array> = {}

  apply(step: Step): void {
    for (const change of step.changes) applyChange(this.records, change, change.to)
    for (const change of step.words) applyWords(this.words, change, change.to)
  }

  revert(step: Step): void {
    for (let i = step.words.length - 1; i >= 0; i--) applyWords(this.words, step.words[i]!, step.words[i]!.from)
    for (let i = step.changes.length - 1; i >= 0; i--) applyChange(this.records, step.changes[i]!, step.changes[i]!.from)
  }
}

/** One field becomes different; undefined: it goes. */
export function setField(record: Record<string, unknown>, field: string, value: unknown): void {
  if (value === undefined) delete record[field]
  else record[field] = value
}
/** The record with one field that is different. */
export function withField(record: AnyRecord, field: string, value: unknown): AnyRecord {
  const changed: Record<string, unknown> = { ...record }
  setField(changed, field, value)
  return changed
}

export function applyChange(records: Map<Id, AnyRecord>, { id, field }: Change, side: unknown): void {
  if (field !== null) records.set(id, withField(records.get(id)!, field, side))
  else if (side === undefined) records.delete(id)
  else records.set(id, side as AnyRecord)
}

/** Most words that an area grows by beyond what is asked: a large one is not to be twice as large as it need be. */
const MOST_SPARE = 1 << 18

/** The area with room for `end` words; grows by doubling, new words are 0. */
export function areaOf(words: Record<string, Uint32Array>, area: string, end: number): Uint32Array {
  const now = words[area]
  if (now && now.length >= end) return now
  const grown = new Uint32Array(Math.max(end, now ? Math.min(now.length * 2, end + MOST_SPARE) : 1024))
  if (now) grown.set(now)
  return (words[area] = grown)
}

export function applyWords(words: Record<string, Uint32Array>, { area, at }: WordChange, side: Uint32Array): void {
  areaOf(words, area, at + side.length).set(side, at)
}

export function get<K extends Kind>(snapshot: Snapshot, id: Id<K>): Readonly<Objects[K]> | undefined {
  return snapshot.records.get(id) as Readonly<Objects[K]> | undefined
}

/** All objects of a kind, sorted by id, so that the order never depends on history. */
export function all<K extends Kind>(snapshot: Snapshot, kind: K): [Id<K>, Readonly<Objects[K]>][] {
  const found: [Id<K>, Readonly<Objects[K]>][] = []
  const prefix = `${kind}:`
  // By ids alone: pairs of the objects that are passed over would be thrown away at every step of the page.
  for (const id of snapshot.records.keys()) if (id.startsWith(prefix)) found.push([id as Id<K>, get(snapshot, id as Id<K>)!])
  return found.sort((a, b) => (a[0] < b[0] ? -1 : 1))
}
