/** What a search through all runs of a recipe has found. */
import type { Recipe, Verdict } from './run.ts'

/** A way in which runs end: what those who look saw, and a shortest run in which they do. */
export interface Ending {
  readonly seen: string
  /** That of the shortest run. */
  readonly verdict: Verdict
  /** How many states end so. */
  readonly states: number
  /** Steps of the shortest run, and the decisions that play it. */
  readonly moves: number
  readonly picks: readonly number[]
}

export interface ExploreProgress { readonly states: number; readonly transitions: number; readonly deepest: number; readonly outcomes: number }

export interface Explored {
  /** With `picks` of an ending: that run. */
  readonly recipe: Recipe
  readonly progress: ExploreProgress
  /** Every state was seen; false: it stopped before. */
  readonly whole: boolean
  /** The shortest first. */
  readonly endings: readonly Ending[]
  /** Outcomes that were found and are not among them. */
  readonly untold: number
}

