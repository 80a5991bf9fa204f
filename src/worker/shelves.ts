/**
 * What can be chosen: everything that lies on the shelves of variants and scenarios. The first step needs the parts, two machines and the two variants
 * that the page opens on; the rest of the shelf is fetched when a recipe asks for it, or when that step has been taken.
 */
import { assert } from '../base/assert.ts'
import type { Scenario } from '../machine/scenario.ts'
import { AXES, isVariant, type Axis, type Part, type Variant } from '../machine/variant.ts'

/** A file of the shelf: parts or a variant, and how its own events are said. */
interface File { readonly default: Part | Variant | readonly Part[]; readonly says?: Readonly<Record<string, string>> }
export type Files = Readonly<Record<string, File>>

const scenarioFiles = import.meta.glob<{ default: Scenario }>(['../scenarios/*.ts', '!../scenarios/*.test.ts', '!../scenarios/_*.ts'], { eager: true })
const ORDER: readonly string[] = ['canonical', 'canonical-hostile', 'appendix-a', 'gpu-draws', 'display-imports']
export const scenarios: readonly Scenario[] = Object.values(scenarioFiles).map(file => file.default)
  .sort((a, b) => (ORDER.indexOf(a.id) + 1 || 99) - (ORDER.indexOf(b.id) + 1 || 99) || (a.id < b.id ? -1 : 1))

export const variants: Variant[] = []
/** Variants that make sense in a scenario: the menu offers them there. */
export const told = ({ id }: Scenario): Variant[] => variants.filter(variant => variant.scenarios?.includes(id) ?? true)
/** The parts of every axis; the first one is what is taken when nobody says anything. */
export const parts = Object.fromEntries(AXES.map(axis => [axis, []])) as unknown as Record<Axis, Part[]>
/** How events of variants are said. */
export const variantSays: Record<string, string> = {}

const stocked = new Set<string>()
function stock(files: Files): void {
  for (const [path, { default: shelf, says }] of Object.entries(files)) {
    if (stocked.has(path)) continue
    stocked.add(path)
    Object.assign(variantSays, says)
    for (const found of Array.isArray(shelf) ? (shelf as readonly Part[]) : [shelf as Part | Variant]) {
      if (isVariant(found)) variants.push(found)
      else parts[found.axis].push(found)
    }
  }
  for (const axis of AXES) parts[axis].sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
  variants.sort((a, b) => Number(a.number.slice(1)) - Number(b.number.slice(1)))
}

stock(import.meta.glob<File>([
  '../variants/{exporters,fd-map-read-only,flags,importers,kernels,paths,platforms/{rk3399,reference-fc},rfc-boris,syncs}.ts', '!../variants/**/*.test.ts', '!../variants/**/_*.ts',
], { eager: true }))
for (const axis of AXES) assert(parts[axis].length > 0, `no part on the axis ${axis}`)

let fetched: Promise<void> | null = null
/** Resolves when everything is there. */
export const whole = (): Promise<void> => (fetched ??= import('./rest.ts').then(({ rest }) => stock(rest)))
/** In Node nobody waits for a network. */
if (import.meta.env.SSR) await whole()
