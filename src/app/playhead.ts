/** Moving the playhead: by step, landmark, difference, selected object, and by itself. */
import { touchesLine } from '../journal/line-steps.ts'
import type { Step } from '../journal/step.ts'
import { kindOf, type Id } from '../journal/vocabulary.ts'
import { DEPTHS, type Depth } from '../journal/stops.ts'
import { differences } from './differences-later.ts'
import { callOf } from './names.ts'
import { markRows, patch, realign, state, useStore } from './store.ts'

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const
/** At 1×. Long enough to read a short caption. */
const STEP_MS = 1400

export function goTo(at: number, motion: 'step' | 'jump' = 'jump'): void {
  const { rows } = state()
  const there = Math.max(0, Math.min(rows.length, Math.round(at)))
  if (there !== state().at) patch({ at: there, motion, wanted: null })
}

export const next = (): void => goTo(state().at + 1, 'step')
export function back(): void {
  patch({ playing: false })
  goTo(state().at - 1)
}
export const first = (): void => stopAnd(() => goTo(0))
export const last = (): void => stopAnd(() => goTo(state().rows.length))

function stopAnd(move: () => void): void {
  patch({ playing: false })
  move()
}

/** Row numbers (from 1) where something begins: landmarks of the program, or each call where it sets none. */
export function landmarks(): number[] {
  const { rows } = state()
  const set = rows.flatMap((row, i) => (row.landmark ? [i + 1] : []))
  return set.length > 0 ? set : rows.flatMap((row, i) => (i === 0 || rows[i - 1]!.key !== row.key ? [i + 1] : []))
}

/** To the next of some rows in a direction; at the end of them, to the end of the run. */
function along(stops: readonly number[], direction: 1 | -1): void {
  const { at, rows } = state()
  const hit = direction > 0 ? stops.find((stop) => stop > at) : stops.findLast((stop) => stop < at)
  stopAnd(() => goTo(hit ?? (direction > 0 ? rows.length : 0)))
}

export const landmark = (direction: 1 | -1): void => along(landmarks(), direction)

/** Differences, seeds first: seeds stand before the first divergence in time. */
export function difference(direction: 1 | -1): void {
  // A key may be faster than what it asks for.
  if (!differences) return void markRows().then(() => { if (differences) difference(direction) })
  const { at, marks } = state()
  const stops = marks.map((mark) => mark.row + 1).sort((a, b) => a - b)
  const hit = direction > 0 ? stops.find((stop) => stop > at) : stops.findLast((stop) => stop < at)
  if (hit !== undefined) stopAnd(() => goTo(hit, direction > 0 ? 'step' : 'jump'))
}

/** Every event, or those that touch the selected object. */
export function event(direction: 1 | -1): void {
  patch({ playing: false })
  if (state().depth !== 'detail') setDepth('detail')
  const { selected, rows, benches, at } = state()
  if (!selected) return goTo(at + direction, direction > 0 ? 'step' : 'jump')
  for (let i = at + direction; i >= 1 && i <= rows.length; i += direction) {
    const touched = rows[i - 1]!.seqs.some((seq, bench) => seq !== null && touches(benches[bench]!.run!.journal.steps[seq]!, selected))
    if (touched) return goTo(i, direction > 0 ? 'step' : 'jump')
  }
}

export function touches(step: Pick<Step, 'call' | 'changes' | 'words' | 'fields'>, id: string): boolean {
  const call = callOf(id)
  if (call !== null) return step.call === call
  if (id.startsWith('line:')) return touchesLine(step, Number(id.slice(5)))
  if (step.changes.some((change) => change.id === id)) return true
  return kindOf(id as Id) !== 'task' && Object.values(step.fields).includes(id)
}

export function setDepth(depth: Depth): void {
  if (depth !== state().depth) realign(depth)
}
export function shiftDepth(by: 1 | -1): void {
  const there = DEPTHS[DEPTHS.indexOf(state().depth) + by]
  if (there) setDepth(there)
}

export function shiftSpeed(by: 1 | -1): void {
  const there = SPEEDS[SPEEDS.findIndex((speed) => speed === state().speed) + by]
  if (there) patch({ speed: there })
}

export function togglePlay(): void {
  const { playing, at, rows } = state()
  if (!playing && at >= rows.length) goTo(0)
  patch({ playing: !playing })
  if (!playing) next()
}

/** One timer that follows the store: it runs while playing and ends itself at the last row. */
export function watchPlay(): void {
  let timer: ReturnType<typeof setTimeout> | null = null
  useStore.subscribe((now, before) => {
    if (now.playing === before.playing && now.at === before.at && now.speed === before.speed) return
    if (timer) clearTimeout(timer)
    timer = null
    if (!now.playing) return
    if (now.at >= now.rows.length && now.benches.every((bench) => !bench.busy)) return patch({ playing: false })
    timer = setTimeout(next, STEP_MS / now.speed)
  })
}
