/** The whole worker: every shelf is full. It is started by nobody: first-worker.ts fetches it, and it takes that one's place. */
import type { GivenRecording } from '../journal/evidence.ts'
import type { Recipe } from '../journal/run.ts'
import { catalog } from './catalog.ts'
import { breath, cancelled, fail, listen, run, say } from './posting.ts'
import { stockAll } from './rest.ts'
import { startRecipe } from './start-recipe.ts'

const stopped = new Set<number>()

/** Goes through all runs of a recipe; the code for it comes when it is asked. */
async function explore(number: number, recipe: Recipe): Promise<void> {
  const { Exploring, WAYS } = await import('./explore.ts')
  const search = Exploring.of(recipe, startRecipe)
  if ('problem' in search) return say({ type: 'problem', run: number, problem: search.problem })
  let more = true
  while (more && !stopped.has(number)) {
    more = search.go(WAYS)
    say({ type: 'exploring', run: number, progress: search.progress() })
    await breath()
    if (cancelled.delete(number)) return
  }
  stopped.delete(number)
  say({ type: 'explored', run: number, explored: search.end(!more && search.whole) })
}

/** So many sequences are replayed before the page is told how far it is. */
const SEQUENCES = 40

/** Replays recordings; only the Evidence page asks for it, so the code for it comes when it is asked. */
async function replay(number: number, given: readonly GivenRecording[]): Promise<void> {
  const { Replaying, attempt } = await import('../recordings/replaying.ts')
  const { begun, problem } = attempt(() => new Replaying(given))
  if (problem) return say({ type: 'problem', run: number, problem })
  for (let n = 1, more = true; more; n++) {
    more = begun.tick()
    if (more && n % SEQUENCES !== 0) continue
    say({ type: 'replayed', run: number, progress: begun.progress(), over: !more })
    await breath()
    if (cancelled.delete(number)) return
  }
}

/** Only a list of hazards asks for it. */
async function listHazards(): Promise<void> {
  const { hazardChoices } = await import('./watch.ts')
  say({ type: 'hazards', hazards: hazardChoices() })
}

async function sequence(number: number, given: GivenRecording): Promise<void> {
  const { attempt, sequenceIn } = await import('../recordings/replaying.ts')
  const { begun, problem } = attempt(() => sequenceIn(given))
  say(problem ? { type: 'problem', run: number, problem } : { type: 'sequence', run: number, found: begun })
}

stockAll()
listen(request => {
  switch (request.type) {
    case 'catalog': return say({ type: 'catalog', catalog: catalog() })
    case 'cancel': return void cancelled.add(request.run)
    case 'run': return void run(request.run, request.recipe).catch(fail)
    case 'hazards': return void listHazards().catch(fail)
    case 'explore': return void explore(request.run, request.recipe).catch(fail)
    case 'stop': return void stopped.add(request.run)
    case 'replay': return void replay(request.run, request.given).catch(fail)
    case 'sequence': return void sequence(request.run, request.given).catch(fail)
  }
})
