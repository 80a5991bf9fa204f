/** What happens by itself, for runs in which anything may: put on this shelf before such a run begins. The opening story needs none of it. */
import { broken } from '../base/assert.ts'
import type { ByItself } from '../hardware/by-itself.ts'
import type { Hardware, Platform } from '../hardware/hardware.ts'
import type { World } from '../world/world.ts'

export interface Nature {
  /** The lines on which something may happen, in order: so many of each buffer. */
  linesOf(world: World, platform: Platform, most: number): number[]
  /** What may happen now, to these lines and to what is remembered of tables. */
  byItself(world: World, platform: Platform, lines: readonly number[]): ByItself[]
  letHappen(world: World, hw: Hardware, event: ByItself): void
  /** Whether it makes a difference that a translation is forgotten now: true of everything else. */
  matters(world: World, platform: Platform, event: ByItself): boolean
}

const shelf: Nature[] = []
export const stockNature = (nature: Nature): void => void shelf.splice(0, 1, nature)
export const nature = (): Nature => shelf[0] ?? broken('nothing can happen by itself yet')
