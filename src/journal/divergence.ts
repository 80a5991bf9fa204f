/**
 * Where runs differ. A call differs when its answer does, or its way: what it told, and of which objects. The names of the functions that told
 * it do not matter, or every renamed helper would be a divergence. A step of a device differs when it reads other bytes.
 */
import { fill } from '../base/fill.ts'
import { fieldsOf, sameness, type Row } from './align.ts'
import type { Journal } from './run.ts'
import { SENTENCES } from './sentences-later.ts'
import { partedBy, sidesOf, TWO, type Sides, type SideWords } from './sides.ts'
import { BOUNDARY, type Step } from './step.ts'

export interface Divergence {
  readonly row: number
  readonly kind: 'seed' | 'first' | 'later'
  readonly sentence: string
  /** The same where there is little room. */
  readonly short: string
  /** What differs, in short, without the kind before it. */
  readonly what: string
  /** The benches that go together here. */
  readonly sides: Sides
  /** The benches that do not come here. */
  readonly absent: readonly number[]
}

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
    if (step.event === 'call.leave') story.answer = errno ? String(errno) : fill(SENTENCES.ok, { result: String(result) })
    if (step.event === ('line.skip' as string)) story.answer = NOT_DONE
    if (FRAME.has(step.event) || INCIDENTAL.test(step.event)) continue
    const key = step.event === 'trap.leave' ? `${step.event}:${String(errno)}` : sameness(step)
    if (!story.told.has(key)) story.told.set(key, step.seq)
  }
  return known.calls
}

const inShort = (answers: readonly string[]): string[] => {
  const short = answers.map(answer => answer.replace(/^ok .*/, 'ok'))
  return short.every(answer => answer === short[0]) ? answers.map(answer => answer.replace(/^ok /, '')) : short
}

type Found = Pick<Divergence, 'row' | 'sides' | 'absent'> & { readonly text: string; readonly short?: string }

const absentOf = (answers: readonly string[]): number[] => answers.flatMap((answer, bench) => (answer === NOT_DONE ? [bench] : []))

/** How a call differs, and in which row that shows first; null: it does not. */
function callDiffers(rows: readonly Row[], at: readonly number[], key: string, journals: readonly Journal[], words: SideWords): Found | null {
  const stories = journals.map(journal => storiesOf(journal).get(key))
  const answers = stories.map(story => (story ? story.answer ?? 'not finished' : NOT_DONE))
  // What not all of those have told that come here.
  const come = stories.filter(story => story !== undefined)
  const own = stories.map(story => [...story?.told ?? []].filter(([told]) => come.some(other => !other.told.has(told))))
  const sides = sidesOf(answers.map((answer, i) => [answer, ...own[i]!.map(([told]) => told).sort()].join('\n')))
  if (sides.every(side => side === 0)) return null
  const told = { sides, absent: absentOf(answers) }
  const said = { text: words.each(inShort(answers), sides), short: words.each(inShort(answers), sidesOf(answers)) }
  if (come.length < stories.length) return { ...told, ...said, row: at[0]! }
  // Per run the first step that has no counterpart in another one.
  const from = own.map(steps => Math.min(...steps.map(([, seq]) => seq)))
  const row = at.find(n => rows[n]!.seqs.some((seq, i) => seq !== null && seq >= from[i]!)) ?? at.at(-1)!
  if (answers.some(answer => answer !== answers[0])) return { ...told, ...said, row }
  const where = from.map((seq, i) => journals[i]!.steps[seq]?.stack.findLast(fn => fn !== BOUNDARY) ?? '–')
  const names = words.odd(sides)
  const way = names === '' ? SENTENCES.anotherWay : fill(SENTENCES.anotherWayIn, { names })
  const text = new Set(where).size <= Math.max(...sides) ? fill(SENTENCES.sameAnswer, { way }) : fill(SENTENCES.sameAnswerWhere, { way, where: words.each(where, sides) })
  return { ...told, row, short: way, text }
}

/** What a device saw: pixels that went to the panel, bytes that a job read. */
const SEEN: ReadonlySet<string> = new Set(['display.shown', 'gpu.seen'])
const seen = (step: Step): string => step.words.filter(({ area }) => SEEN.has(area)).map(({ area, at, to }) => `${area} ${at} ${to.join()}`).join(' ')

/** A row outside of calls: a device that sees other bytes, or does something that not all runs do. */
function deviceDiffers(row: number, steps: readonly (Step | null)[], words: SideWords): Found | null {
  const first = steps.find(step => step !== null)
  if (!first || first.actor.startsWith('task:') || first.actor === 'boot') return null
  const views = steps.map(step => (step ? `done:${seen(step)}` : NOT_DONE))
  const sides = sidesOf(views)
  if (sides.every(side => side === 0)) return null
  const told = { row, sides, absent: absentOf(views) }
  if (steps.some(step => step === null)) return { ...told, text: words.each(steps.map(step => (step ? 'done' : NOT_DONE)), sides, 'with other bytes') }
  const [plain, named] = first.event === ('display.scanout' as string) ? [SENTENCES.otherPixels, SENTENCES.otherPixelsIn] as const : [SENTENCES.otherBytes, SENTENCES.otherBytesIn] as const
  const names = words.odd(sides)
  return { ...told, text: names === '' ? plain : fill(named, { names }) }
}

