/** Everything the page knows that is not in a journal: which runs, where the playhead stands, how it moves. */
import { create } from 'zustand'
import { fill } from '../base/fill.ts'
import type { Catalog, Finding, Journal, Recipe, Verdict } from '../journal/run.ts'
import { align, type Row } from '../journal/align.ts'
import type { Divergence } from '../journal/divergence.ts'
import type { Step } from '../journal/step.ts'
import type { Depth } from '../journal/stops.ts'
import type { Problem } from '../worker/protocol.ts'
import type { Run } from './run.ts'
import { STORY, type Moment } from './address.ts'
import { bringDifferences, differences } from './differences-later.ts'
import { HOME, type Camera } from './camera.ts'
import type { Bookmark } from './bookmarks.ts'
import { SENTENCES } from './sentences.ts'
import { storedTheme, type Theme } from './theme.ts'

export interface Bench {
  readonly recipe: Recipe
  /** What is shown; stays while a changed recipe is being run. */
  readonly run: Run | null
  /** Why the recipe as it stands could not be run. */
  readonly problem: Problem | null
  readonly busy: boolean
}

export interface Notice { readonly id: number; readonly tone: 'note' | 'bad'; readonly text: string }

/** How the playhead came here: only a step forward is animated. */
export type Motion = 'step' | 'jump'

export interface State {
  readonly catalog: Catalog | null
  readonly failure: string | null
  readonly benches: readonly Bench[]
  readonly rows: readonly Row[]
  readonly marks: readonly Divergence[]
  /** 0: before the first row; n: after row n. */
  readonly at: number
  /** A step or landmark from a link that the runs have not reached yet. */
  readonly wanted: number | null
  readonly wantedLandmark: string | null
  readonly wantedFind: string | null
  readonly view: Moment['view']
  readonly camera: Camera
  readonly motion: Motion
  readonly depth: Depth
  readonly speed: number
  readonly playing: boolean
  readonly selected: string | null
  readonly theme: Theme
  /** The bench a phone shows. */
  readonly bench: number
  /** The bench that has the stage alone; null: all. */
  readonly focus: number | null
  readonly notices: readonly Notice[]
  readonly panel: 'help' | 'find' | 'palette' | 'program' | 'transcript' | 'story' | 'costs' | 'explore' | 'take' | null
  readonly bookmarks: readonly Bookmark[]
  readonly inspecting: boolean
  /** Whether keys that write a character act; some readers' speech input types them by accident. */
  readonly letters: boolean
  /** Recipes before the last edits, for undo, and those undone. */
  readonly undone: readonly (readonly Recipe[])[]
  readonly edits: readonly (readonly Recipe[])[]
}

export const useStore = create<State>(() => ({
  catalog: null, failure: null, benches: STORY.recipes.map((recipe) => ({ recipe, run: null, problem: null, busy: true })),
  rows: [], marks: [], at: 0, wanted: null, wantedLandmark: null, wantedFind: null, view: null, camera: HOME, motion: 'jump', depth: 'step', speed: 1, playing: false, selected: null,
  theme: storedTheme(), bench: 0, focus: null, notices: [], panel: null, bookmarks: [], inspecting: false, letters: true, edits: [], undone: [],
}))

export const state = useStore.getState
export const patch = useStore.setState

let noticeId = 0
export function notify(text: string, tone: Notice['tone'] = 'note'): number {
  const known = state().notices.find((notice) => notice.text === text)
  if (known) return known.id
  patch({ notices: [...state().notices, { id: ++noticeId, tone, text }] })
  return noticeId
}
/** For an answer to a key that needs no answer back. */
export function notifyBriefly(text: string): void {
  const id = notify(text)
  setTimeout(() => dismiss(id), 4000)
}
export function dismiss(id: number): void {
  patch({ notices: state().notices.filter((notice) => notice.id !== id) })
}

/** What the rows are rows of. */
let aligned: readonly Journal[] = []

/** Lays the runs side by side again, and keeps the playhead at the same moment if it can. */
export function realign(depth: Depth = state().depth): void {
  const { benches, catalog, at, rows: old } = state()
  const journals = benches.flatMap((bench) => (bench.run ? [bench.run.journal] : []))
  if (!catalog || journals.length < benches.length) return
  const rows = align(journals, depth, catalog.stops)
  const marks = differences?.marksOf(rows, journals, benches.map(({ recipe }) => recipe)) ?? []
  const kept = depth === state().depth ? sameStep(old, at, rows, journals) ?? sameMoment(old, at, rows) : nearestSeq(old, at, rows)
  aligned = journals
  if (!differences && journals.length > 1) void markRows()
  patch({ rows, marks, depth, at: kept, motion: 'jump' })
}

let marking: Promise<void> | null = null
/** Marks the rows, as soon as what finds differences has come. */
export function markRows(): Promise<void> {
  marking ??= bringDifferences().then(() => {
    marking = null
    if (differences) realign()
  })
  return marking
}

/** The step that is shown of a run that still stands there, on whichever bench; null: it shows none. */
function sameStep(old: readonly Row[], at: number, rows: readonly Row[], journals: readonly Journal[]): number | null {
  for (const [bench, seq] of old[at - 1]?.seqs.entries() ?? []) {
    const there = journals.indexOf(aligned[bench]!)
    const row = seq === null || there < 0 ? -1 : rows.findIndex(({ seqs }) => seqs[there] === seq)
    if (row >= 0) return row + 1
  }
  return null
}

