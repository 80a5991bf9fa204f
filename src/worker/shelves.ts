/**
 * What can be chosen: everything that lies on the shelves of variants and scenarios. In the page the first step needs the parts, two
 * machines, the two variants and the scenario that it opens on; the rest is fetched when a recipe asks for it, or when that step has been taken.
 */
import { assert } from '../base/assert.ts'
import { happenings } from '../machine/happenings.ts'
import { stockNature } from '../machine/nature.ts'
import type { Hazard } from '../journal/hazard.ts'
import type { Scenario } from '../machine/scenario.ts'
import { AXES, isVariant, type Axis, type Part, type Variant } from '../machine/variant.ts'
import { stockSays } from './says.ts'

/** A file of the shelf: parts or a variant, and how its own events are said. A function asks other shelves, and again when they are filled. */
export interface File { readonly default: Part | Variant | readonly Part[] | (() => readonly Part[]); readonly says?: Readonly<Record<string, string>> }
type Files<T> = Readonly<Record<string, T>>

const ORDER: readonly string[] = ['canonical', 'canonical-hostile', 'appendix-a', 'gpu-draws', 'display-imports']
export const scenarios: Scenario[] = []
/** Those that every variant can be played in while one waits. */
export const everyday = (): Scenario[] => scenarios.filter(({ large }) => !large)
export function stockScenarios(files: Files<{ readonly default: Scenario }>): void {
  for (const { default: each } of Object.values(files)) if (!scenarios.includes(each)) scenarios.push(each)
  scenarios.sort((a, b) => (ORDER.indexOf(a.id) + 1 || 99) - (ORDER.indexOf(b.id) + 1 || 99) || (a.id < b.id ? -1 : 1))
}
stockScenarios(import.meta.env.SSR
  ? import.meta.glob<{ default: Scenario }>(['../scenarios/*.ts', '!../scenarios/*.test.ts', '!../scenarios/_*.ts'], { eager: true })
  : import.meta.glob<{ default: Scenario }>('../scenarios/canonical.ts', { eager: true }))

export const variants: Variant[] = []
/** Programs that hazards bring along, each under its hazard's id. What it needs of the machine is its hazard's to say, so no menu offers it. */
export const hazardStories: Scenario[] = []
export function stockHazards(files: Files<{ readonly default: Hazard }>): void {
  for (const { id, known, title, facts, program, picks } of Object.values(files).map(({ default: each }) => each)) {
    if (program === undefined || hazardStories.some(story => story.id === id)) continue
    hazardStories.push({ id, hazard: known, title: `${known} · ${title}`, why: facts.sequence, program, programFrom: () => program, ...(picks && { picks }), picture: null, defaults: { exporter: 'E3' } })
  }
}
if (import.meta.env.SSR) stockHazards(import.meta.glob<{ default: Hazard }>(['../hazards/*.ts', '!../hazards/*.test.ts', '!../hazards/_*.ts'], { eager: true }))

/** Variants that make sense in a scenario: the menu offers them there. */
export const told = ({ id }: Scenario): Variant[] => variants.filter(variant => variant.scenarios?.includes(id) ?? true)
/** The parts of every axis; the first one is what is taken when nobody says anything. */
export const parts = Object.fromEntries(AXES.map(axis => [axis, []])) as unknown as Record<Axis, Part[]>

function shelve(found: Part | Variant): void {
  const shelf: (Part | Variant)[] = isVariant(found) ? variants : parts[found.axis]
  if (!shelf.includes(found)) shelf.push(found)
}
export function stockVariants(files: Files<File>): void {
  stockSays(files)
  for (const { default: given } of Object.values(files)) {
    if (typeof given === 'function') {
      const now = given()
      const { axis } = now[0]!
      parts[axis] = [...now, ...parts[axis].filter(({ id }) => !now.some(each => each.id === id))]
    } else for (const found of Array.isArray(given) ? (given as readonly Part[]) : [given as Part | Variant]) shelve(found)
  }
  for (const axis of AXES) parts[axis].sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
  variants.sort((a, b) => Number(a.number.slice(1)) - Number(b.number.slice(1)))
}
stockVariants(import.meta.env.SSR
  ? import.meta.glob<File>(['../variants/*.ts', '../variants/platforms/*.ts', '!../variants/**/*.test.ts', '!../variants/**/_*.ts'], { eager: true })
  : import.meta.glob<File>(['../variants/{exporters,fd-map-read-only,flags,importers,kernels,paths,rfc-boris,syncs}.ts', '../variants/platforms/{rk3399,reference-fc}.ts'], { eager: true }))
for (const axis of AXES) assert(parts[axis].length > 0, `no part on the axis ${axis}`)

// In Node nobody waits for a network; the page's build drops what this names.
if (import.meta.env.SSR) stockNature(happenings)
