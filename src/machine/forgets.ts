/** Shelf helper for `variants/`: panfrost with something left out on purpose, so that what it is for can be seen. Nobody ships such a driver. */
import type { MaliParts } from '../kernel/parts.ts'
import { part, type Part } from './variant.ts'

export const forgetful = (what: Pick<Part, 'id' | 'title' | 'why'>, forgets: Partial<MaliParts>): Part => part({
  axis: 'importer', ...what, leavesOut: 'It is no real driver: panfrost with one thing forgotten on purpose.',
  change: b => ({ ...b, kernel: { ...b.kernel, mali: { ...b.kernel.mali, ...forgets } } }),
})
