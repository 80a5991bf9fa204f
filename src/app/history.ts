/** Every step that touched a thing, at whatever depth the runs are shown, and what it changed of it. */
import { align } from '../journal/align.ts'
import type { Step } from '../journal/step.ts'
import { goTo, setDepth, touches } from './playhead.ts'
import { rowAfter, state, type Bench } from './store.ts'

export interface Touch {
  /** Seq in each bench that does it; null: it does not, or not there. */
  readonly seqs: readonly (number | null)[]
  readonly bench: number
  readonly step: Step
  /** Fields of the thing that became different; null: it came, or went. */
  readonly changes: readonly { readonly field: string | null; readonly from: unknown; readonly to: unknown }[]
}

export function historyOf(id: string, benches: readonly Pick<Bench, 'run'>[], stops: readonly string[]): Touch[] {
  const journals = benches.flatMap(({ run }) => run?.journal ?? [])
  if (journals.length < benches.length) return []
  return align(journals, 'detail', stops).flatMap(({ seqs }) => {
    const bench = seqs.findIndex((seq, i) => seq !== null && touches(journals[i]!.steps[seq]!, id))
    if (bench < 0) return []
    const step = journals[bench]!.steps[seqs[bench]!]!
    return [{ seqs, bench, step, changes: step.changes.filter((change) => change.id === id) }]
  })
}

/** The row that shows a touch as things are; between two of them, none does. */
export function rowOf({ seqs, bench }: Pick<Touch, 'seqs' | 'bench'>): { readonly at: number; readonly exact: boolean } {
  const { rows } = state()
  const at = rowAfter(rows, bench, seqs[bench]!)
  return { at, exact: rows[at - 1]?.seqs[bench] === seqs[bench] }
}

/** To the very step, at a finer depth where there is no stop at it. */
export function goToTouch(touch: Pick<Touch, 'seqs' | 'bench'>): void {
  if (!rowOf(touch).exact) setDepth('detail')
  goTo(rowOf(touch).at)
}

/** The last touch up to a step of a bench that changed a field, or brought the thing; null: none is known. */
export const lastChange = (history: readonly Touch[], bench: number, seq: number, field: string): Touch | null =>
  history.findLast(({ seqs, changes }) => seqs[bench] !== null && seqs[bench]! <= seq && changes.some((change) => change.field === field || change.field === null)) ?? null
