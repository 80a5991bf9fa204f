/** The worker: makes runs and posts their journals. A run goes on in turns, so that a cancelled one stops soon. */
import { catalog } from './catalog.ts'
import { packed, PIECE } from './pieces.ts'
import type { Request, Response } from './protocol.ts'
import { startRecipe, type Started } from './run-recipe.ts'

interface Port { postMessage(message: Response, transfer: Transferable[]): void; onmessage: ((event: MessageEvent<Request>) => void) | null }
const port = self as unknown as Port
const say = (message: Response, transfer: Transferable[] = []): void => port.postMessage(message, transfer)

const cancelled = new Set<number>()

/** Lets messages in between two pieces. */
const breath = (): Promise<void> => new Promise(go => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    go()
  }
  port2.postMessage(null)
})

async function post(run: number, { header, run: { world }, problems, tick, outcome }: Started): Promise<void> {
  say({ type: 'header', run, header })
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
  say({ type: 'end', run, ...outcome(), problems })
}

port.onmessage = ({ data: request }) => {
  switch (request.type) {
    case 'catalog': return say({ type: 'catalog', catalog: catalog() })
    case 'cancel': return void cancelled.add(request.run)
    case 'run': {
      const started = startRecipe(request.recipe)
      if ('problem' in started) return say({ type: 'problem', run: request.run, problem: started.problem })
      return void post(request.run, started).catch((error: unknown) => setTimeout(() => { throw error }))
    }
  }
}
