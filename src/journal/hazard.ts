/** Shelf helper for `hazards/`: one watcher, one file. It reads a journal step by step; the machine knows nothing of it. */
import type { Recipe, RunHeader } from './run.ts'
import type { Snapshot } from './snapshot.ts'
import type { Step } from './step.ts'
import type { Id } from './vocabulary.ts'

/** What a watcher saw at a step: the objects concerned, and one sentence about them. */
export interface Sighting { readonly objects: readonly Id[]; readonly text: string }

export interface Hazard<Memory = unknown> {
  readonly id: string
  readonly title: string
  /** Its number in the list of known hazards: `H7`. */
  readonly known?: string
  /** A run in which it is seen, and should be: what a reader opens to see it happen. */
  readonly seenIn: Recipe
  /** What it has to remember from step to step, as it is before the first one; absent: nothing. */
  readonly memory?: (header: RunHeader) => Memory
  /** Asked after every step, with all objects and words as they are then. */
  watch(step: Step, world: Snapshot, memory: Memory): Sighting | undefined
}
export const hazard = <Memory = undefined>(spec: Hazard<Memory>): Hazard<Memory> => spec
