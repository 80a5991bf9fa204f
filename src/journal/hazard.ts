/** Shelf helper for `hazards/`: one watcher, one file. It reads a journal step by step; the machine knows nothing of it. */
import type { HazardFacts, Recipe, RunHeader } from './run.ts'
import type { Snapshot } from './snapshot.ts'
import type { Step } from './step.ts'
import type { Truth } from './truth.ts'
import type { Id } from './vocabulary.ts'

/** What a watcher saw at a step. */
export interface Sighting {
  /** Those concerned. */
  readonly objects: readonly Id[]
  /** The first line of memory, where it is about one. */
  readonly line?: number
  /** One sentence about them. */
  readonly text: string
  /** What the run has come to by it, in a few words for its verdict; absent: nothing has gone wrong yet. */
  readonly harm?: string
}

/** What a watcher may ask besides the machine as it is now. */
export interface Past {
  readonly truth: Truth
  /** Of the whole run; only those up to this one have happened. */
  readonly steps: readonly Step[]
}

export interface Hazard<Memory = unknown> {
  readonly id: string
  readonly title: string
  /** Its number in the list of known hazards: `H7`. */
  readonly known: string
  readonly facts: HazardFacts
  /** A run in which it is seen, and should be: what a reader opens to see it happen. Without a scenario it runs the hazard's own program. */
  readonly seenIn: Omit<Recipe, 'scenario' | 'program' | 'picks'> & { readonly scenario?: string }
  readonly program?: string
  /** Decisions of the scheduler that its own program is about. */
  readonly picks?: readonly number[]
  /** What it has to remember from step to step, as it is before the first one; absent: nothing. */
  readonly memory?: (header: RunHeader) => Memory
  /** Asked after every step, with all objects and words as they are then. */
  watch(step: Step, world: Snapshot, memory: Memory, past: Past): Sighting | undefined
}
export const hazard = <Memory = undefined>(spec: Hazard<Memory>): Hazard<Memory> => spec

/** What opens a hazard's run: its own program goes by its id, as a scenario does. */
export const recipeOf = ({ id, seenIn }: Pick<Hazard, 'id' | 'seenIn'>): Recipe => ({ scenario: id, ...seenIn })
