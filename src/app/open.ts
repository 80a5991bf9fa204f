/** Opens the page at the moment of the address, and keeps address, runs and playhead together from then on. */
import type { Catalog, Journal, Recipe } from '../journal/run.ts'
import { Machine } from './run.ts'
import type { Id } from '../journal/vocabulary.ts'
import { PROGRAM_LIMIT, read, settle, write, type Moment } from './address.ts'
import { editOf, type Texts } from './edit.ts'
import { keep, kept } from './keep.ts'
import { namesMemory } from '../journal/line-steps.ts'
import { castOf } from '../journal/say.ts'
import { callOf } from './names.ts'
import type { Odd } from './odd.ts'
import { pageHere } from './page.ts'
import { areSame } from './recipes.ts'
import { dismiss, findRow, momentOf, notify, patch, realign, state, useStore } from './store.ts'

let machine: Machine
const stops: (() => void)[] = []
/** What the address bar says already. */
let written = ''
let writtenRecipes = ''
let timer: ReturnType<typeof setTimeout> | null = null

let opened = false

/** When the page first shows a story; or `wanted`, on a page that has an address of its own. */
export function open(wanted?: Moment): void {
  if (opened) return wanted && withCatalog(wanted, (catalog) => land(wanted, catalog))
  opened = true
  catchUp()
  const first = wanted ?? read(location.hash)
  show(first)
  start(first)
  addEventListener('hashchange', arrive)
  addEventListener('popstate', arrive)
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', flush)
  useStore.subscribe(keepAddress)
}

/** What waits for the catalog to come. */
let waiting: ((catalog: Catalog) => void) | null = null
function withCatalog(moment: Moment, then: (catalog: Catalog) => void): void {
  waiting = then
  machine.catalog(moment.recipes)
}

function start(wanted: Moment): void {
  machine = new Machine(
    (catalog) => {
      patch({ catalog })
      const then = waiting
      waiting = null
      then?.(catalog)
    },
    (reason) => patch({ failure: reason, playing: false }),
  )
  withCatalog(wanted, (catalog) => {
    const { moment, notices } = settle(wanted, catalog)
    sayOdd(...notices)
    show(moment)
    runAll()
  })
}

/** Says what a link could not have. */
function sayOdd(...odd: readonly Odd[]): void {
  if (odd.length > 0) void import('./odd.ts').then(({ textsOf }) => textsOf(odd).forEach((text) => notify(text)))
}

/** A pasted link or the back button: the same path as a fresh page. */
function arrive(): void {
  if (location.hash === written || location.hash.length < 2 || pageHere() !== 'compare') return
  forget()
  if (!state().catalog) return location.reload()
  const wanted = read(location.hash)
  withCatalog(wanted, (catalog) => land(wanted, catalog))
}

function land(wanted: Moment, catalog: Catalog): void {
  state().notices.forEach((notice) => dismiss(notice.id))
  const { moment, notices } = settle(wanted, catalog)
  sayOdd(...notices)
  const before = state().benches.map((bench) => bench.recipe)
  // What had to be changed in the link replaces it, or the back button would come here for ever.
  written = write(moment, texts())
  writtenRecipes = JSON.stringify(moment.recipes)
  if (pageHere() === 'compare') history.replaceState(null, '', written)
  show(moment)
  if (areSame(before, moment.recipes)) {
    realign()
    settleWanted()
  } else {
    // A row has as many places as there are benches.
    realign()
    runAll()
  }
}

/** A run that is asked for its answer alone. */
export const ask: Machine['start'] = (recipe, hear) => machine.start(recipe, hear)

function show(moment: Moment): void {
  const { benches } = state()
  patch({
    benches: moment.recipes.map((recipe, i) => ({ recipe, run: benches[i]?.run ?? null, problem: null, busy: benches[i]?.busy ?? true })),
    wanted: moment.step, wantedLandmark: moment.landmark, wantedFind: moment.find, view: moment.view, camera: moment.camera, depth: moment.depth, selected: moment.select, bench: moment.bench, focus: moment.focus, motion: 'jump', playing: false,
  })
}

function runAll(): void {
  state().benches.forEach((_, bench) => run(bench))
}

