/**
 * Shelf helper: a chapter is one lesson, told in short paragraphs that are bound to moments of its runs. It asks one question, which the
 * model answers; it has one way to break what works; and it says what must be true of its runs for the lesson to hold.
 * Texts are plain, with four marks: `**claim**`, backticks for identifiers, `[term]` or `[words|term]` for what the glossary explains,
 * `[words](address)` for a link.
 */
import type { Finding, Journal, Recipe, Verdict } from '../journal/run.ts'
import type { EventName } from '../journal/vocabulary.ts'

/** A run that is over. */
export interface Told { readonly journal: Journal; readonly verdict: Verdict; readonly findings: readonly Finding[] }

/** An event of one bench's run: its first, or the first one whose fields and call are these. */
export interface EventPlace {
  readonly event: EventName
  readonly bench?: number
  /** Key of the call in which it happens: `B.5`. */
  readonly call?: string
  readonly fields?: Readonly<Record<string, unknown>>
}
/** A landmark by its name, an event, or null: before the first step. */
export type Place = string | EventPlace | null

export interface Beat {
  readonly at: Place
  readonly text: string
  /** The run that it is about, from 0: the one that is shown from here on. Absent: as before, or that of the event. */
  readonly run?: number
}
/** The run that each paragraph shows. */
export function runsShown(beats: readonly Beat[]): readonly number[] {
  let run = 0
  return beats.map(({ at, run: asked }) => (run = asked ?? (typeof at === 'object' ? at?.bench : undefined) ?? run))
}

export interface Question {
  readonly ask: string
  /** What may be answered, by a name for each. */
  readonly choices: Readonly<Record<string, string>>
  /** The runs that answer it. */
  readonly runs: readonly Recipe[]
  /** The name of the right choice, read off the runs. */
  readonly answer: (runs: readonly Told[]) => string
  /** Runs of which it would be another: the answer is read, not known. */
  readonly otherwise: readonly Recipe[]
  /** Said once the answer is known. */
  readonly why: string
}

/** `names`: of the runs, where their variants do not tell them apart. */
export interface BreakIt { readonly title: string; readonly text: string; readonly recipes: readonly Recipe[]; readonly names?: readonly string[]; readonly at?: Place }

/** `version`: of what is linked, or its date. */
export interface Source { readonly title: string; readonly version: string; readonly url: string }

export interface ChapterText {
  /** Number of the lesson, `L04`; null: it tells what happened and belongs to none. */
  readonly lesson: string | null
  readonly title: string
  /** What a reader can say afterwards. */
  readonly goal: string
  /** One run, or two that differ in one choice. */
  readonly recipes: readonly Recipe[]
  /** What the runs are called, where their variants do not tell them apart. */
  readonly names?: readonly string[]
  readonly beats: readonly Beat[]
  readonly question: Question
  readonly breakIt: BreakIt
  readonly sources: readonly Source[]
  /** What of the lesson does not hold in these runs, in words; nothing for the chapter's own. */
  readonly check: (runs: readonly Told[]) => readonly string[]
}
export const chapter = (spec: ChapterText): ChapterText => spec

/** The first step of a run at an event, by its number; null: it does not come. */
export function seqOf({ steps }: Journal, { event, call, fields = {} }: EventPlace): number | null {
  const hit = steps.find((step) => step.event === event && (call === undefined || step.call === call) && Object.entries(fields).every(([name, value]) => (step.fields as Record<string, unknown>)[name] === value))
  return hit?.seq ?? null
}

/** The errno of the last call of a name in a process's line, or `ok`; null: it was not made. */
export function answerOf({ journal: { steps } }: Told, name: string, call?: string): string | null {
  const leave = steps.findLast((step) => (step.event === 'call.leave' || step.event === 'trap.leave') && (step.fields as { name?: string }).name === name && (call === undefined || step.call === call))
  return leave ? ((leave.fields as { errno: string | null }).errno ?? 'ok') : null
}

/** Says what is not so: the items whose condition is false. */
export const unless = (claims: Readonly<Record<string, boolean>>): readonly string[] => Object.entries(claims).flatMap(([claim, holds]) => (holds ? [] : [claim]))
