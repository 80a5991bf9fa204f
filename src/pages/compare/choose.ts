/** What menus and commands change of the recipes on the stage. */
import { variantOf } from '../../app/names.ts'
import { choose } from '../../app/open.ts'
import { state } from '../../app/store.ts'
import type { Catalog, Choice, Recipe } from '../../journal/run.ts'

/** One choice for all benches. */
export function chooseForAll(part: Partial<Recipe>): void {
  choose(state().benches.map(({ recipe }) => ({ ...unfound(recipe), ...part })))
}
/** What a search found is a run of that very recipe: of another one its picks would say something else. */
function unfound(recipe: Recipe): Recipe {
  const { mode, picks: _, ...rest } = recipe
  return mode === 'explore' || mode === undefined ? rest : { ...rest, mode }
}

/** Scenarios that any variant can play, and the one that runs now: a hazard's own program makes no sense without its machine. */
export const storiesIn = ({ scenarios }: Catalog, now?: string): readonly Choice[] => scenarios.filter(({ id, hazard }) => hazard === null || id === now)

/** Another variant on a bench: its own parts, on the same scenario, platform and exporter, unless it is about another exporter. */
export function chooseVariant(bench: number, variant: string): void {
  choose(state().benches.map(({ recipe }, i) => (i === bench ? asVariant(recipe, variant) : recipe)))
}
/** The recipe of a bench with another variant. */
export function asVariant(recipe: Recipe, variant: string): Recipe {
  const { scenario, platform, program, skip, mode, seed, lines } = unfound(recipe)
  const own = variantOf(state().catalog, { variant })?.parts.exporter
  const exporter = own === undefined ? recipe.exporter : undefined
  return { scenario, variant, platform, ...(exporter && { exporter }), ...(program !== undefined && { program }), ...(skip && { skip }), ...(mode && { mode }), ...(seed !== undefined && { seed }), ...(lines !== undefined && { lines }) }
}
