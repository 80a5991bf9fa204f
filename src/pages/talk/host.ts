/** The talk's end of the wire: it tells the presenter's windows what the room sees, and does what they ask. */
import { fragmentHere } from '../../app/open.ts'
import { patch, state, useStore } from '../../app/store.ts'
import { ACTIONS } from './actions.ts'
import type { Message } from './messages.ts'
import { talkId } from './presenter-window.ts'
import { point, talk, useTalk } from './shared.ts'
import { connect } from './wire.ts'

/** Starts to tell and to listen; the answer stops it. */
export function host(): () => void {
  const id = talkId()
  let told = ''
  const tell = (again: boolean): void => {
    const { panel, inspecting, catalog, wanted } = state()
    // Until the runs are there the address is still on its way.
    if (!catalog || (wanted !== null && !again)) return
    const { blank, spot } = talk()
    const now = { link: fragmentHere(), blank, spot, panel, inspecting }
    const text = JSON.stringify(now)
    if (text === told && !again) return
    told = text
    wire.send({ says: 'state', talk: id, state: now })
  }
  const hear = (message: Message): void => {
    if (message.talk !== id && !(message.says === 'ask' && message.talk === null)) return
    switch (message.says) {
      case 'ask': return tell(true)
      case 'do': return ACTIONS[message.action]()
      case 'select': return patch({ selected: message.id, ...(message.id === null && { inspecting: false }) })
      case 'point': return point(message.spot)
    }
  }
  const wire = connect(hear)
  const stops = [useStore.subscribe(() => tell(false)), useTalk.subscribe(() => tell(false))]
  tell(true)
  return () => {
    stops.forEach((stop) => stop())
    wire.close()
  }
}
