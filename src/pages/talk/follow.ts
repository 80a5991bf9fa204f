/** The presenter's end of the wire: it keeps to what the talk's window says, and asks until it hears something. */
import { read } from '../../app/address.ts'
import { open } from '../../app/open.ts'
import { setDepth } from '../../app/playhead.ts'
import { areSame } from '../../app/recipes.ts'
import { patch, state, type State } from '../../app/store.ts'
import type { Action } from './actions.ts'
import type { Message, TalkState } from './messages.ts'
import { talkOfWindow } from './presenter-window.ts'
import { show, type Spot } from './shared.ts'
import { connect } from './wire.ts'

const ASK_MS = 1000
/** After so long without an answer the talk is gone, or its tab sleeps. */
const LOST_MS = 4000

export interface Follower {
  readonly ask: (action: Action) => void
  readonly select: (id: string | null) => void
  readonly point: (spot: Spot) => void
  readonly stop: () => void
}

/** The same moment here as there. Other runs are made anew from their address; a step is only gone to. */
function follow({ link, blank, spot, panel, inspecting }: TalkState): void {
  show({ blank, spot })
  const there = { ...read(link), view: 'presenter' as const }
  const { benches, catalog, rows, at } = state()
  if (!catalog) return
  if (!areSame(there.recipes, benches.map(({ recipe }) => recipe)) || there.landmark !== null || there.find !== null) return open(there)
  if (there.depth !== state().depth) setDepth(there.depth)
  const arrived = there.step <= rows.length && rows.length > 0
  patch({ selected: there.select, focus: there.focus, bench: there.bench, panel: panel as State['panel'], inspecting, playing: false, ...(arrived ? { at: there.step, wanted: null, motion: there.step === at + 1 ? 'step' : 'jump' } : { wanted: there.step }) })
}

/** `hear`: whether the talk's window answers. */
export function follower(hear: (there: boolean) => void): Follower {
  let id = talkOfWindow()
  let heard = -Infinity
  const wire = connect((message: Message) => {
    if (message.says !== 'state' || (id !== null && message.talk !== id)) return
    id = message.talk
    heard = performance.now()
    hear(true)
    follow(message.state)
  })
  const ask = (): void => {
    if (performance.now() - heard > LOST_MS) hear(false)
    wire.send({ says: 'ask', talk: id })
  }
  const timer = setInterval(ask, ASK_MS)
  ask()
  const to = (message: (talk: string) => Message): void => { if (id !== null) wire.send(message(id)) }
  return {
    ask: (action) => to((talk) => ({ says: 'do', talk, action })),
    select: (selected) => to((talk) => ({ says: 'select', talk, id: selected })),
    point: (spot) => to((talk) => ({ says: 'point', talk, spot })),
    stop() {
      clearInterval(timer)
      wire.close()
    },
  }
}
