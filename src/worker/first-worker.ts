/**
 * What the page starts: a worker that carries the opening story and no more, so that the first step is soon there. When it is asked for
 * anything else, or a moment after its first run, it fetches the whole worker, which takes its place in the same thread.
 */
import type { Recipe } from '../journal/run.ts'
import { catalog } from './catalog.ts'
import { choose } from './choose.ts'
import { cancelled, fail, listen, pass, run, say } from './posting.ts'
import type { Request } from './protocol.ts'
import { scenarios } from './shelves.ts'
import { startRecipe } from './start-recipe.ts'
import address from './worker.ts?worker&url'

/** What a recipe leaves out can be left out. */
function maySkip(recipe: Recipe): boolean {
  const started = startRecipe(recipe)
  return 'run' in started && started.problems.length === 0
}

/** The opening story as its scenario tells it, under what is on these shelves; nothing happens in it by itself. */
const enough = (recipe: Recipe): boolean => {
  const { problems, scenario } = choose(recipe)
  return recipe.program === undefined && (recipe.skip === undefined || maySkip(recipe)) && recipe.mode === undefined && recipe.picks === undefined && scenario === scenarios[0] && problems.length === 0
}

let taken: Promise<unknown> | null = null
/** From here on the whole worker hears what the page says. One that could not be fetched is asked for again. */
const whole = (): Promise<unknown> => (taken ??= import(/* @vite-ignore */ address).catch((error: unknown) => {
  taken = null
  throw error
}))
async function handOver(request: Request): Promise<void> {
  await whole()
  if (!('run' in request && cancelled.delete(request.run))) pass(request)
}

/** Once the first step works nobody waits for the network; where there is none, nobody has asked for anything yet. */
const REST_MS = 1000
let waiting = false
function restSoon(): void {
  if (waiting) return
  waiting = true
  setTimeout(() => void handOver({ type: 'catalog', recipes: [] }).catch(() => undefined), REST_MS)
}

/** So much of what the page may ask can be answered here. */
function answer(request: Request): boolean {
  if (request.type === 'cancel') cancelled.add(request.run)
  else if (request.type === 'catalog' && request.recipes.every(enough)) say({ type: 'catalog', catalog: catalog() })
  else if (request.type === 'run' && enough(request.recipe)) void run(request.run, request.recipe).catch(fail).then(restSoon)
  else return false
  return true
}

listen(request => {
  if (!answer(request)) void handOver(request).catch(fail)
})
