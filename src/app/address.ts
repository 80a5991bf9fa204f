/**
 * The address: where a reader is, in a fragment that fits in a mail. `#scenario=canonical&variants=V4,V5&platform=rk3399&step=27`.
 * An axis with one value holds for every bench; with a comma, one value per bench (`-`: as the variant says).
 */
import type { Catalog, Choice, Recipe } from '../journal/run.ts'
import { DEPTHS, type Depth } from '../journal/stops.ts'

export interface Moment {
  readonly recipes: readonly Recipe[]
  readonly step: number
  readonly depth: Depth
  readonly select: string | null
  /** The bench a phone shows, from 0. */
  readonly bench: number
  /** Model version the link was made with; null: not said. */
  readonly model: string | null
}

/** Axes that follow the variant, the scenario or the platform unless asked for. */
export const AXES = ['kernel', 'exporter', 'importer', 'flags', 'path', 'sync'] as const
export type Axis = (typeof AXES)[number]

/** A longer program would not survive a mail client. */
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
  model: null,
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

export function write(moment: Moment): string {
  const { recipes } = moment
  const pairs: [string, string | null][] = [
    ['scenario', recipes[0]!.scenario],
    ['variants', recipes.map((recipe) => recipe.variant || '-').join(',')],
    ['platform', column(recipes.map((recipe) => recipe.platform))],
    ...AXES.map((axis): [string, string | null] => [axis, column(recipes.map((recipe) => recipe[axis]))]),
    ['step', String(moment.step)],
    ['depth', moment.depth === 'step' ? null : moment.depth],
    ['bench', moment.bench === 0 ? null : String(moment.bench + 1)],
    ['select', moment.select],
    ['model', moment.model],
  ]
  const program = recipes[0]!.program
  const short = pairs.filter(([, value]) => value !== null).map(([key, value]) => `${key}=${plain(value!)}`)
  if (program !== undefined && program.length <= PROGRAM_LIMIT) short.push(`program=${pack(program)}`)
  return `#${short.join('&')}`
}

export function read(fragment: string): Moment {
  const found = new Map<string, string>()
  for (const part of fragment.replace(/^#\/?/, '').split('&')) {
    const at = part.indexOf('=')
    if (at > 0) found.set(part.slice(0, at), decode(part.slice(at + 1)))
  }
  const variants = found.get('variants')?.split(',').filter((id) => id !== '').slice(0, 4) ?? STORY.recipes.map((recipe) => recipe.variant)
  const scenario = found.get('scenario') || STORY.recipes[0]!.scenario
  const program = found.get('program')
  const cell = (key: string, bench: number): string | undefined => {
    const values = found.get(key)?.split(',')
    const value = values && (values.length === 1 ? values[0] : values[bench])
    return value && value !== '-' ? value : undefined
  }
  const recipes = (variants.length > 0 ? variants : ['V4', 'V5']).map((variant, bench): Recipe => {
    const axes = Object.fromEntries(AXES.flatMap((axis) => (cell(axis, bench) ? [[axis, cell(axis, bench)!]] : [])))
    const edited = program === undefined ? {} : { program: unpack(program) }
    return { scenario, variant: variant === '-' ? '' : variant, platform: cell('platform', bench) ?? 'rk3399', ...axes, ...edited }
  })
  const depth = DEPTHS.find((each) => each === found.get('depth')) ?? 'step'
  return { recipes, step: number(found.get('step')), depth, select: found.get('select') || null, bench: Math.max(0, number(found.get('bench')) - 1), model: found.get('model') ?? null }
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

/** base64url of UTF-8: no sign that a mail client breaks. */
function pack(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
function unpack(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
    return new TextDecoder().decode(bytes)
  } catch {
    return `# This link's program could not be read: ${text.slice(0, 40)}\n`
  }
}

/** The nearest moment that the catalog knows, and what had to be changed for it. */
export function settle(moment: Moment, catalog: Catalog): { moment: Moment; notices: string[] } {
  const notices: string[] = []
  const known = (what: string, wanted: string, choices: readonly { id: string }[], names: (choice: never) => string[], fallback: string): string => {
    const spelled = wanted.toLowerCase()
    const hit = choices.find((choice) => names(choice as never).some((name) => name.toLowerCase() === spelled))
    if (hit) return hit.id
    const near = nearest(spelled, choices.map((choice) => choice.id)) ?? fallback
    notices.push(`There is no ${what} “${wanted}”. Opened ${near} instead.`)
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
    return settled as unknown as Recipe
  })
  if (moment.step < 0) notices.push('The link names no readable step. Opened step 0.')
  if (moment.model && moment.model !== catalog.model) notices.push(`This link was made with model ${moment.model}; this page has ${catalog.model}, so its steps may stand elsewhere.`)
  const bench = Math.min(moment.bench, recipes.length - 1)
  return { moment: { ...moment, recipes, bench, step: Math.max(0, moment.step) }, notices: [...new Set(notices)] }
}

function nearest(wanted: string, ids: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Math.max(2, Math.ceil(wanted.length / 2))
  for (const id of ids) {
    const far = distance(wanted, id.toLowerCase())
    if (far < least) [best, least] = [id, far]
  }
  return best
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]!
}
