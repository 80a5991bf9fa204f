/** Words for a step, and the names of everything that a run ever makes. */
import type { Journal } from '../journal/run.ts'
import type { AnyRecord, Snapshot } from '../journal/snapshot.ts'
import type { Id } from '../journal/vocabulary.ts'

export { captionOf, nameOf, plainText } from '../journal/say.ts'

const casts = new WeakMap<Journal, { length: number; records: Map<Id, AnyRecord> }>()

/** Every object that a run ever makes, as it was made: enough to name it at any step. */
export function castOf(journal: Journal): Snapshot {
  const known = casts.get(journal) ?? { length: 0, records: new Map() }
  casts.set(journal, known)
  for (; known.length < journal.steps.length; known.length++)
    for (const { id, field, to } of journal.steps[known.length]!.changes) if (field === null && to !== undefined && !known.records.has(id)) known.records.set(id, to as AnyRecord)
  return { records: known.records, words: {} }
}
