/**
 * Messages between a page that embeds the story and the embedded view. A host says `hello` until it hears `ready`; what it sends before
 * anybody listens is lost. Anything of ours that cannot be followed is answered with `error`; what is not ours is left alone.
 */
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences.ts'

export const PREFIX = 'bufscope:'

/** What a host may ask for. */
export type Asked =
  | { readonly type: 'hello' | 'play' | 'pause' }
  | { readonly type: 'seek'; readonly step: number }
  | { readonly type: 'seek'; readonly landmark: string }
  | { readonly type: 'step'; readonly by: number }
  | { readonly type: 'variants'; readonly variants: readonly string[] }
  | { readonly type: 'select'; readonly id: string | null }
export interface Refused { readonly type: 'refused'; readonly asked: string; readonly message: string }

/** A deck tool tells the slides that it shows and leaves. */
const DECK: Readonly<Record<string, 'play' | 'pause'>> = { 'slide:start': 'play', 'slide:stop': 'pause' }

const MOST_NAME = 100
const isName = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= MOST_NAME

/** What a message asks for; null: it is not for us. `most`: how many variants have room. */
export function read(message: unknown, most: number): Asked | Refused | null {
  if (typeof message === 'string') return DECK[message] ? { type: DECK[message] } : null
  if (typeof message !== 'object' || message === null) return null
  const { type, step, landmark, by = 1, variants, id } = message as Readonly<Record<string, unknown>>
  if (typeof type !== 'string' || !type.startsWith(PREFIX)) return null
  const asked = type.slice(PREFIX.length)
  const refused = (text: string): Refused => ({ type: 'refused', asked, message: text })
  switch (asked) {
    case 'hello': case 'play': case 'pause': return { type: asked }
    case 'seek':
      if (Number.isInteger(step) && (step as number) >= 0) return { type: 'seek', step: step as number }
      return isName(landmark) ? { type: 'seek', landmark } : refused(SENTENCES.seekWants)
    case 'step': return Number.isInteger(by) && by !== 0 ? { type: 'step', by: by as number } : refused(SENTENCES.stepWants)
    case 'variants':
      if (Array.isArray(variants) && variants.length > 0 && variants.length <= most && variants.every(isName)) return { type: 'variants', variants }
      return refused(fill(SENTENCES.variantsWants, { most }))
    case 'select': return id === null || isName(id) ? { type: 'select', id } : refused(SENTENCES.selectWants)
    default: return refused(fill(SENTENCES.noMessage, { asked: asked.slice(0, MOST_NAME) }))
  }
}
