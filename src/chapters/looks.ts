/** What a check of a chapter looks at in a run: objects and counters at a moment, by the names that programs have not. */
import type { Journal } from '../journal/run.ts'
import { Seeker } from '../journal/seek.ts'
import { all, type Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { EventName, Id, Objects } from '../journal/vocabulary.ts'
import { seqOf, type Place, type Told } from './chapter.ts'

type Gem = readonly [Id<'gem'>, Readonly<Objects['gem']>]

/** Everything as it is at a place of a run, or at its end; null: the run does not come there. */
export function at(journal: Journal, place: Place | 'end'): Snapshot | null {
  if (place === 'end') return new Seeker(journal).at(journal.steps.length - 1)
  const seq = place === null ? journal.header.start - 1 : seqOf(journal, typeof place === 'string' ? { event: 'landmark', fields: { name: place } } : place)
  return seq === null ? null : new Seeker(journal).at(seq)
}

/** The object that an importer made for somebody else's buffer. */
export const imported = (snapshot: Snapshot | null): Gem | undefined => (snapshot ? all(snapshot, 'gem').find(([, gem]) => gem.importAttach !== null) : undefined)
/** The exporter's own object. */
export const exported = (snapshot: Snapshot | null): Gem | undefined => (snapshot ? all(snapshot, 'gem').find(([, gem]) => gem.importAttach === null && gem.dmaBuf !== null) : undefined)

/** References to the file of the one dma-buf; 0: there is none. */
export function countOfDmaBuf(snapshot: Snapshot | null): number {
  const [first] = snapshot ? all(snapshot, 'dma_buf') : []
  return first ? (snapshot!.records.get(first[1].file) as { fCount: number } | undefined)?.fCount ?? 0 : 0
}

/** Objects that are left when a run is over, of the kinds that a buffer is made of. */
export const left = (journal: Journal): readonly string[] => {
  const end = at(journal, 'end')!
  return (['gem', 'dma_buf', 'attachment'] as const).flatMap((kind) => all(end, kind).map(([id]) => id))
}

/** All steps of an event in a run; `call`: within a line of its program. */
export const stepsOf = <E extends EventName>({ journal }: Told, event: E, call?: string): readonly Step<E>[] =>
  journal.steps.filter((step): step is Step<E> => is(step, event) && (call === undefined || step.call === call))
/** Whether a watcher saw a hazard in a run, by its number: `H7`. */
export const seen = ({ findings }: Told, hazard: string): boolean => findings.some(({ known }) => known === hazard)
/** The errno of the first call of a process that the kernel refused; null: it refused none. */
export const refusal = (told: Told, process: string): string | null => stepsOf(told, 'trap.leave').find(({ call, fields }) => call.startsWith(`${process}.`) && fields.errno !== null)?.fields.errno ?? null
/** Whether an event comes in a run. */
export const happens = (told: Told, event: EventName, call?: string): boolean => stepsOf(told, event, call).length > 0
