/** Where a step happens, as what to look for on the stage. */
import type { Step } from '../../journal/step.ts'
import { kindOf, type Id } from '../../journal/vocabulary.ts'
import { homeOf, type Places } from '../../stage/places.ts'

const isId = (value: unknown): value is Id => typeof value === 'string' && /^[a-z_]+:\S+$/.test(value)

/** Bytes move between the pictures; a walk has its tables. Else: what the step names or changes, and where there is nothing of that, who acts. */
export function followPlaces(step: Pick<Step, 'actor' | 'event' | 'changes' | 'words' | 'fields'>, places: Places): string {
  const areas = step.words.map(({ area }) => area)
  if (areas.some((area) => !area.startsWith('tlb.'))) return '[data-lines]'
  if (areas.length > 0 || /^(walk|tlb)\./.test(step.event)) return '[data-scene="walk"]'
  const named = [...step.changes.flatMap(({ id, from, to }) => (kindOf(id) === 'ref' ? [from, to].flatMap((side) => Object.values((side ?? {}) as Record<string, unknown>)) : [id])), ...Object.values(step.fields)].filter(isId)
  const drawn = [...new Set(named.map((id) => homeOf(places, id)))].filter((id) => places.cells.has(id))
  const ids = drawn.length > 0 ? drawn : [step.actor]
  // A number of a process names its file: of a file the object itself is meant.
  return ids.map((id) => `${places.cells.get(id as Id)?.kind === 'area' || drawn.length === 0 ? '' : '[data-scene="objects"] '}[data-id="${CSS.escape(id)}"]`).join(', ')
}