/** The same occurrence of the same call in the new rows; where it is gone, the same number. */
function sameMoment(old: readonly Row[], at: number, rows: readonly Row[]): number {
  const row = old[at - 1]
  if (!row) return Math.min(at, rows.length)
  const within = old.slice(0, at).filter((each) => each.key === row.key).length
  const counterparts = rows.flatMap((each, i) => (each.key === row.key ? [i + 1] : []))
  return counterparts[Math.min(within, counterparts.length) - 1] ?? Math.min(at, rows.length)
}

/** The last row that is not after the moment shown now. */
function nearestSeq(old: readonly Row[], at: number, rows: readonly Row[]): number {
  if (at === 0) return 0
  const now = old[at - 1]?.seqs ?? []
  const bench = now.findIndex((seq) => seq !== null)
  if (bench < 0) return 0
  const hit = rows.findIndex((row) => row.seqs[bench] !== null && row.seqs[bench]! >= now[bench]!)
  return hit < 0 ? rows.length : hit + 1
}

/** The last step of a bench up to a row; the step before its first while it has done nothing. */
export function seqAt(rows: readonly Row[], at: number, bench: number, start: number): number {
  for (let i = Math.min(at, rows.length) - 1; i >= 0; i--) {
    const seq = rows[i]!.seqs[bench]
    if (seq !== null && seq !== undefined) return seq
  }
  return start - 1
}

/** The first row at or after a step of a bench, from 1. */
export function rowAfter(rows: readonly Row[], bench: number, seq: number): number {
  const row = rows.findIndex(({ seqs }) => (seqs[bench] ?? -1) >= seq)
  return row < 0 ? rows.length : row + 1
}

/** Where a hazard was seen last, among what the watchers saw in each bench: one that was only possible at first has happened by then. null: nowhere. */
export function findRow(rows: readonly Row[], findings: readonly (readonly Finding[])[], hazard: string): number | null {
  const seen = findings.map((each) => each.findLast((finding) => finding.known === hazard || finding.hazard === hazard))
  const bench = seen.findIndex((finding) => finding !== undefined)
  return bench < 0 ? null : rowAfter(rows, bench, seen[bench]!.seq)
}

export function momentOf(now: State = state()): Moment {
  return { recipes: now.benches.map((bench) => bench.recipe), step: now.wanted ?? now.at, depth: now.depth, select: now.selected, bench: now.bench, focus: now.focus, landmark: now.wantedLandmark, find: now.wantedFind, view: now.view, camera: now.camera, model: null, odd: [] }
}

/** The colour that a verdict is told in. */
export const VERDICT_TONES: Readonly<Record<Verdict['glyph'], string>> = { '✓': 'ok', '✗': 'bad', '⚠': 'bad', '◐': 'warn' }

/** What may be said about a bench at this moment without telling the end early. */
export function verdictAt(now: Pick<State, 'benches' | 'rows' | 'marks' | 'at'>, bench: number): Verdict | null {
  const run = now.benches[bench]?.run
  if (!run) return null
  const seq = seqAt(now.rows, now.at, bench, run.journal.header.start)
  const { steps } = run.journal
  const { verdict } = run
  if (verdict) {
    const decided = verdict.call === null ? sightOf(run, verdict) : decisionOf(run, verdict.call)
    if (decided <= seq || now.at === now.rows.length) return verdict
  }
  const first = now.marks.find((mark) => mark.kind === 'first')
  if (!first || now.at < first.row + 1) return null
  const key = now.rows[first.row]!.key
  const leave = steps.find((step) => step.call === key && step.event === 'call.leave')
  if (!leave || leave.seq > seq) return null
  const { errno, name } = leave.fields as { name: string; errno: string | null }
  return errno ? { glyph: '✗', text: fill(SENTENCES.refusedAt, { errno, name }), call: key } : { glyph: '✓', text: fill(SENTENCES.okSoFar, { name }), call: key }
}

/** What was read or shown settles a verdict about pixels; anything else is settled by the end. */
function sightOf({ journal: { steps } }: Run, { glyph, text }: Verdict): number {
  const area = text.includes('GPU') ? 'gpu.seen' : 'display.shown'
  const seen = glyph === '✗' ? steps.findLastIndex((step) => step.words.some((words) => words.area === area)) : -1
  return seen >= 0 ? seen : steps.length - 1
}

/** The step of a call that settles it: the first refusal, else its end. */
function decisionOf(run: Run, key: string): number {
  const { steps } = run.journal
  const refusal = steps.findIndex((step) => step.call === key && refuses(step))
  return refusal >= 0 ? refusal : steps.findLastIndex((step) => step.call === key)
}

/** A check said no, or a call came back with an errno. */
export function refuses(step: Step): boolean {
  return step.event.includes('.refused') || Boolean((step.fields as { errno?: unknown }).errno)
}

/** What the call of a row came to in a bench: an errno, or `ok`; null where it is not made. */
export function answerOf(run: Run | null, key: string): string | null {
  const leave = run?.journal.steps.findLast((step) => step.call === key && step.event === 'call.leave')
  return leave ? ((leave.fields as { errno: string | null }).errno ?? 'ok') : null
}
