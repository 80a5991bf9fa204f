/** What the page and the worker say to each other. Plain data; words travel as transferred buffers. */
import type { Bite } from '../journal/quirk.ts'
import type { GivenRecording, ReplayProgress, SequenceFound } from '../journal/evidence.ts'
import type { Explored, ExploreProgress } from '../journal/explored.ts'
import type { Catalog, Finding, HazardChoice, Recipe, RunHeader, Verdict } from '../journal/run.ts'
import type { Step } from '../journal/step.ts'

export type Request =
  /** With everything that these recipes name; what is left of it comes later, by itself. */
  | { readonly type: 'catalog'; readonly recipes: readonly Recipe[] }
  | { readonly type: 'run'; readonly run: number; readonly recipe: Recipe }
  | { readonly type: 'cancel'; readonly run: number }
  /** All hazards that are watched for, with the runs in which they are seen. */
  | { readonly type: 'hazards' }
  /** All runs of a recipe. `stop` ends the search, and what it has is told. */
  | { readonly type: 'explore'; readonly run: number; readonly recipe: Recipe }
  | { readonly type: 'stop'; readonly run: number }
  | { readonly type: 'replay'; readonly run: number; readonly given: readonly GivenRecording[] }
  | { readonly type: 'sequence'; readonly run: number; readonly given: GivenRecording }

/** A problem of the reader's input, with its place and the remedy. `line` and `column` count from 1. */
export interface Problem { readonly message: string; readonly remedy: string; readonly line?: number; readonly column?: number }

export type Response =
  | { readonly type: 'catalog'; readonly catalog: Catalog }
  | { readonly type: 'header'; readonly run: number; readonly header: RunHeader }
  /** About 500 steps at a time. */
  | { readonly type: 'steps'; readonly run: number; readonly steps: readonly Step[] }
  | { readonly type: 'end'; readonly run: number; readonly verdict: Verdict; readonly findings: readonly Finding[]; readonly problems: readonly Problem[] }
  /** Where the kernel was odd; the last thing that is told of a run. */
  | { readonly type: 'quirks'; readonly run: number; readonly bites: readonly Bite[] }
  | { readonly type: 'hazards'; readonly hazards: readonly HazardChoice[] }
  | { readonly type: 'problem'; readonly run: number; readonly problem: Problem }
  /** Now and then; `explored` once, at the end. */
  | { readonly type: 'exploring'; readonly run: number; readonly progress: ExploreProgress }
  | { readonly type: 'explored'; readonly run: number; readonly explored: Explored }
  | { readonly type: 'replayed'; readonly run: number; readonly progress: ReplayProgress; readonly over: boolean }
  | { readonly type: 'sequence'; readonly run: number; readonly found: SequenceFound | null }
