/** Many recordings replayed, one sequence at a time, so that others may be heard in between; and what it comes to, by release, rule and operation. */
import type { Disagreement, GivenRecording, NamedTally, PlayedOp, PlayedSequence, ReleaseTally, ReplayProgress, SequenceFound } from '../journal/evidence.ts'
import { recordingToText } from '../machine/recording.ts'
import { World } from '../world/world.ts'
import { Malformed, readRecording, type Recording, type Sequence } from './read.ts'
import { flavourOf, NEXT_OF_KIN, releaseOf } from './releases.ts'
import { replay, type Replayed } from './replay.ts'
import { askedOf, RULES, type Rule } from './rules.ts'

interface Count { agree: number; all: number }
const none = (): Count => ({ agree: 0, all: 0 })

/** What is counted for one release. */
class Counts {
  readonly ops = none()
  readonly sequences = none()
  readonly rules = RULES.map(none)
  readonly kinds = new Map<string, Count>()
  loose = 0
  readonly flavour: string
  readonly apart: boolean
  constructor(readonly release: string, flavour: string | undefined) {
    this.flavour = flavour ?? NEXT_OF_KIN
    this.apart = flavour === undefined
  }

  add({ ops, results }: Sequence, spoken: readonly (readonly number[])[], agree: number): void {
    this.sequences.all++
    if (agree === ops.length) this.sequences.agree++
    ops.forEach(({ op }, i) => {
      const kind = this.kinds.get(op) ?? none()
      this.kinds.set(op, kind)
      for (const count of [this.ops, kind, ...(spoken[i] ?? []).map(rule => this.rules[rule]!)]) {
        count.all++
        if (i < agree) count.agree++
      }
      this.loose += (results[i]!.loose as readonly string[] | undefined)?.length ?? 0
    })
  }

  tally(): ReleaseTally {
    const rules = RULES.map(({ id, title, says }, i): NamedTally => ({ id, title, says, ...this.rules[i]! }))
    const kinds = [...this.kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, count]): NamedTally => ({ id, title: id, says: '', ...count }))
    return { release: this.release, flavour: this.flavour, apart: this.apart, ops: { ...this.ops }, sequences: { ...this.sequences }, rules, kinds, loose: this.loose }
  }
}

interface Played { readonly replayed: Replayed; readonly spoken: readonly (readonly number[])[] }

/** Plays a sequence, and notes for which rules each operation spoke. */
function play(recording: Recording, sequence: Sequence, rules: readonly Rule[], after?: World): Played & { readonly world: World } {
  const world = new World({ history: 'none', ...(after && { after }) })
  const spoken: number[][] = []
  const replayed = replay(recording, sequence, flavourOf(recording.kernel) ?? NEXT_OF_KIN, world, (replayer, i) => {
    const asked = askedOf(world, replayer, sequence.ops[i]!)
    spoken.push(rules.flatMap((rule, n) => (rule.holds(asked, sequence.results[i]!) ? [n] : [])))
  })
  return { replayed, spoken, world }
}

export class Replaying {
  private readonly counts = new Map<string, Counts>()
  private readonly work: { readonly recording: Recording; readonly sequence: Sequence }[]
  private readonly all: number
  private done = 0
  private next = 0
  private news: PlayedSequence[] = []
  private readonly disagreements: Disagreement[] = []
  private world: World | undefined

  /** Throws `Malformed` where a text is no recording. */
  constructor(given: readonly GivenRecording[]) {
    const recordings = given.map(({ file, text }) => readRecording(file, text))
    this.work = recordings.flatMap(recording => recording.sequences.map(sequence => ({ recording, sequence })))
    this.all = this.work.reduce((sum, { sequence }) => sum + sequence.ops.length, 0)
    for (const { kernel } of recordings) if (!this.counts.has(releaseOf(kernel))) this.counts.set(releaseOf(kernel), new Counts(releaseOf(kernel), flavourOf(kernel)))
  }

