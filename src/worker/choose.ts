/** From a recipe to a blueprint: every choice filled in, and the nearest valid one in place of what does not exist. */
import { words } from '../base/words.ts'
import type { Recipe, RunHeader } from '../journal/run.ts'
import { base } from '../machine/base.ts'
import type { Blueprint } from '../machine/blueprint.ts'
import { programOf, type Scenario } from '../machine/scenario.ts'
import { AXES, type Part, type Variant } from '../machine/variant.ts'
import { nearest } from '../userspace/program/mistake.ts'
import type { Problem } from './protocol.ts'
import { SENTENCES } from './sentences-later.ts'
import { hazardStories, parts, scenarios, variants } from './shelves.ts'

export interface Chosen {
  readonly scenario: Scenario
  /** null: a free combination of parts. */
  readonly variant: Variant | null
  readonly parts: readonly Part[]
  readonly blueprint: Blueprint
  readonly ids: RunHeader['chosen']
  readonly problems: readonly Problem[]
  /** The scenario's own text for this exporter. */
  readonly program: string
}

/** What is said of what cannot be chosen. The first worker answers nothing of the kind. */
export const { bring: bringChoices, say: sayChoice } = words<typeof SENTENCES>(import.meta.env.SSR ? SENTENCES : null)

/** Opens on this variant when a recipe names one that does not exist. */
const FIRST_VARIANT = 'V4'

export const findVariant = (name: string): Variant | undefined =>
  variants.find(v => v.number.toLowerCase() === name.toLowerCase() || v.id === name.toLowerCase())
export const variantNames = (): string[] => variants.flatMap(v => [v.number, v.id])

/** The entry with that id, or the nearest one and a problem that says so. */
function pick<T>(axis: string, id: string, list: readonly T[], idOf: (entry: T) => readonly string[], otherwise: T, problems: Problem[]): T {
  const found = list.find(entry => idOf(entry).some(name => name.toLowerCase() === id.toLowerCase()))
  if (found) return found
  const names = list.flatMap(entry => [...idOf(entry)])
  const near = nearest(id, names)
  const taken = near === null ? otherwise : list.find(entry => idOf(entry).includes(near))!
  problems.push({ message: sayChoice('noChoice', { axis, id, taken: idOf(taken)[0]! }), remedy: sayChoice('chooseOne', { names: list.map(entry => idOf(entry)[0]).join(', ') }) })
  return taken
}

const usual = (scenario: Scenario, axis: 'exporter' | 'importer'): Part => parts[axis].find(p => p.id === scenario.defaults[axis]) ?? parts[axis][0]!

/** Exporters and importers that the scenario has a text for. */
export function offered(scenario: Scenario, axis: 'exporter' | 'importer'): readonly Part[] {
  const has = (exporter: Part, importer: Part): boolean => programOf(scenario, exporter.change(base).allocation, importer.id) !== null
  return parts[axis].filter(p => (axis === 'exporter' ? has(p, usual(scenario, 'importer')) : has(usual(scenario, 'exporter'), p)))
}

/** The part, or the scenario's usual one where the scenario has no text for it. */
function withText(scenario: Scenario, axis: 'exporter' | 'importer', found: Part, problems: Problem[]): Part {
  const fitting = offered(scenario, axis)
  if (fitting.includes(found)) return found
  const taken = usual(scenario, axis)
  problems.push({ message: sayChoice(axis === 'exporter' ? 'noExporter' : 'noImporter', { scenario: scenario.title, id: found.id, taken: taken.id }), remedy: sayChoice('chooseOther', { names: fitting.map(p => p.id).join(', ') }) })
  return taken
}

export function choose(recipe: Recipe): Chosen {
  const problems: Problem[] = []
  const scenario = pick('scenario', recipe.scenario || scenarios[0]!.id, [...scenarios, ...hazardStories], s => [s.id], scenarios[0]!, problems)
  const variant = recipe.variant === '' ? null : pick('variant', recipe.variant, variants, v => [v.number, v.id], findVariant(FIRST_VARIANT)!, problems)
  const chosen = AXES.map(axis => {
    const own = variant && axis in variant.parts ? variant.parts[axis as keyof Variant['parts']] : undefined
    const standard = own ?? scenario.defaults[axis] ?? parts[axis][0]!.id
    const otherwise = parts[axis].find(p => p.id === standard) ?? parts[axis][0]!
    const asked = recipe[axis]
    const found = asked ? pick(axis, asked, parts[axis], p => [p.id], otherwise, problems) : otherwise
    return (axis === 'exporter' || axis === 'importer') && recipe.program === undefined ? withText(scenario, axis, found, problems) : found
  })
  const ids = { scenario: scenario.id, variant: variant?.number ?? '', ...Object.fromEntries(chosen.map(p => [p.axis, p.id])) } as unknown as RunHeader['chosen']
  const composed = chosen.reduce((b, p) => p.change(b), base)
  const blueprint = { ...(variant?.change?.(composed) ?? composed), chosen: ids as unknown as Blueprint['chosen'] }
  return { scenario, variant, parts: chosen, blueprint, ids, problems, program: programOf(scenario, blueprint.allocation, ids.importer, recipe.lines) ?? scenario.program }
}
