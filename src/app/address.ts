/**
 * The address: where a reader is, in a fragment that fits in a mail. `#scenario=canonical&variants=V4,V5&platform=rk3399&step=27`.
 * An axis with one value holds for every bench; with a comma, one value per bench (`-`: as the variant says).
 */
import type { Catalog, Choice, Recipe } from '../journal/run.ts'
import { DEPTHS, type Depth } from '../journal/stops.ts'
import { cameraText, HOME, readCamera, type Camera } from './camera.ts'
import { applyEdit, editOf, MARK, type Texts } from './edit.ts'
import { MANNERS, mannerText, readManner } from './manner.ts'
import { nearest } from './nearest.ts'
import type { Odd } from './odd.ts'

/** Inside another page: the stage, what is said, and the buttons that step; on a projector; in the window of who speaks beside it. */
const VIEWS = ['embed', 'talk', 'presenter'] as const
export type View = (typeof VIEWS)[number]

export interface Moment {
  readonly recipes: readonly Recipe[]
  readonly step: number
  readonly depth: Depth
  readonly select: string | null
  /** The bench a phone shows, from 0. */
  readonly bench: number
  /** The bench that has the stage alone; null: all. */
  readonly focus: number | null
  /** A landmark to open at instead of a step: in stored links, which outlive step numbers. */
  readonly landmark: string | null
  /** A hazard to open at, by its number: where it was seen last. For links that outlive step numbers as well. */
  readonly find: string | null
  /** How it is shown; null: the whole page. */
  readonly view: View | null
  readonly camera: Camera
  /** Model version the link was made with; null: not said. */
  readonly model: string | null
  /** Parts of the link that could not be followed. */
  readonly odd: readonly Odd[]
}

/** Axes that follow the variant, the scenario or the platform unless asked for. */
export const AXES = ['kernel', 'exporter', 'importer', 'flags', 'path', 'sync'] as const
export type Axis = (typeof AXES)[number]

/** So many runs have room side by side on a screen of today. */
export const MOST_BENCHES = 4

/** A longer edit would not survive a mail client. */
export const PROGRAM_LIMIT = 700

export const STORY: Moment = {
  recipes: [
    { scenario: 'canonical', variant: 'V4', platform: 'rk3399' },
    { scenario: 'canonical', variant: 'V5', platform: 'rk3399' },
  ],
  step: 0,
  depth: 'step',
  select: null,
  bench: 0,
  focus: null,
  landmark: null,
  find: null,
  view: null,
  camera: HOME,
  model: null,
  odd: [],
}

