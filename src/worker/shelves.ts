/** What can be chosen: everything that lies on the shelves of variants and scenarios. */
import { assert } from '../base/assert.ts'
import type { Scenario } from '../machine/scenario.ts'
import { AXES, isVariant, type Axis, type Part, type Variant } from '../machine/variant.ts'

const variantFiles = import.meta.glob<{ default: Part | Variant | readonly Part[] }>(['../variants/*.ts', '!../variants/*.test.ts', '!../variants/_*.ts'], { eager: true })
const scenarioFiles = import.meta.glob<{ default: Scenario }>(['../scenarios/*.ts', '!../scenarios/*.test.ts', '!../scenarios/_*.ts'], { eager: true })

const found = Object.values(variantFiles).flatMap(({ default: shelf }): readonly (Part | Variant)[] => (Array.isArray(shelf) ? shelf : [shelf as Part | Variant]))

export const variants: readonly Variant[] = found.filter(isVariant).sort((a, b) => Number(a.number.slice(1)) - Number(b.number.slice(1)))

/** The parts of every axis; the first one is what is taken when nobody says anything. */
export const parts: Readonly<Record<Axis, readonly Part[]>> = Object.fromEntries(AXES.map(axis => [
  axis, (found.filter(p => !isVariant(p)) as Part[]).filter(p => p.axis === axis),
])) as unknown as Record<Axis, readonly Part[]>

const ORDER: readonly string[] = ['canonical', 'canonical-hostile', 'appendix-a', 'gpu-draws', 'display-imports']
export const scenarios: readonly Scenario[] = Object.values(scenarioFiles).map(file => file.default)
  .sort((a, b) => (ORDER.indexOf(a.id) + 1 || 99) - (ORDER.indexOf(b.id) + 1 || 99) || (a.id < b.id ? -1 : 1))

for (const axis of AXES) assert(parts[axis].length > 0, `no part on the axis ${axis}`)