/** A run that has stopped doing anything differs in every later call of the others: the first of a stretch tells it, and where the others differ. */
function onceAbsent(all: readonly Found[]): Found[] {
  const alone = ({ absent, sides }: Found): string => (new Set(sides.filter((_, bench) => !absent.includes(bench))).size > 1 ? '' : absent.join())
  return all.filter((found, i) => alone(found) === '' || i === 0 || alone(found) !== alone(all[i - 1]!))
}

interface Seed { readonly row: number; readonly text: string; readonly short: string; readonly sides: Sides }

/** A difference in fields alone, of benches that have gone the same way so far. */
function seedIn(row: number, steps: readonly (Step | null)[], together: Sides, words: SideWords): Seed | null {
  const told = steps.map(() => '')
  const fields = new Set<string>()
  for (const side of new Set(together)) {
    const [bench, ...others] = together.flatMap((each, i) => (each === side && steps[i] ? [i] : []))
    const first = bench === undefined ? null : steps[bench]!
    // Another function is another way, not another field.
    if (!first || first.event === 'fn.enter') continue
    const same = others.filter(other => steps[other]!.event === first.event)
    const differ = Object.keys(first.fields).filter(name => same.some(other => JSON.stringify(fieldsOf(steps[other]!)[name]) !== JSON.stringify(fieldsOf(first)[name])))
    differ.forEach(name => fields.add(name))
    if (differ.length > 0) for (const each of [bench!, ...same]) told[each] = JSON.stringify(differ.map(name => fieldsOf(steps[each]!)[name]))
  }
  if (fields.size === 0) return null
  const [name] = fields
  const values = steps.map((step, i) => (told[i] === '' ? '–' : String(fieldsOf(step!)[name!])))
  const sides = sidesOf(told)
  if (name === 'text') return { row, sides, short: SENTENCES.argumentsDiffer, text: SENTENCES.argumentsDifferHere }
  const what = { fields: [...fields].join(', '), count: fields.size }
  const few = fields.size === 1 && values.every(value => value.length < 40)
  return { row, sides, short: fill(SENTENCES.fieldsDiffer, what), text: few ? fill(SENTENCES.fieldsDifferAs, { ...what, values: words.each(values, sides) }) : fill(SENTENCES.fieldsDifferHere, what) }
}

/** Differences in fields alone, each call once: before the first difference in answer or way, and after it between benches that still go together. */
function seedsOf(rows: readonly Row[], stepsOf: (row: Row) => (Step | null)[], differing: readonly Found[], words: SideWords): Divergence[] {
  const [first] = differing
  const known = new Set<string>(first ? [rows[first.row]!.key] : [])
  const parting = new Set(differing.map(({ row }) => rows[row]!.key))
  const seeds: Divergence[] = []
  let together: Sides = rows[0]?.seqs.map(() => 0) ?? []
  let next = 0
  rows.forEach(({ key }, i) => {
    for (; differing[next] && differing[next]!.row <= i; next++) together = partedBy(together, differing[next]!.sides)
    if (key === '' || known.has(key) || new Set(together).size === together.length || (first && i > first.row && parting.has(key))) return
    const seed = seedIn(i, stepsOf(rows[i]!), together, words)
    if (!seed) return
    known.add(key)
    const matters = differing.find(({ row, sides }) => row >= i && sides.some((side, a) => sides.some((other, b) => together[a] === together[b] && seed.sides[a] !== seed.sides[b] && side !== other)))
    seeds.push({ row: i, kind: 'seed', sides: seed.sides, absent: [], what: seed.short, short: fill(SENTENCES.seed, { what: seed.short }), sentence: matters ? fill(SENTENCES.seedMatters, { what: seed.text, step: matters.row + 1 }) : fill(SENTENCES.seed, { what: seed.text }) })
  })
  return seeds
}

/** Where the runs differ: seeds, in order, then differences in answer or way, in order. `words`: how sides are said. */
export function divergences(rows: readonly Row[], journals: readonly Journal[], words: SideWords = TWO): Divergence[] {
  if (journals.length < 2) return []
  const rowsOf = new Map<string, number[]>()
  rows.forEach(({ key }, i) => {
    if (key === '') return
    const list = rowsOf.get(key)
    if (list) list.push(i)
    else rowsOf.set(key, [i])
  })
  const stepsOf = ({ seqs }: Row): (Step | null)[] => seqs.map((seq, bench) => (seq === null ? null : journals[bench]!.steps[seq]!))
  const calls = [...rowsOf].flatMap(([key, at]) => callDiffers(rows, at, key, journals, words) ?? [])
  const devices = rows.flatMap((row, i) => (row.key === '' && row.landmark === null ? deviceDiffers(i, stepsOf(row), words) ?? [] : []))
  const differing = onceAbsent([...calls, ...devices].sort((a, b) => a.row - b.row))
  return [...seedsOf(rows, stepsOf, differing, words), ...differing.map(({ row, text, short, sides, absent }, i): Divergence => {
    const kind = i === 0 ? 'first' : 'later'
    const what = short ?? text
    return { row, sides, absent, kind, what, sentence: fill(SENTENCES[kind], { what: text }), short: fill(SENTENCES[kind], { what }) }
  })]
}
