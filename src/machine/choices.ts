/**
 * The one source of chance. Whoever may go on one way or another asks `pick`; 0 is the plain way. How it is answered makes the mode of a
 * run: always 0 (lazily, or as the program is written), by numbers that are kept (a link), by a seed, or every way in turn (a search).
 */
import type { Id } from '../journal/vocabulary.ts'
import type { World } from '../world/world.ts'

/** Answers a number from 0 up to, not including, `count`. */
export type Pick = (count: number) => number

/** Who is asked now. Hardware and run hold the same one; what answers may change from step to step. */
export interface Choices { pick: Pick }

declare module '../journal/vocabulary.ts' {
  interface Objects {
    /** The generator of a run by chance: a state of 32 bits, never 0. */
    chance: { state: number }
  }
}
const CHANCE: Id<'chance'> = 'chance:0'

/** A first state for a seed; neighbouring seeds lie far apart. */
export const stateOf = (seed: number): number => (Math.imul(seed + 1, 0x9e3779b1) | 1) >>> 0
/** The next state of a generator (xorshift32). */
export function nextState(state: number): number {
  let x = state ^ (state << 13)
  x ^= x >>> 17
  return (x ^ (x << 5)) >>> 0
}

/** Chance whose generator is part of the world: undone with it, and the same from the same state on. */
export function seeded(world: World, seed: number): Pick {
  world.create(CHANCE, { state: stateOf(seed) })
  return count => {
    if (count <= 1) return 0
    const state = nextState(world.get(CHANCE).state)
    world.set(CHANCE, 'state', state)
    return state % count
  }
}
/** Numbers that were kept, then 0. */
export function kept(picks: readonly number[]): Pick {
  let at = 0
  return count => Math.min(picks[at++] ?? 0, count - 1)
}