const plain = (text: string): string =>
  encodeURIComponent(text)
    .replace(/%3A/g, ':')
    .replace(/%2C/g, ',')
    .replace(/%2F/g, '/')
    .replace(/[.!')(*]$/, (last) => `%${last.charCodeAt(0).toString(16).toUpperCase()}`)

function column(values: readonly (string | undefined)[]): string | null {
  if (values.every((value) => !value)) return null
  const filled = values.map((value) => value || '-')
  return filled.every((value) => value === filled[0]) ? filled[0]! : filled.join(',')
}

/** `texts`: each scenario's own program, against which an edit is written down. */
export function write(moment: Moment, texts: Texts = {}): string {
  const { recipes } = moment
  const edit = editOf(recipes[0]!, texts)
  const pairs: [string, string | null][] = [
    ['scenario', recipes[0]!.scenario],
    ['variants', recipes.map((recipe) => recipe.variant || '-').join(',')],
    ['platform', column(recipes.map((recipe) => recipe.platform))],
    ...AXES.map((axis): [string, string | null] => [axis, column(recipes.map((recipe) => recipe[axis]))]),
    ['skip', column(recipes.map(({ skip }) => skip?.join('/')))],
    ...MANNERS.map((key): [string, string | null] => [key, column(recipes.map((recipe) => mannerText(recipe, key)))]),
    ['edit', edit !== null && edit.length <= PROGRAM_LIMIT ? edit : null],
    ['step', moment.landmark === null && moment.find === null ? String(moment.step) : null],
    ['landmark', moment.landmark],
    ['find', moment.find],
    ['depth', moment.depth === 'step' ? null : moment.depth],
    ['bench', moment.bench === 0 ? null : String(moment.bench + 1)],
    ['focus', moment.focus === null ? null : String(moment.focus + 1)],
    ['select', moment.select],
    ['view', moment.view],
    ['zoom', cameraText(moment.camera)],
    ['model', moment.model],
  ]
  const short = pairs.filter(([, value]) => value !== null).map(([key, value]) => `${key}=${plain(value!)}`)
  return `#${short.join('&')}`
}

export function read(fragment: string): Moment {
  const found = new Map<string, string>()
  for (const part of fragment.replace(/^#\/?/, '').split('&')) {
    const at = part.indexOf('=')
    if (at > 0) found.set(part.slice(0, at), decode(part.slice(at + 1)))
  }
  const odd: Odd[] = []
  const asked = found.get('variants')?.split(',').filter((id) => id !== '') ?? []
  const variants = (asked.length > 0 ? asked : STORY.recipes.map((recipe) => recipe.variant)).slice(0, MOST_BENCHES)
  if (asked.length > MOST_BENCHES) odd.push(['manyVariants', { count: asked.length, most: MOST_BENCHES }])
  const scenario = found.get('scenario') || STORY.recipes[0]!.scenario
  const edit = found.get('edit')
  const cell = (key: string, bench: number): string | undefined => {
    const values = found.get(key)?.split(',')
    const value = values && (values.length === 1 ? values[0] : values[bench])
    return value && value !== '-' ? value : undefined
  }
  const recipes = variants.map((variant, bench): Recipe => {
    const axes = Object.fromEntries(AXES.flatMap((axis) => (cell(axis, bench) ? [[axis, cell(axis, bench)!]] : [])))
    const skip = cell('skip', bench)?.split('/').filter((key) => key !== '')
    return {
      scenario, variant: variant === '-' ? '' : variant, platform: cell('platform', bench) ?? 'rk3399', ...axes, ...readManner((key) => cell(key, bench), odd),
      ...(edit !== undefined && { program: MARK + edit }), ...(skip?.length && { skip }),
    }
  })
  // One that is written once holds for every bench, and only some of them may have a use for it.
  const seed = found.get('seed')
  if (seed && recipes.every(({ mode }) => mode !== 'random')) odd.push(['seedAlone', { seed }])
  if (found.get('picks') && recipes.every(({ mode }) => mode !== 'explore')) odd.push(['picksAlone', {}])
  const wanted = found.get('depth') ?? 'step'
  const depth = DEPTHS.find((each) => each === wanted) ?? 'step'
  if (depth !== wanted) odd.push(['noDepth', { wanted, depth }])
  const benchOf = (key: string): number | null => {
    const text = found.get(key)
    const at = number(text)
    if (text === undefined || (at > 0 && at <= recipes.length)) return at > 0 ? at - 1 : null
    odd.push(['noBench', { wanted: text, count: recipes.length }])
    return null
  }
  const shown = found.get('view')
  const view = VIEWS.find((each) => each === shown) ?? null
  if (shown && !view) odd.push(['noView', { wanted: shown }])
  const zoom = found.get('zoom')
  const camera = zoom === undefined ? HOME : readCamera(zoom)
  if (!camera) odd.push(['noZoom', { wanted: zoom! }])
  return {
    recipes, step: number(found.get('step')), depth, select: found.get('select') || null, bench: benchOf('bench') ?? 0, focus: benchOf('focus'),
    landmark: found.get('landmark') || null, find: found.get('find') || null, view, camera: camera ?? HOME, model: found.get('model') ?? null, odd,
  }
}

/** An unreadable number is -1, which no run has, so that the reader is told. */
function number(text: string | undefined): number {
  return text === undefined ? 0 : /^\d+$/.test(text) ? Number(text) : -1
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A mail client cut the link in the middle of an escape.
    return text
  }
}

/** The nearest moment that the catalog knows, and what had to be changed for it. */
export function settle(moment: Moment, catalog: Catalog): { moment: Moment; notices: Odd[] } {
  const notices = [...moment.odd]
  const known = (axis: string, wanted: string, choices: readonly { id: string }[], names: (choice: never) => string[], fallback: string): string => {
    const spelled = wanted.toLowerCase()
    const hit = choices.find((choice) => names(choice as never).some((name) => name.toLowerCase() === spelled))
    if (hit) return hit.id
    const near = nearest(spelled, choices.map((choice) => choice.id)) ?? fallback
    notices.push(['noChoice', { axis, wanted, near }])
    return near
  }
  const plainNames = (choice: Choice): string[] => [choice.id]
  const axes: Record<Axis | 'platform', readonly Choice[]> = {
    kernel: catalog.kernels, exporter: catalog.exporters, importer: catalog.importers, flags: catalog.flags, path: catalog.paths, sync: catalog.syncs, platform: catalog.platforms,
  }
  const recipes = moment.recipes.map((recipe, bench): Recipe => {
    const settled: Record<string, unknown> = { ...recipe }
    settled['scenario'] = known('scenario', recipe.scenario, catalog.scenarios, plainNames, 'canonical')
    if (recipe.variant !== '') {
      const numbers = (choice: { id: string; name: string }): string[] => [choice.id, choice.name]
      const id = known('variant', recipe.variant, catalog.variants.map((v) => ({ ...v, id: v.number || v.id, name: v.id })), numbers, STORY.recipes[bench]?.variant ?? 'V4')
      settled['variant'] = id
    }
    for (const axis of ['platform', ...AXES] as const) {
      const wanted = recipe[axis]
      if (wanted) settled[axis] = known(axis, wanted, axes[axis], plainNames, axes[axis][0]?.id ?? wanted)
    }
    if (recipe.program?.startsWith(MARK)) {
      const program = applyEdit(recipe.program.slice(MARK.length), catalog.scenarios.find((each) => each.id === settled['scenario'])?.program ?? '')
      if (program === null) notices.push(['noProgram', {}])
      settled['program'] = program ?? undefined
    }
    return settled as unknown as Recipe
  })
  if (moment.step < 0) notices.push(['unreadStep', {}])
  if (moment.model && moment.model !== catalog.model) notices.push(['otherModel', { model: moment.model, here: catalog.model }])
  return { moment: { ...moment, recipes, step: Math.max(0, moment.step), odd: [] }, notices }
}