function run(bench: number): void {
  stops[bench]?.()
  const { recipe } = state().benches[bench]!
  set(bench, { busy: true, problem: null })
  stops[bench] = machine.start(
    recipe,
    {
      piece(piece) {
        // The first run of a bench shows while it streams; a later one takes over when it is whole, so that nothing jumps.
        const shown = state().benches[bench]!.run
        if (!piece.done && shown && shown.journal !== piece.journal) return
        // A part of the recipe that could not be had, and what was taken instead.
        for (const { message, remedy } of piece.problems) notify(`${message} ${remedy}`)
        set(bench, { run: piece, busy: !piece.done })
        // Rows of a run that is gone point at steps that the new one need not have.
        if (shown && shown.journal !== piece.journal) realign()
        realignSoon()
      },
      quirks(journal, bites) {
        // The run may stand on another bench by now.
        if (bites.length > 0) patch({ benches: state().benches.map((each) => (each.run?.journal === journal ? { ...each, run: { ...each.run, bites } } : each)) })
      },
      refused: (problem) => set(bench, { problem, busy: false }),
    },
  )
}

function set(bench: number, part: Partial<ReturnType<typeof state>['benches'][number]>): void {
  patch({ benches: state().benches.map((each, i) => (i === bench ? { ...each, ...part } : each)) })
}

/** Several pieces in one turn cost one alignment. */
function realignSoon(): void {
  timer ??= setTimeout(() => {
    timer = null
    realign()
    settleWanted()
  }, 0)
}

const isThere = (journal: Journal, id: string): boolean =>
  castOf(journal).records.has(id as Id) || namesMemory(journal, id) || journal.header.listing.some(({ lines }) => lines.some(({ key }) => key === callOf(id)))

/** What a link asked for, as soon as the runs have it; what they turn out not to have is said. */
function settleWanted(): void {
  const { wanted, wantedLandmark, wantedFind, rows, benches, selected } = state()
  const done = benches.every((bench) => bench.run && !bench.busy)
  if (done && selected !== null && !benches.some(({ run }) => isThere(run!.journal, selected))) {
    sayOdd(['noObject', { id: selected }])
    patch({ selected: null, inspecting: false })
  }
  if (wantedLandmark !== null) {
    const at = rows.findIndex((row) => row.landmark === wantedLandmark) + 1
    if (at > 0) patch({ at, motion: 'jump', ...(done && { wanted: null, wantedLandmark: null }) })
    else if (done) {
      sayOdd(['noLandmark', { wanted: wantedLandmark }])
      patch({ at: 0, wanted: null, wantedLandmark: null })
    }
    return
  }
  if (wantedFind !== null) return done ? settleFind(wantedFind) : undefined
  if (wanted === null) return
  if (wanted <= rows.length && rows.length > 0) patch({ at: wanted, wanted: done ? null : wanted, motion: 'jump' })
  else if (done) {
    sayOdd(['noStep', { wanted, count: rows.length }])
    patch({ at: rows.length, wanted: null, motion: 'jump' })
  }
}

/** What watchers saw is known when a run is over. */
function settleFind(find: string): void {
  const { benches, rows } = state()
  const at = findRow(rows, benches.map(({ run }) => run?.findings ?? []), find)
  if (at === null) sayOdd(['noHazard', { known: find }])
  patch({ at: at ?? 0, motion: 'jump', wanted: null, wantedFind: null })
}

/** While the reader types: the recipes apart from the program. */
let typingSince: string | null = null
const recipesWithout = (recipes: readonly Recipe[]): string => JSON.stringify(recipes.map((recipe) => ({ ...recipe, program: undefined })))

/** New recipes for all benches; the old ones can be had back with undo and with the back button. */
export function choose(recipes: readonly Recipe[], typing = false): void {
  const before = state().benches.map((bench) => bench.recipe)
  if (areSame(before, recipes)) return
  // A stretch of typing is one edit.
  const again = typing && typingSince !== null && recipesWithout(before) === recipesWithout(recipes)
  if (!again) patch({ edits: [...state().edits, before] })
  typingSince = typing ? recipesWithout(recipes) : null
  patch({ undone: [] })
  swap(recipes)
}

