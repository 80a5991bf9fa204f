/** From the playhead to what each bench shows: before, after, and the step between, plus what differs from the others. */
import { WORDS_PER_PAGE } from '../base/brand.ts'
import { DISPLAY_SHOWN, DRAM, wordOf } from '../journal/areas.ts'
import type { Journal } from '../journal/run.ts'
import { Seeker } from '../journal/seek.ts'
import type { AnyRecord, Snapshot } from '../journal/snapshot.ts'
import type { Step } from '../journal/step.ts'
import { TruthSeeker, type Truth } from '../journal/truth.ts'
import type { Id } from '../journal/vocabulary.ts'
import { seqAt, type State } from './store.ts'

export interface Shown {
  readonly journal: Journal
  readonly before: Snapshot
  readonly after: Snapshot
  readonly step: Step | null
  readonly truth: Truth
  /** Seq of the stop before: `before` is as it was then. */
  readonly since: number
  /** This bench does not do what the row shows. */
  readonly gap: boolean
}

/** A snapshot is moved, not copied, so each side of a frame has a seeker of its own. */
export interface Seekers { readonly before: Seeker; readonly after: Seeker; readonly truth: TruthSeeker }
export const makeSeekers = (journal: Journal): Seekers => ({ before: new Seeker(journal), after: new Seeker(journal), truth: new TruthSeeker(journal) })

const seekers = new WeakMap<Journal, Seekers>()

function seekersOf(journal: Journal): Seekers {
  const known = seekers.get(journal)
  if (known) return known
  const made = makeSeekers(journal)
  seekers.set(journal, made)
  return made
}

/** A run after the step `seq`; `since`: the stop before. */
export const shownAt = (journal: Journal, { before, after, truth }: Seekers, since: number, seq: number, gap = false): Shown =>
  ({ journal, before: before.at(since), after: after.at(seq), step: seq < journal.header.start ? null : journal.steps[seq]!, truth: truth.at(seq), since, gap })

/** Where a bench stands after a row. Step 0 is after boot; a run of which nothing has come yet has no steps to show. */
export const seqShown = ({ header, steps }: Journal, rows: State['rows'], at: number, bench: number): number => Math.min(seqAt(rows, at, bench, header.start), steps.length - 1)

/** `of`: whose seekers go there. What the page shows moves with its own. */
export function framesAt({ benches, rows, at }: Pick<State, 'benches' | 'rows' | 'at'>, of: (journal: Journal) => Seekers = seekersOf): (Shown | null)[] {
  return benches.map(({ run }, bench) => {
    if (!run) return null
    const { journal } = run
    const seq = seqShown(journal, rows, at, bench)
    const gap = at > 0 && rows[at - 1]?.seqs[bench] === null
    return shownAt(journal, of(journal), gap ? seq : Math.min(seqShown(journal, rows, at - 1, bench), seq), seq, gap)
  })
}

/** The first word of the page that a bench shows: the first of its first buffer. */
const pageOf = ({ truth }: Shown): number => wordOf(truth.pages[0]?.frame ?? 0)

/** Whether a page of words is the same on both sides; what is not there is 0. */
function sameWords(a: Uint32Array | undefined, from: number, b: Uint32Array | undefined, other: number): boolean {
  for (let i = 0; i < WORDS_PER_PAGE; i++) if ((a?.[from + i] ?? 0) !== (b?.[other + i] ?? 0)) return false
  return true
}

/** Ids whose records are not equal in all benches, keys of calls that ended differently so far, and pictures that are not the same, by their area. */
export function differing(shown: readonly (Shown | null)[]): ReadonlySet<string> {
  const found = new Set<string>()
  const [first, ...others] = shown
  if (!first) return found
  for (const [i, other] of others.entries()) {
    if (!other) continue
    const ours = first.after.records
    const theirs = other.after.records
    ours.forEach((record, id) => { if (!sameRecord(record, theirs.get(id), i)) found.add(id) })
    for (const id of theirs.keys()) if (!ours.has(id as Id)) found.add(id)
    if (!sameWords(first.after.words[DISPLAY_SHOWN], 0, other.after.words[DISPLAY_SHOWN], 0)) found.add(DISPLAY_SHOWN)
    if (!sameWords(first.after.words[DRAM], pageOf(first), other.after.words[DRAM], pageOf(other))) found.add(DRAM)
    if (first.step && other.step && first.step.call === other.step.call && first.step.event !== other.step.event) found.add(first.step.call)
  }
  return found
}

/** For each of the benches that the first one is compared with. */
const comparisons: WeakMap<AnyRecord, { readonly other: AnyRecord; readonly same: boolean }>[] = []

/** Records are replaced, never edited, and most stand as they did at the step before: the last answer for each is kept. */
function sameRecord(ours: AnyRecord, theirs: AnyRecord | undefined, bench: number): boolean {
  if (ours === theirs || theirs === undefined) return ours === theirs
  const compared = (comparisons[bench] ??= new WeakMap())
  const known = compared.get(ours)
  if (known?.other === theirs) return known.same
  const same = equal(ours, theirs)
  compared.set(ours, { other: theirs, same })
  return same
}

export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
