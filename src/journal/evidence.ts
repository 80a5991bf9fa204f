/** What replaying recordings comes to, as it crosses from the worker to the page. */

/** A recording that can be fetched. */
export interface RecordingFile { readonly file: string; readonly kernel: string; readonly sequences: number; readonly ops: number; readonly bytes: number }

/** A recording's text, packed no more. `sequence`: only this one is played. */
export interface GivenRecording { readonly file: string; readonly text: string; readonly sequence?: string }

export interface Tally { readonly agree: number; readonly all: number }
export interface NamedTally extends Tally { readonly id: string; readonly title: string; readonly says: string }

/** One operation, the recorded answer, and ours where it is another. */
export interface PlayedOp { readonly op: string; readonly recorded: string; readonly verdict: 'agrees' | 'differs' | 'not reached'; readonly why: string; readonly got: string }

export interface PlayedSequence {
  readonly file: string
  readonly name: string
  readonly title: string
  readonly ops: number
  readonly agree: number
  /** The dma-bufs that outlived it are not those recorded; '': they are. */
  readonly left: string
}

/** The first operation of a sequence that was answered differently; all after it count as different too. */
export interface Disagreement {
  readonly file: string
  readonly sequence: string
  /** From 1. */
  readonly op: number
  readonly of: number
  readonly operation: string
  readonly expected: string
  readonly got: string
  readonly why: string
}

/** All recordings of one release. */
export interface ReleaseTally {
  readonly release: string
  /** Our kernel that was held against it. */
  readonly flavour: string
  /** It is not of that release, and is counted apart. */
  readonly apart: boolean
  readonly ops: Tally
  readonly sequences: Tally
  readonly rules: readonly NamedTally[]
  readonly kinds: readonly NamedTally[]
  /** Fields that vary from run to run and were not compared. */
  readonly loose: number
}

export interface ReplayProgress {
  readonly done: number
  readonly all: number
  readonly releases: readonly ReleaseTally[]
  /** Since the last message. */
  readonly sequences: readonly PlayedSequence[]
  readonly disagreements: readonly Disagreement[]
}

/** A sequence from close: its operations, and the program that makes them. */
export interface SequenceFound { readonly played: PlayedSequence; readonly kernel: string; readonly flavour: string; readonly ops: readonly PlayedOp[]; readonly program: string; readonly log: readonly string[] }
