/** How a worker answers: it posts journals in pieces, and goes on in turns, so that a cancelled run stops soon. */
import type { Recipe } from '../journal/run.ts'
import { packed, PIECE } from './pieces.ts'
import type { Request, Response } from './protocol.ts'
import { startRecipe, type Started } from './start-recipe.ts'

interface Port { postMessage(message: Response, transfer: Transferable[]): void; onmessage: ((event: { readonly data: Request }) => void) | null }
const port = self as unknown as Port
export const say = (message: Response, transfer: Transferable[] = []): void => port.postMessage(message, transfer)
/** Takes the worker's messages from now on. */
export const listen = (hear: (request: Request) => void): void => void (port.onmessage = ({ data }) => hear(data))
/** Hands a message to whoever takes them now. */
export const pass = (data: Request): void => port.onmessage?.({ data })

export const cancelled = new Set<number>()

/** Lets messages in between two pieces. */
export const breath = (): Promise<void> => new Promise(go => {
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

export async function run(number: number, recipe: Recipe): Promise<void> {
  const started = startRecipe(recipe)
  if ('problem' in started) say({ type: 'problem', run: number, problem: started.problem })
  else if (!cancelled.delete(number)) await post(number, started)
}

/** An exception of ours is the page's to show. */
export const fail = (error: unknown): void => void setTimeout(() => { throw error })
