/** The page's end of the wire: asks the worker for the catalog and for runs, and hands back what comes in pieces. */
import type { GivenRecording } from '../journal/evidence.ts'
import type { Recipe } from '../journal/run.ts'
import type { Request, Response } from './protocol.ts'

export interface Wire {
  catalog(recipes: readonly Recipe[]): void
  run(run: number, recipe: Recipe): void
  cancel(run: number): void
  explore(run: number, recipe: Recipe): void
  stop(run: number): void
  replay(run: number, given: readonly GivenRecording[]): void
  sequence(run: number, given: GivenRecording): void
  hazards(): void
  close(): void
}

export function connect(onMessage: (message: Response) => void, onFailure: (reason: string) => void): Wire {
  const worker = new Worker(new URL('./first-worker.ts', import.meta.url), { type: 'module', name: 'bufscope machine' })
  worker.onmessage = (event: MessageEvent<Response>) => onMessage(event.data)
  worker.onerror = (event) => {
    event.preventDefault()
    onFailure(event.message || 'its script could not be loaded')
  }
  worker.onmessageerror = () => onFailure('a message could not be read')
  const post = (request: Request): void => worker.postMessage(request)
  return {
    catalog: (recipes) => post({ type: 'catalog', recipes }),
    run: (run, recipe) => post({ type: 'run', run, recipe }),
    cancel: (run) => post({ type: 'cancel', run }),
    explore: (run, recipe) => post({ type: 'explore', run, recipe }),
    stop: (run) => post({ type: 'stop', run }),
    replay: (run, given) => post({ type: 'replay', run, given }),
    sequence: (run, given) => post({ type: 'sequence', run, given }),
    hazards: () => post({ type: 'hazards' }),
    close: () => worker.terminate(),
  }
}
