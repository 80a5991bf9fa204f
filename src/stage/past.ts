/** What a step alone does not say: the system call it belongs to, and which lines of the programs are done, failed or skipped. */
import type { Journal } from '../journal/run.ts'
import { captionOf } from '../journal/say.ts'
import { BOUNDARY, is, type Step } from '../journal/step.ts'

export type LineState = 'now' | 'waits' | 'done' | 'failed' | 'skipped'

/** The system call of a step: the one it happens in, or the last that its line made. */
export interface Trap {
  readonly name: string
  readonly text: string
  /** It has come back, or a check has just decided that it will with an errno. */
  readonly back: boolean
  readonly result: string
  readonly errno: string | null
}

export interface Past {
  readonly trap: Trap | null
  /** By call key; a line that has not begun is absent. */
  readonly lines: ReadonlyMap<string, LineState>
  /** What the check of this step said no to; null: it is no refusal. */
  readonly refusal: string | null
}

export const NO_PAST: Past = { trap: null, lines: new Map(), refusal: null }

interface Turn { readonly seq: number; readonly key: string; readonly state: LineState }
const turns = new WeakMap<Journal, { read: number; found: Turn[] }>()

/** Beginnings and ends of lines, read once as the journal grows. */
function turnsOf(journal: Journal): readonly Turn[] {
  const known = turns.get(journal) ?? { read: 0, found: [] }
  turns.set(journal, known)
  for (; known.read < journal.steps.length; known.read++) {
    const step = journal.steps[known.read]!
    const add = (state: LineState): unknown => known.found.push({ seq: step.seq, key: step.call, state })
    if (is(step, 'call.enter')) add('waits')
    else if (is(step, 'call.leave')) add(step.fields.errno ? 'failed' : 'done')
    else if ((step.event as string) === 'line.skip') add('skipped')
  }
  return known.found
}

export const refuses = (step: Step): boolean => step.event.includes('.refused')

function trapOf(journal: Journal, step: Step): Trap | null {
  if (step.call === '' || !step.actor.startsWith('task:')) return null
  let enter = step.seq
  while (enter >= 0 && !(journal.steps[enter]!.actor === step.actor && is(journal.steps[enter]!, 'trap.enter'))) {
    const earlier = journal.steps[enter]!
    if (earlier.actor === step.actor && (earlier.call !== step.call || earlier.event === 'call.enter')) return null
    enter--
  }
  const asked = journal.steps[enter]
  if (!asked || !is(asked, 'trap.enter')) return null
  const leave = journal.steps.slice(enter).find((each): each is Step<'trap.leave'> => each.actor === step.actor && each.event === 'trap.leave')
  const { name, text } = asked.fields
  const over = leave !== undefined && leave.seq <= step.seq
  // A check that refuses decides the answer, if the call then ends with an errno.
  const decided = over || (refuses(step) && step.stack.includes(BOUNDARY) && Boolean(leave?.fields.errno))
  return { name, text, back: decided, result: decided ? (leave?.fields.result ?? '') : '', errno: decided ? (leave?.fields.errno ?? null) : null }
}

export function pastOf(journal: Journal, step: Step | null, says: Readonly<Record<string, string>>): Past {
  if (!step) return NO_PAST
  const lines = new Map<string, LineState>()
  for (const { seq, key, state } of turnsOf(journal)) if (seq <= step.seq) lines.set(key, state)
  const last = lines.get(step.call)
  if (step.call !== '' && last === 'waits' && step.event !== 'task.block') lines.set(step.call, 'now')
  return { trap: trapOf(journal, step), lines, refusal: refuses(step) ? captionOf(step, says, journal) : null }
}
