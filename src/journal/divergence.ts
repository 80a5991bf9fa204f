/**
 * Where runs differ. A call differs when its answer does, or its way: what it told, and of which objects. The names of the functions that told
 * it do not matter, or every renamed helper would be a divergence. A step of a device differs when it reads other bytes.
 */
import { fieldsOf, sameness, type Row } from './align.ts'
import type { Journal } from './run.ts'
import { BOUNDARY, type Step } from './step.ts'

/** `short`: the same where there is little room. */
export interface Divergence { readonly row: number; readonly kind: 'seed' | 'first' | 'later'; readonly sentence: string; readonly short: string }

/** A call of one run: its answer, and what it told, each with the step that told it first. */
interface CallStory { answer: string | null; readonly told: Map<string, number> }

/** Steps that say how a call goes on, not what it does. */
const FRAME: ReadonlySet<string> = new Set(['fn.enter', 'call.enter', 'trap.enter', 'call.leave', 'task.pause'])
/** Left to chance: which line a cache has to give up, which translation is still remembered. */
const INCIDENTAL = /^(cache\.(evict|prefetch|fill)|wc\.drain|tlb\.fill|walk\.)/

const NOT_DONE = 'not done'

const kept = new WeakMap<Journal, { upto: number; readonly calls: Map<string, CallStory> }>()

/** The calls of a journal, by key; read on from where it was left, as the journal may still be growing. */
function storiesOf(journal: Journal): ReadonlyMap<string, CallStory> {
  let known = kept.get(journal)
  if (!known) kept.set(journal, (known = { upto: journal.header.start, calls: new Map() }))
  for (; known.upto < journal.steps.length; known.upto++) {
    const step = journal.steps[known.upto]!
    if (step.call === '') continue
    let story = known.calls.get(step.call)
    if (!story) known.calls.set(step.call, (story = { answer: null, told: new Map() }))
    const { errno, result } = fieldsOf(step)
    if (step.event === 'call.leave') story.answer = errno ? String(errno) : `ok ${String(result)}`
    if (step.event === ('line.skip' as string)) story.answer = NOT_DONE
    if (FRAME.has(step.event) || INCIDENTAL.test(step.event)) continue
    const key = step.event === 'trap.leave' ? `trap.leave ${String(errno)}` : sameness(step)
    if (!story.told.has(key)) story.told.set(key, step.seq)
  }
  return known.calls
}

const inShort = (answers: readonly string[]): string[] => {
  const short = answers.map(answer => answer.replace(/^ok .*/, 'ok'))
  return short.every(answer => answer === short[0]) ? answers.map(answer => answer.replace(/^ok /, '')) : short
}

interface Found { readonly row: number; readonly text: string; readonly short?: string }

/** How a call differs, and in which row that shows first; null: it does not. */
function callDiffers(rows: readonly Row[], at: readonly number[], key: string, journals: readonly Journal[]): Found | null {
  const stories = journals.map(journal => storiesOf(journal).get(key))
  const answers = stories.map(story => (story ? story.answer ?? 'not finished' : NOT_DONE))
  if (stories.some(story => !story)) return { row: at[0]!, text: inShort(answers).join(' | ') }
  // Per run the first step that has no counterpart in another one.
  const own = stories.map((story, i) => Math.min(...[...story!.told].filter(([told]) => stories.some((other, j) => j !== i && !other!.told.has(told))).map(([, seq]) => seq)))
  const same = answers.every(answer => answer === answers[0])
  if (same && own.every(seq => seq === Infinity)) return null
  const row = at.find(n => rows[n]!.seqs.some((seq, i) => seq !== null && seq >= own[i]!)) ?? at.at(-1)!
  if (!same) return { row, text: inShort(answers).join(' | ') }
  const where = own.map((seq, i) => journals[i]!.steps[seq]?.stack.findLast(fn => fn !== BOUNDARY) ?? '–')
  return { row, short: 'another way', text: `another way, the same answer${where.every(fn => fn === where[0]) ? '' : `: ${where.join(' | ')}`}` }
}

/** What a device saw: pixels that went to the panel, bytes that a job read. */
const SEEN: ReadonlySet<string> = new Set(['display.shown', 'gpu.seen'])
const seen = (step: Step): string => step.words.filter(({ area }) => SEEN.has(area)).map(({ area, at, to }) => `${area} ${at} ${to.join()}`).join(' ')