export function undo(): void {
  const { edits, undone, benches } = state()
  const last = edits.at(-1)
  if (!last) return
  patch({ edits: edits.slice(0, -1), undone: [...undone, benches.map((bench) => bench.recipe)] })
  swap(last)
}
export function redo(): void {
  const { edits, undone, benches } = state()
  const last = undone.at(-1)
  if (!last) return
  patch({ undone: undone.slice(0, -1), edits: [...edits, benches.map((bench) => bench.recipe)] })
  swap(last)
}

/** Benches whose recipe stays keep their runs, also where it moves to another place; the others show the old run of their place until they have one. */
function swap(recipes: readonly Recipe[]): void {
  const { benches, bench: shown, focus } = state()
  const ran = benches.map((each) => JSON.stringify(each.recipe))
  const from = recipes.map((recipe, i) => {
    const wanted = JSON.stringify(recipe)
    return ran[i] === wanted && !benches[i]!.problem ? i : ran.findIndex((each, j) => each === wanted && !benches[j]!.busy && !benches[j]!.problem)
  })
  stops.forEach((stop, i) => { if (from[i] !== i && benches[i]?.busy) stop() })
  patch({
    benches: recipes.map((recipe, i) => ({ recipe, run: (benches[from[i]!] ?? benches[i])?.run ?? null, problem: null, busy: from[i] === i && benches[i]!.busy })),
    playing: false, bench: Math.min(shown, recipes.length - 1), focus: focus === null || focus >= recipes.length ? null : focus,
  })
  from.forEach((bench, i) => { if (bench < 0) run(i) })
  realign()
}

/** Steps replace the history entry; a changed scenario or variant pushes one. */
function keepAddress(): void {
  const now = state()
  // Another page has an address of its own.
  if (!now.catalog || pageHere() !== 'compare') return
  const moment = momentOf(now)
  const next = write(moment, texts())
  if (next === written) return
  const recipes = JSON.stringify(moment.recipes)
  const pushes = written !== '' && recipes !== writtenRecipes
  if (pushes) flush()
  written = next
  writtenRecipes = recipes
  if (pushes) history.pushState(null, '', next)
  else putOff()
}

/** The address follows when the keys rest: no step waits for it. */
const REST_MS = 120
function putOff(): void {
  forget()
  replacing = setTimeout(rest, REST_MS)
}
function rest(): void {
  if (mayWrite()) flush()
  else replacing = setTimeout(rest, WRITE_MS)
}

/** Browsers refuse more than about a hundred address changes in half a minute: a few at once, then one now and then. */
const WRITES = 50
const WRITE_MS = 700
let writes = WRITES
let counted = 0
function mayWrite(): boolean {
  const now = performance.now()
  writes = Math.min(WRITES, writes + (now - counted) / WRITE_MS)
  counted = now
  if (writes < 1) return false
  writes--
  return true
}

let replacing: ReturnType<typeof setTimeout> | null = null
function forget(): void {
  if (replacing !== null) clearTimeout(replacing)
  replacing = null
}
function flush(): void {
  if (replacing === null) return
  forget()
  if (location.hash !== written && pageHere() === 'compare') history.replaceState(null, '', written)
}

const LEFT = 'bufscope.left'

/** A reload that comes before the last write opens the old address: what should stand there is kept for it. */
function leave(): void {
  keep(LEFT, replacing === null || pageHere() !== 'compare' ? null : written, true)
  flush()
}
function catchUp(): void {
  const left = kept(LEFT, true)
  keep(LEFT, null, true)
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (left && entry?.type === 'reload') history.replaceState(null, '', left)
}

/** Each scenario's own text, once the catalog has come. */
const texts = (): Texts => Object.fromEntries(state().catalog?.scenarios.map(({ id, program }) => [id, program]) ?? [])

/** Whether the edit of a program is short enough for a link. */
export const fitsLink = (recipe: Recipe): boolean => (editOf(recipe, texts())?.length ?? 0) <= PROGRAM_LIMIT

/** The moment shown, as a fragment. */
export const fragmentHere = (): string => write(momentOf(), texts())

export function linkHere(): string {
  const now = state()
  return location.href.replace(/#.*$/, '') + write({ ...momentOf(now), model: now.catalog?.model ?? null }, texts())
}

/** After the worker has failed: a new one, the same moment. */
export function restart(): void {
  patch({ failure: null })
  start(momentOf())
}
