/** What happens by itself, for runs in which anything may: put on this shelf before such a run begins. The opening story needs none of it. */
import { broken } from '../base/assert.ts'
import type { byItself, letHappen } from '../hardware/by-itself.ts'
import type { linesOf } from './lines.ts'

export interface Nature { readonly byItself: typeof byItself; readonly letHappen: typeof letHappen; readonly linesOf: typeof linesOf }

const shelf: Nature[] = []
export const stockNature = (nature: Nature): void => void shelf.splice(0, 1, nature)
export const nature = (): Nature => shelf[0] ?? broken('nothing can happen by itself yet')
