/** The worker: makes runs and posts their journals. A run goes on in turns, so that a cancelled one stops soon. */
import { catalog } from './catalog.ts'
import { packed, PIECE } from './pieces.ts'
import type { Request, Response } from './protocol.ts'
import { choose } from './choose.ts'
import { startRecipe, type Started } from './start-recipe.ts'
import { scenarios, variants, whole } from './shelves.ts'
import type { GivenRecording } from '../journal/evidence.ts'
import type { Catalog, Recipe } from '../journal/run.ts'

interface Port { postMessage(message: Response, transfer: Transferable[]): void; onmessage: ((event: MessageEvent<Request>) => void) | null }
const port = self as unknown as Port
const say = (message: Response, transfer: Transferable[] = []): void => port.postMessage(message, transfer)

const cancelled = new Set<number>()
const stopped = new Set<number>()

/** Lets messages in between two pieces. */
const breath = (): Promise<void> => new Promise(go => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    go()
  }
  port2.postMessage(null)
})

async function post(run: number, { header, run: { world }, problems, tick, picture }: Started): Promise<void> {
  say({ type: 'header', run, header })
  // No step waits for them; the verdict does.
  const watchers = import('./watch.ts')
  let sent = 0
  const send = (): void => {
    const { steps, buffer } = packed(world.steps.slice(sent))
    sent = world.steps.length
    say({ type: 'steps', run, steps }, [buffer])
  }
  while (tick()) {
    if (world.steps.length - sent < PIECE) continue
    send()
    await breath()
    if (cancelled.delete(run)) return
  }
  send()
  const { outcomeOf } = await watchers
  say({ type: 'end', run, ...outcomeOf({ header, steps: world.steps }, picture), problems })
  // No step waits for this; where it cannot be fetched, nothing is said of quirks.
  const shelf = await import('./bites.ts').catch(() => null)
  if (!cancelled.delete(run)) say({ type: 'quirks', run, bites: shelf?.bitesOf({ steps: world.steps }) ?? [] })
}

/** Everything that can be named has come. */
let all = false
const fetchAll = async (): Promise<void> => {
  await whole()
  all = true
}
/** What came with the worker is enough for the opening story as its scenario tells it, under what is on the shelves already. */
const enough = (recipe: Recipe): boolean => {
  const { problems, scenario } = choose(recipe)
  return recipe.program === undefined && (recipe.mode ?? 'lazy') === 'lazy' && scenario === scenarios[0] && problems.length === 0
}

let said: Catalog | null = null
function sayCatalog(): void {
  said = catalog()
  say({ type: 'catalog', catalog: said })
}
/** Fetches the rest if these recipes need more; then the page hears what there is before it hears of a run. */
async function ready(recipes: readonly Recipe[]): Promise<void> {
  if (!all && !recipes.every(enough)) await fetchAll()
  if (said && all && said.variants.length < variants.length) sayCatalog()
}

/** Once the first step works nobody waits for the network: then comes the rest. */
const REST_MS = 1000
let waiting = false
function restSoon(): void {
  if (waiting) return
  waiting = true
  setTimeout(() => void fetchAll().then(() => ready([])).catch(fail), REST_MS)
}

async function answerCatalog(recipes: readonly Recipe[]): Promise<void> {
  await ready(recipes)
  sayCatalog()
}

async function run(number: number, recipe: Recipe): Promise<void> {
  await ready([recipe])
  const started = startRecipe(recipe)
  if ('problem' in started) say({ type: 'problem', run: number, problem: started.problem })
  else if (!cancelled.delete(number)) await post(number, started)
  restSoon()
}

/** Goes through all runs of a recipe; the code for it comes when it is asked. */
async function explore(number: number, recipe: Recipe): Promise<void> {
  await ready([{ ...recipe, mode: 'explore' }])
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
  await fetchAll()
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
  await fetchAll()
  const { attempt, sequenceIn } = await import('../recordings/replaying.ts')
  const { begun, problem } = attempt(() => sequenceIn(given))
  say(problem ? { type: 'problem', run: number, problem } : { type: 'sequence', run: number, found: begun })
}

/** An exception of ours is the page's to show. */
const fail = (error: unknown): void => void setTimeout(() => { throw error })

port.onmessage = ({ data: request }) => {
  switch (request.type) {
    case 'catalog': return void answerCatalog(request.recipes).catch(fail)
    case 'cancel': return void cancelled.add(request.run)
    case 'run': return void run(request.run, request.recipe).catch(fail)
    case 'hazards': return void listHazards().catch(fail)
    case 'explore': return void explore(request.run, request.recipe).catch(fail)
    case 'stop': return void stopped.add(request.run)
    case 'replay': return void replay(request.run, request.given).catch(fail)
    case 'sequence': return void sequence(request.run, request.given).catch(fail)
  }
}
