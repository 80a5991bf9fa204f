/**
 * What the two windows of a talk say to each other. The talk's window says `state` after every change and to everyone who asks; the
 * presenter's says `ask` until it hears one, `do` for what is pressed there, `select` and `point` for what is pointed at. `talk` says
 * which talk is meant: several may be open. What is not ours, or not whole, is left alone.
 */
import { isAction, type Action } from './actions.ts'
import type { Spot } from './shared.ts'

const TYPE = 'bufscope-talk'

export interface TalkState {
  /** The moment, as an address. */
  readonly link: string
  readonly blank: boolean
  readonly spot: Spot | null
  readonly panel: string | null
  readonly inspecting: boolean
}

/** `talk`: null where a window does not know yet which one it belongs to. */
export type Message =
  | { readonly says: 'state'; readonly talk: string; readonly state: TalkState }
  | { readonly says: 'ask'; readonly talk: string | null }
  | { readonly says: 'do'; readonly talk: string; readonly action: Action }
  | { readonly says: 'select'; readonly talk: string; readonly id: string | null }
  | { readonly says: 'point'; readonly talk: string; readonly spot: Spot }

export const pack = (message: Message): object => ({ type: TYPE, ...message })

const MOST = 4000
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MOST
const isName = (value: unknown): value is string => isText(value) && value !== ''
const isPart = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1

function spotOf(value: unknown): Spot | null {
  const { x, y } = (value ?? {}) as Readonly<Record<string, unknown>>
  return isPart(x) && isPart(y) ? { x, y } : null
}

function stateOf(value: unknown): TalkState | null {
  const { link, blank, spot, panel, inspecting } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (!isText(link) || !link.startsWith('#') || typeof blank !== 'boolean' || typeof inspecting !== 'boolean' || !(panel === null || isName(panel))) return null
  return { link, blank, spot: spotOf(spot), panel, inspecting }
}

export function unpack(data: unknown): Message | null {
  if (typeof data !== 'object' || data === null) return null
  const { type, says, talk, state, action, id, spot } = data as Readonly<Record<string, unknown>>
  if (type !== TYPE) return null
  if (says === 'ask') return talk === null || isName(talk) ? { says, talk } : null
  if (!isName(talk)) return null
  switch (says) {
    case 'state': {
      const whole = stateOf(state)
      return whole && { says, talk, state: whole }
    }
    case 'do': return isAction(action) ? { says, talk, action } : null
    case 'select': return id === null || isName(id) ? { says, talk, id } : null
    case 'point': {
      const whole = spotOf(spot)
      return whole && { says, talk, spot: whole }
    }
    default: return null
  }
}