  /** Plays the next sequence; false: that was the last one. */
  tick(): boolean {
    const task = this.work[this.next++]
    if (!task) return false
    const { recording, sequence } = task
    const { replayed, spoken, world } = play(recording, sequence, RULES, this.world)
    this.world = world
    const agree = replayed.at < 0 ? sequence.ops.length : replayed.at
    this.counts.get(releaseOf(recording.kernel))!.add(sequence, spoken, agree)
    this.news.push(playedOf(recording, sequence, replayed))
    if (replayed.at >= 0) this.disagreements.push(disagreementOf(recording, sequence, replayed))
    this.done += sequence.ops.length
    return this.next < this.work.length
  }

  /** How far it is; sequences that were told are not told again. */
  progress(): ReplayProgress {
    const sequences = this.news
    this.news = []
    return { done: this.done, all: this.all, sequences, disagreements: [...this.disagreements], releases: [...this.counts.values()].map(counts => counts.tally()) }
  }
}

/** What was begun, or what is wrong with the texts that were given. */
export function attempt<T>(begin: () => T): { readonly begun: T; readonly problem?: undefined } | { readonly begun?: undefined; readonly problem: { readonly message: string; readonly remedy: string } } {
  try {
    return { begun: begin() }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return { problem: { message: error.place, remedy: error.remedy } }
  }
}

const playedOf = ({ file }: Recording, { name, title, ops }: Sequence, { at, why }: Replayed): PlayedSequence =>
  ({ file, name, title: title ?? '', ops: ops.length, agree: at < 0 ? ops.length : at, left: at < 0 ? why : '' })

const gotOf = ({ got, crashed }: Replayed): string => (crashed ? 'an error of our own' : got ? JSON.stringify(got) : 'nothing: it is not modelled')

function disagreementOf({ file }: Recording, { name, ops, results }: Sequence, replayed: Replayed): Disagreement {
  const { at, why } = replayed
  return { file, sequence: name, op: at + 1, of: ops.length, operation: JSON.stringify(ops[at]), expected: JSON.stringify(results[at]), got: gotOf(replayed), why }
}

/** One sequence from close; null: the recording has none of that name. */
export function sequenceIn({ file, text, sequence: wanted }: GivenRecording): SequenceFound | null {
  const recording = readRecording(file, text)
  const sequence = recording.sequences.find(({ name }) => name === wanted)
  if (!sequence) return null
  const { replayed } = play(recording, sequence, [])
  const { at, why } = replayed
  const ops = sequence.ops.map((op, i): PlayedOp => ({
    op: opText(op), recorded: resultText(sequence.results[i]!), verdict: at < 0 || i < at ? 'agrees' : i === at ? 'differs' : 'not reached', why: i === at ? why : '', got: i === at ? gotOf(replayed) : '',
  }))
  return {
    played: playedOf(recording, sequence, replayed), kernel: recording.kernel, flavour: flavourOf(recording.kernel) ?? NEXT_OF_KIN, ops,
    program: recordingToText(sequence.ops, recording.nodes).text, log: sequence.log ?? [],
  }
}

const fieldText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
/** `p1 mmap fd=d1 size=8192 prot=RW → m1`. */
function opText({ op, p, as, ...fields }: Readonly<Record<string, string | number>>): string {
  return `${p ?? 'p1'} ${op}${Object.entries(fields).map(([name, value]) => ` ${name}=${fieldText(value)}`).join('')}${as === undefined ? '' : ` → ${as}`}`
}
/** `ok v=3`; what is not compared stands in brackets. */
function resultText({ r, loose, ...fields }: Readonly<Record<string, unknown>>): string {
  const free = (loose ?? []) as readonly string[]
  return `${r}${Object.entries(fields).map(([name, value]) => (free.includes(name) ? ` [${name}=${fieldText(value)}]` : ` ${name}=${fieldText(value)}`)).join('')}`
}
