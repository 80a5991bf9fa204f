/** One line of the journal: what happened, who did it, in which function, and every field and word that changed by it. */
import type { EventName, Events, Id } from './vocabulary.ts'

/** One field of a record, both sides. `field` is null when the whole record appears (`from` undefined) or goes (`to` undefined). */
export interface Change { readonly id: Id; readonly field: string | null; readonly from: unknown; readonly to: unknown }

/**
 * A range of an area of words, both sides; `at` counts words. Sides may share their room with other sides and are not to be edited.
 * `sparse`: the range spans several that changed, and what lies between them is the same on both sides.
 */
export interface WordChange { readonly area: string; readonly at: number; readonly from: Uint32Array; readonly to: Uint32Array; readonly sparse?: boolean }

export interface Step<E extends EventName = EventName> {
  readonly seq: number
  /** Who runs: `task:A`, `gpu`, `display`, `boot`. */
  readonly actor: string
  /** Key of the program call this belongs to (`A.3`: process, line), '' outside of calls. */
  readonly call: string
  readonly event: E
  readonly fields: Events[E]
  /** Functions running, outermost first; names before `|` are user space, those after it kernel. */
  readonly stack: readonly string[]
  readonly changes: readonly Change[]
  readonly words: readonly WordChange[]
}

/** Typed narrowing: `if (is(step, 'call.leave')) step.fields.errno`. */
export function is<E extends EventName>(step: Step, event: E): step is Step<E> {
  return step.event === event
}

/** The mark in a stack between user space and kernel. */
export const BOUNDARY = '|'
