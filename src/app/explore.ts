/** A search through all runs of a bench: asked of a worker of its own, so that the stage stays free and a search that is given up leaves nothing. */
import { create } from 'zustand'
import { fill } from '../base/fill.ts'
import type { Ending, Explored, ExploreProgress } from '../journal/explored.ts'
import type { Recipe } from '../journal/run.ts'
import { connect, type Wire } from '../worker/client.ts'
import type { Response } from '../worker/protocol.ts'
import { choose } from './open.ts'
import { first } from './playhead.ts'
import { SENTENCES } from './sentences-later.ts'

export interface Search {
  readonly phase: 'idle' | 'searching' | 'over' | 'failed'
  /** What is searched, as the bench has it. */
  readonly recipe: Recipe | null
  readonly progress: ExploreProgress
  readonly seconds: number
  readonly explored: Explored | null
  /** What went wrong, and what to do about it. */
  readonly problem: string | null
}

const NONE: Search = { phase: 'idle', recipe: null, progress: { states: 0, transitions: 0, deepest: 0, outcomes: 0 }, seconds: 0, explored: null, problem: null }
export const useSearch = create<Search>(() => NONE)
const { getState: state, setState: patch } = useSearch

let wire: Wire | null = null
let begun = 0
/** The search is the only thing that is asked of its worker. */
const RUN = 1

/** Gives up whatever is being searched. */
export function giveUp(): void {
  wire?.close()
  wire = null
  if (state().phase === 'searching') patch(NONE)
}

export function explore(recipe: Recipe): void {
  giveUp()
  begun = performance.now()
  patch({ ...NONE, phase: 'searching', recipe })
  wire = connect(receive, (reason) => fail(fill(SENTENCES.searchStopped, { reason })))
  wire.explore(RUN, recipe)
}

/** It is enough: the worker tells what it has. */
export const stop = (): void => wire?.stop(RUN)

function fail(problem: string): void {
  patch({ phase: 'failed', problem })
  giveUp()
}

function receive(message: Response): void {
  const seconds = (performance.now() - begun) / 1000
  if (message.type === 'exploring') patch({ progress: message.progress, seconds })
  else if (message.type === 'problem') fail(`${message.problem.message} ${message.problem.remedy}`)
  else if (message.type === 'explored') {
    const { explored } = message
    patch({ phase: 'over', explored, progress: explored.progress })
    giveUp()
  }
}

/** An ending on the stage from its start, beside the same run in which nothing happens by itself, so that what does is the difference. */
export function show({ picks }: Ending): void {
  const { explored } = state()
  if (!explored) return
  choose([{ ...explored.recipe, mode: 'lazy' }, { ...explored.recipe, picks }])
  first()
}
