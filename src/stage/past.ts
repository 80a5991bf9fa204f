/** What a step alone does not say: the system call it belongs to, and which lines of the programs are done, failed or skipped. */
import { fill } from '../base/fill.ts'
import type { Journal } from '../journal/run.ts'
import { captionOf } from '../journal/say.ts'
import { BOUNDARY, is, type Step } from '../journal/step.ts'
import { SENTENCES } from './sentences.ts'

export type LineState = 'now' | 'waits' | 'done' | 'failed' | 'skipped'

export interface Line {
  readonly state: LineState
  /** What it came to, or what it waits for; '' while it runs. */
  readonly said: string
}

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
  readonly lines: ReadonlyMap<string, Line>
  /** What the check of this step said no to; null: it is no refusal. */
  readonly refusal: string | null
  /** Seq of the stop before; -1: nothing is known of one. */
  readonly since: number
  /** Whether any word of the hardware changed since the stop before. */
  readonly words: boolean
  /** Seq of the last step that changed a word, or stored one that was the same already; -1: none has. */
  readonly worded: number
  /** What caches, buffers, TLBs and faults did since the stop before, in order. */
  readonly hardware: readonly Step[]
}

export const NO_PAST: Past = { trap: null, lines: new Map(), refusal: null, since: -1, words: true, worded: -1, hardware: [] }

interface Turn extends Line { readonly seq: number; readonly key: string }
const turns = new WeakMap<Journal, { read: number; found: Turn[] }>()

/** Beginnings and ends of lines, read once as the journal grows. */
function turnsOf(journal: Journal): readonly Turn[] {
  const known = turns.get(journal) ?? { read: 0, found: [] }
  turns.set(journal, known)
  for (; known.read < journal.steps.length; known.read++) {
    const step = journal.steps[known.read]!
    const add = (state: LineState, said = ''): unknown => known.found.push({ seq: step.seq, key: step.call, state, said })
    const { fields } = step
    if (is(step, 'call.enter')) add('now')
    else if (is(step, 'call.leave')) add(step.fields.errno ? 'failed' : 'done', step.fields.errno ? `= -${step.fields.errno}` : `= ${step.fields.result || '0'}`)
    else if ('call' in fields && step.event === 'task.block') add('waits', fill(SENTENCES.sleepsIn, { call: String(fields.call) }))
    else if (step.event === 'task.wake') add('now')
    else if ('why' in fields && step.event === 'line.skip') add('skipped', String(fields.why))
    else if (step.event === 'line.quiet') add('skipped')
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
  const leave = answerTo(journal, enter, step.actor)
  const { name, text } = asked.fields
  const over = leave !== undefined && leave.seq <= step.seq
  // A check that refuses decides the answer, if the call then ends with an errno.
  const decided = over || (refuses(step) && step.stack.includes(BOUNDARY) && Boolean(leave?.fields.errno))
  return { name, text, back: decided, result: decided ? (leave?.fields.result ?? '') : '', errno: decided ? (leave?.fields.errno ?? null) : null }
}

function wordsChange(journal: Journal, since: number, seq: number): boolean {
  for (let at = since + 1; at <= seq; at++) if (journal.steps[at]!.words.length > 0) return true
  return false
}

const lastWorded = new WeakMap<Journal, number[]>()
/** A store of what stands there changes no word, but makes other copies old. */
const STORES: ReadonlySet<string> = new Set(['store.bytes', 'job.write'])

/** For each step the last one up to it that says something of words; read once as the journal grows. */
function wordedAt(journal: Journal, seq: number): number {
  const known = lastWorded.get(journal) ?? []
  lastWorded.set(journal, known)
  for (let at = known.length; at <= seq; at++) {
    const step = journal.steps[at]!
    known.push(step.words.length > 0 || STORES.has(step.event) ? at : (known[at - 1] ?? -1))
  }
  return known[seq]!
}

const HARDWARE = /^(cache\.|wc\.|tlb\.(flush|evict)|abort\.|fault\.|mmu\.fault|job\.(fault|failed)|heap\.grow|signal\.kill)/
const NONE: readonly Step[] = []
/** Of a stop before that is not known nothing is said: then it is the step alone. */
function hardwareIn(journal: Journal, since: number, seq: number): readonly Step[] {
  const found = journal.steps.slice(since < 0 ? seq : since + 1, seq + 1).filter(({ event }) => HARDWARE.test(event))
  return found.length > 0 ? found : NONE
}

/** Where the call that began at a step comes back; absent while it has not. */
function answerTo(journal: Journal, enter: number, actor: string): Step<'trap.leave'> | undefined {
  for (let seq = enter + 1; seq < journal.steps.length; seq++) {
    const step = journal.steps[seq]!
    if (step.actor === actor && is(step, 'trap.leave')) return step
  }
  return undefined
}

/** `since` is the seq of the stop before; what the step is compared with. */
export function pastOf(journal: Journal, step: Step | null, says: Readonly<Record<string, string>>, since = -1): Past {
  if (!step) return NO_PAST
  const lines = new Map<string, Line>()
  for (const { seq, key, state, said } of turnsOf(journal)) if (seq <= step.seq) lines.set(key, { state, said })
  return { trap: trapOf(journal, step), lines, refusal: refuses(step) ? captionOf(step, says, journal) : null, since, words: wordsChange(journal, since, step.seq), worded: wordedAt(journal, step.seq), hardware: hardwareIn(journal, since, step.seq) }
}
