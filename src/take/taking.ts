/** What is taken with you is made from this alone, so the same moment of the same runs always gives the same bytes. */
import { captionsAt } from '../app/captions.ts'
import { leadOf } from '../app/differences.ts'
import { framesAt, type Shown } from '../app/frames.ts'
import { benchName, variantOf } from '../app/names.ts'
import { verdictAt, type Bench, type State } from '../app/store.ts'
import { fill } from '../base/fill.ts'
import type { Catalog, Verdict } from '../journal/run.ts'
import { SENTENCES } from './sentences.ts'
import type { ThemeName } from './tokens.ts'

export interface Taking extends Pick<State, 'benches' | 'rows' | 'marks' | 'at' | 'focus'> {
  readonly catalog: Catalog
  readonly theme: ThemeName
  /** The whole link to the moment. */
  readonly link: string
  /** First and last step of what is taken as a range. */
  readonly from: number
  readonly to: number
}

/** The page's state with journals of its own: snapshots are moved, not copied, and those that the page shows must stay where they are. */
export function takingOf(now: Pick<State, 'benches' | 'rows' | 'marks' | 'at' | 'focus'>, rest: Omit<Taking, keyof typeof now>): Taking {
  const benches = now.benches.map((bench): Bench => (bench.run ? { ...bench, run: { ...bench.run, journal: { ...bench.run.journal } } } : bench))
  return { benches, rows: now.rows, marks: now.marks, at: now.at, focus: now.focus, ...rest }
}

/** One bench at one step, in words. */
export interface Told {
  readonly bench: number
  /** `V4`. */
  readonly name: string
  /** `V4 · fd-map read-only`. */
  readonly title: string
  /** Kernel, hardware and the other parts that it is made of. */
  readonly machine: string
  readonly shown: Shown
  readonly verdict: Verdict | null
  /** With `**bold**` and backticks; '' before the first step. */
  readonly caption: string
}

export interface Telling {
  readonly at: number
  /** `step 27 of 63`. */
  readonly where: string
  /** The difference of the benches here; '' where there is none. */
  readonly lead: string
  readonly benches: readonly Told[]
}

export const storyTitle = ({ catalog, benches }: Taking): string => catalog.scenarios.find(({ id }) => id === benches[0]!.recipe.scenario)?.title ?? benches[0]!.recipe.scenario

/** What the files of a range are called inside. */
export const titleOfRange = (taking: Taking): string => fill(SENTENCES.range, { story: storyTitle(taking), from: taking.from, to: taking.to })
/** What the files of a moment are called inside. */
export const titleOfMoment = (taking: Taking, { where }: Telling): string => fill(SENTENCES.story, { story: storyTitle(taking), where })

export function titleOf({ catalog, benches }: Taking, bench: number): string {
  const { recipe } = benches[bench]!
  return [benchName(recipe, 'free combination'), variantOf(catalog, recipe)?.title].filter(Boolean).join(' · ')
}

const PARTS = { kernel: 'kernels', platform: 'platforms', exporter: 'exporters', importer: 'importers', flags: 'flags', path: 'paths', sync: 'syncs' } as const
export const AXES = Object.keys(PARTS) as readonly (keyof typeof PARTS)[]

/** What a bench has on an axis, in words: `Linux 5.2`. */
export function partOf({ catalog, benches }: Taking, bench: number, axis: keyof typeof PARTS): string {
  const id = benches[bench]!.run!.journal.header.chosen[axis]
  return catalog[PARTS[axis]].find((choice) => choice.id === id)?.title ?? id
}

/** The parts in one line. The export is told as the heading of a bench tells it: not everything is exported by PRIME. */
function machineOf(taking: Taking, bench: number): string {
  const { recipe } = taking.benches[bench]!
  const part = (axis: keyof typeof PARTS): string => partOf(taking, bench, axis)
  return fill(SENTENCES.machine, {
    kernel: part('kernel'), platform: part('platform'), exporter: part('exporter'), importer: part('importer'), path: part('path'), sync: part('sync'),
    call: (recipe.flags ? undefined : variantOf(taking.catalog, recipe)?.shows) ?? part('flags'),
  })
}

/** `canonical-V4-V5-27`: what the files of a moment are called. */
export function nameOfMoment({ benches, focus, at }: Taking): string {
  const seen = benches.filter((_, i) => focus === null || i === focus)
  return [benches[0]!.recipe.scenario, ...seen.map(({ recipe }) => recipe.variant || 'free'), at].join('-').replace(/[^\w-]/g, '')
}
export const nameOfRange = (taking: Taking): string => `${nameOfMoment({ ...taking, at: taking.from })}-${taking.to}`

/** The words of a step, of the benches that are on the stage. */
export function tell(taking: Taking, at: number = taking.at): Telling {
  const { benches, rows, marks, focus, catalog } = taking
  const shown = framesAt({ benches, rows, at })
  const key = rows[at - 1]?.key ?? ''
  const captions = captionsAt(shown, benches, key, catalog.says)
  const mark = marks.find((each) => each.row === at - 1)
  const told = shown.flatMap((each, bench): Told[] => (each === null || (focus !== null && bench !== focus) ? [] : [{
    bench, name: benchName(benches[bench]!.recipe), title: titleOf(taking, bench), machine: machineOf(taking, bench), shown: each, verdict: verdictAt({ benches, rows, marks, at }, bench), caption: captions[bench]!,
  }]))
  return { at, where: fill(SENTENCES.stepOf, { at, count: rows.length }), lead: mark ? leadOf(mark, benches, key) : '', benches: told }
}

/** Steps of the range, in order. */
export const steps = ({ from, to }: Taking): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
