/**
 * All runs of a recipe: every order and everything that may happen by itself, and the shortest run to each way it can end, as picks that
 * play it again. Fetched when somebody asks for it.
 * Leaves out: what is said in Story and Exploration; and that two runs which show the same can differ in what watchers find on the way: the
 * verdict of an outcome is that of its shortest run.
 */
import type { Ending, Explored, ExploreProgress } from '../journal/explored.ts'
import type { Recipe } from '../journal/run.ts'
import { Exploration } from '../machine/explore/exploration.ts'
import { noting, nothingNear, type Footprint } from '../machine/explore/footprint.ts'
import { Story } from '../machine/explore/story.ts'
import type { Started, startRecipe } from './start-recipe.ts'
import { outcomeOf } from './watch.ts'
import type { Problem } from './protocol.ts'

/** A buffer of so many lines, unless the recipe says how many: enough for two that part ways, and few enough to go through. */
export const LINES = 2
/** So many states, and the search stops with what it has: a worker of a phone can keep them. */
export const MOST_STATES = 400_000
/** So many outcomes are told with their verdicts. */
const MOST_TOLD = 100

export class Exploring {
  private readonly exploration: Exploration
  private readonly story: Story
  private readonly recipe: Recipe
  private readonly started: Started
  /** False once the search has met its limit. */
  whole = true

  private constructor(recipe: Recipe, story: Story, started: Started) {
    this.recipe = recipe
    this.started = started
    this.story = story
    this.exploration = new Exploration(story)
  }

  /**
   * `start`: how a recipe becomes a machine. It is handed over, so that who fetches this file does not fetch the machine again.
   * `reduce` false: tries everything before every step, which shows that leaving some out loses nothing.
   */
  static of(asked: Recipe, start: typeof startRecipe, { reduce = true } = {}): Exploring | { readonly problem: Problem } {
    const { picks: _picks, seed: _seed, ...rest } = asked
    const recipe: Recipe = { ...rest, mode: 'explore', lines: asked.lines ?? LINES }
    const near: Footprint | null = reduce ? nothingNear() : null
    const started = start(recipe, { hashing: true, watch: own => (near ? noting(own, near) : own) })
    if ('problem' in started) return started
    return new Exploring(recipe, new Story(started.run, near), started)
  }

  /** What of the recipe could not be had as asked. */
  get problems(): readonly Problem[] { return this.started.problems }

  /** Tries so many ways more; false when the search is over. */
  go(transitions: number): boolean {
    if (this.exploration.states < MOST_STATES) return this.exploration.go(transitions)
    this.whole = false
    return false
  }

  progress(): ExploreProgress {
    const { states, transitions, deepest, outcomesSeen } = this.exploration
    return { states, transitions, deepest, outcomes: outcomesSeen }
  }

  /** What was found, whole or not. The search is over then. */
  end(whole = this.whole): Explored {
    this.exploration.leave()
    const outcomes = this.exploration.outcomes()
    const { header, picture } = this.started
    const endings = outcomes.slice(0, MOST_TOLD).map(({ text, states, path }): Ending =>
      this.story.along(path, (picks, steps) => ({ seen: text, verdict: outcomeOf({ header, steps }, picture).verdict, states, moves: path.length, picks })))
    return { recipe: this.recipe, progress: this.progress(), whole, endings, untold: outcomes.length - endings.length }
  }
}

/** So many ways are tried before the page is told how far it is, and may say that it is enough. */
export const WAYS = 1500
