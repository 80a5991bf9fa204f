/** A recipe run to its end in one go, and watched: for commands and tests. The page's worker does the same in pieces. */
import type { Journal, Recipe, RunHeader } from '../journal/run.ts'
import type { Run } from '../machine/run.ts'
import { choose } from './choose.ts'
import type { Problem } from './protocol.ts'
import { startRecipe } from './start-recipe.ts'
import { outcomeOf, type Outcome } from './watch.ts'

export interface Finished extends Outcome { readonly journal: Journal; readonly problems: readonly Problem[] }

/** Runs a recipe to its end. A program with mistakes gives a journal without steps and the mistake as problem. */
export function runRecipe(recipe: Recipe): Finished & { readonly run: Run | null } {
  const started = startRecipe(recipe)
  if ('problem' in started) {
    const header: RunHeader = { recipe, chosen: choose(recipe).ids, title: '', program: recipe.program ?? '', listing: [], start: 0, firstPfn: 0, hardware: { cls: 'NC', displayCls: 'NC', cores: 1, wcEntries: 4 }, devices: [], exporters: [], leavesOut: [] }
    return { journal: { header, steps: [] }, verdict: { glyph: '✗', text: started.problem.message, call: null }, findings: [], problems: [started.problem], run: null }
  }
  while (started.tick());
  const journal: Journal = { header: started.header, steps: started.run.world.steps }
  return { journal, ...outcomeOf(journal, started.picture), problems: started.problems, run: started.run }
}
