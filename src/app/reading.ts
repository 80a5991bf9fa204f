/** The reading page's side of the machine: a chapter's runs on the stage, and runs that are asked for their answer alone. */
import type { Recipe } from '../journal/run.ts'
import { STORY, type Moment } from './address.ts'
import { ask, open } from './open.ts'
import type { Run } from './run.ts'
import { state, useStore } from './store.ts'

/** Puts runs on the stage. While the machine still starts, the last ones asked for wait for it. */
export function show(recipes: readonly Recipe[], at: Partial<Moment> = {}): () => void {
  const moment: Moment = { ...STORY, recipes, ...at }
  const starting = state().catalog === null
  open(moment)
  if (!starting) return () => undefined
  return useStore.subscribe((now, before) => {
    if (now.catalog && !before.catalog) setTimeout(() => open(moment))
  })
}

/** Runs recipes to their ends, away from the stage. */
export const tell = (recipes: readonly Recipe[]): Promise<readonly Run[]> =>
  Promise.all(recipes.map((recipe) => new Promise<Run>((hear, refuse) => {
    ask(recipe, { piece: (run) => { if (run.done) hear(run) }, quirks: () => undefined, refused: ({ message, remedy }) => refuse(new Error(`${message} ${remedy}`)) })
  })))
