/** Runs that are looked at one by one, away from the story: the whole machine, and each recipe's run when it is over. */
import type { Catalog, Journal, Recipe } from '../journal/run.ts'
import { Machine } from './run.ts'

export interface Looker {
  catalog(catalog: Catalog): void
  run(recipe: Recipe, journal: Journal): void
  /** The machine, or one of the runs, could not be had. */
  problem(text: string): void
}

/** Runs recipes one after the other, so that the first is there early; the answer stops it. */
export function lookAt(recipes: readonly Recipe[], hear: Looker): () => void {
  let asked = false
  const machine = new Machine((catalog) => {
    hear.catalog(catalog)
    if (asked) return
    asked = true
    next(0)
  }, (reason) => hear.problem(reason))
  function next(i: number): void {
    const recipe = recipes[i]
    if (!recipe) return
    machine.start(recipe, {
      piece({ journal, done }) {
        if (!done) return
        hear.run(recipe, journal)
        next(i + 1)
      },
      quirks: () => undefined,
      refused({ message, remedy }) {
        hear.problem(`${message} ${remedy}`)
        next(i + 1)
      },
    })
  }
  machine.catalog(recipes)
  return () => machine.close()
}