/** A row outside of calls: a device that sees other bytes, or does something that it does in one run alone. */
function deviceDiffers(row: number, steps: readonly (Step | null)[]): Found | null {
  const [first] = steps.filter(step => step !== null)
  if (!first || first.actor.startsWith('task:') || first.actor === 'boot') return null
  if (steps.some(step => step === null)) return { row, text: steps.map(step => (step ? 'done' : NOT_DONE)).join(' | ') }
  const views = steps.map(step => seen(step!))
  return views.every(view => view === views[0]) ? null : { row, text: first.event === ('display.scanout' as string) ? 'the display shows other pixels' : 'the GPU reads other bytes' }
}

/** A difference in fields alone. */
function seedIn(row: number, steps: readonly (Step | null)[]): Found | null {
  const [first] = steps
  // Another function is another way, not another field.
  if (!first || first.event === 'fn.enter' || steps.some(step => step?.event !== first.event)) return null
  const names = Object.keys(first.fields).filter(name => steps.some(step => JSON.stringify(fieldsOf(step!)[name]) !== JSON.stringify(fieldsOf(first)[name])))
  if (names.length === 0) return null
  const name = names[0]!
  const values = steps.map(step => String(fieldsOf(step!)[name]))
  const short = names.length === 1 && values.every(value => value.length < 40) ? ` (${values.join(' | ')})` : ''
  return { row, short: name === 'text' ? 'the arguments differ' : `${names.join(', ')} ${names.length > 1 ? 'differ' : 'differs'}`, text: name === 'text' ? 'the arguments differ here' : `${names.join(', ')} ${names.length > 1 ? 'differ' : 'differs'} here${short}` }
}

/** A run that has stopped doing anything differs in every later call of the other: the first of a stretch tells it. */
function onceAbsent(all: readonly Found[]): Found[] {
  let absent = ''
  return all.filter(({ text }) => {
    const now = text.startsWith(`${NOT_DONE} |`) ? 'left' : text.endsWith(`| ${NOT_DONE}`) ? 'right' : ''
    const again = now !== '' && now === absent
    absent = now
    return !again
  })
}

/** Where the runs differ, in order. Seeds are differences in fields alone, before the first difference in answer or way. */
export function divergences(rows: readonly Row[], journals: readonly Journal[]): Divergence[] {
  if (journals.length < 2) return []
  const rowsOf = new Map<string, number[]>()
  rows.forEach(({ key }, i) => {
    if (key === '') return
    const list = rowsOf.get(key)
    if (list) list.push(i)
    else rowsOf.set(key, [i])
  })
  const stepsOf = ({ seqs }: Row): (Step | null)[] => seqs.map((seq, bench) => (seq === null ? null : journals[bench]!.steps[seq]!))
  const calls = [...rowsOf].flatMap(([key, at]) => callDiffers(rows, at, key, journals) ?? [])
  const devices = rows.flatMap((row, i) => (row.key === '' && row.landmark === null ? deviceDiffers(i, stepsOf(row)) ?? [] : []))
  const differing = onceAbsent([...calls, ...devices].sort((a, b) => a.row - b.row))
  const [first] = differing
  const seeded = new Set<string>(first ? [rows[first.row]!.key] : [])
  const seeds: Divergence[] = []
  for (let i = 0; i < (first?.row ?? rows.length); i++) {
    const { key } = rows[i]!
    const seed = key === '' || seeded.has(key) ? null : seedIn(i, stepsOf(rows[i]!))
    if (!seed) continue
    seeded.add(key)
    seeds.push({ row: i, kind: 'seed', short: `seed: ${seed.short ?? seed.text}`, sentence: `seed: ${seed.text}${first ? `; it matters at step ${first.row + 1}` : ''}` })
  }
  return [...seeds, ...differing.map(({ row, text, short }, i): Divergence => {
    const what = i === 0 ? 'first divergence' : 'differs'
    return { row, kind: i === 0 ? 'first' : 'later', sentence: `${what}: ${text}`, short: `${what}: ${short ?? text}` }
  })]
}
