/** Where somebody reads: `#read=who-may-write&at=3` is the third paragraph of a chapter, `#read=who-may-write` its beginning. */
import { keysOf } from './evidence-link.ts'

export interface Place {
  /** Name of the chapter; '': none is named. */
  readonly chapter: string
  /** The paragraph, from 0; null: none is named. -1: what is named is no number that a paragraph has. */
  readonly paragraph: number | null
}

export function placeIn(fragment: string): Place {
  const keys = keysOf(fragment)
  const at = keys.get('at')
  return { chapter: keys.get('read') ?? '', paragraph: at === undefined ? null : /^[1-9]\d{0,3}$/.test(at) ? Number(at) - 1 : -1 }
}

/** The first paragraph is where a chapter opens anyway. */
export const placeLink = (chapter: string, paragraph: number): string => `#read=${encodeURIComponent(chapter)}${paragraph > 0 ? `&at=${paragraph + 1}` : ''}`
