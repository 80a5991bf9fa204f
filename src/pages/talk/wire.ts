/**
 * The wire between the windows of a talk. A page that is served has a channel that all its windows hear. One opened from a disk may have
 * no origin that another window shares: there each window speaks to those it knows, its opener, the one it opened, and who has spoken to it.
 */
import { pack, unpack, type Message } from './messages.ts'

const CHANNEL = 'bufscope.talk'

export interface Wire {
  readonly send: (message: Message) => void
  readonly close: () => void
}

const isServed = (): boolean => self.origin !== 'null' && location.protocol !== 'file:' && typeof BroadcastChannel !== 'undefined'

const windows = new Set<Window>()
/** A window that this one has opened. */
export const know = (other: Window): void => void windows.add(other)

function overChannel(hear: (message: Message) => void): Wire {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = unpack(data)
    if (message) hear(message)
  }
  return { send: (message) => channel.postMessage(pack(message)), close: () => channel.close() }
}

function overHandles(hear: (message: Message) => void): Wire {
  if (opener) know(opener as Window)
  const heard = ({ data, source }: MessageEvent<unknown>): void => {
    const message = unpack(data)
    if (!message) return
    if (source && source !== self) know(source as Window)
    hear(message)
  }
  addEventListener('message', heard)
  return {
    send(message) {
      for (const other of windows) {
        if (other.closed) windows.delete(other)
        // Files have no origin that could be named.
        else other.postMessage(pack(message), '*')
      }
    },
    close: () => removeEventListener('message', heard),
  }
}

export const connect = (hear: (message: Message) => void): Wire => (isServed() ? overChannel : overHandles)(hear)
