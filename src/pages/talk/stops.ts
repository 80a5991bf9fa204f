/** Where talk mode stops: one press, one thing that is seen to change. */
import { goTo } from '../../app/playhead.ts'
import { patch, seqAt, state, useStore, type State } from '../../app/store.ts'
import type { Row } from '../../journal/align.ts'
import { placesOf } from '../../stage/places.ts'
import { isSeen, type Told } from '../../stage/talk/focus.ts'
import { onSlide } from './on-slide.ts'

export type Runs = Pick<State, 'benches' | 'rows' | 'marks' | 'focus'>

/** What each bench does in a row, from 1. */
export function toldAt({ benches, rows }: Pick<Runs, 'benches' | 'rows'>, at: number): (Told | null)[] {
  return benches.map(({ run }, bench) => {
    if (!run) return null
    const { journal } = run
    const { start } = journal.header
    const seq = rows[at - 1]?.seqs[bench] ?? null
    return { journal, step: seq === null ? null : journal.steps[seq]!, since: seqAt(rows, at - 1, bench, start), gap: seq === null }
  })
}

const known = new WeakMap<readonly Row[], Map<string, readonly number[]>>()

/** Rows, from 1, in which the picture of a bench on the slide changes, and the last one: it says how it ended. */
export function stopsOf(runs: Runs): readonly number[] {
  const { benches, rows, marks, focus } = runs
  const visible = onSlide(benches.length, focus, marks)
  const kept = known.get(rows) ?? new Map<string, readonly number[]>()
  known.set(rows, kept)
  const found = kept.get(visible.join())
  if (found) return found
  const places = placesOf(benches.flatMap(({ run }) => (run ? [run.journal] : [])))
  const stops = rows.flatMap((_, i) => (toldAt(runs, i + 1).some((told, bench) => told && visible.includes(bench) && isSeen(told, places)) ? [i + 1] : []))
  if (rows.length > 0 && stops.at(-1) !== rows.length && benches.every(({ run }) => run?.done)) stops.push(rows.length)
  kept.set(visible.join(), stops)
  return stops
}

function go(to: number | undefined, motion: 'step' | 'jump'): void {
  patch({ playing: false })
  if (to !== undefined) goTo(to, motion)
}
export const next = (): void => go(stopsOf(state()).find((stop) => stop > state().at), 'step')
export const back = (): void => go(stopsOf(state()).findLast((stop) => stop < state().at) ?? 0, 'jump')
export const first = (): void => go(0, 'jump')
export const last = (): void => go(stopsOf(state()).at(-1), 'jump')

/** The stops, for a part of the page. */
export function useStops(): readonly number[] {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const marks = useStore((now) => now.marks)
  const focus = useStore((now) => now.focus)
  return rows.length > 0 ? stopsOf({ benches, rows, marks, focus }) : NONE
}
const NONE: readonly number[] = []

/** How many stops are behind, the one shown included. */
export const countAt = (stops: readonly number[], at: number): number => stops.filter((stop) => stop <= at).length
