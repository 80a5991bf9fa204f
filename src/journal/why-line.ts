/**
 * Why a line holds, or somebody read, old bytes: who wrote the newest, where they are, what would have brought them to the reader, and
 * between which lines of the program that is missing. Worked out from the journal by rules; a run in which every reader got the newest
 * bytes has nothing to explain.
 */
import { framesBehindBuffer } from './buffer-pages.ts'
import { READERS, type Holder, type Reader } from './holders.ts'
import { lineHistory, type LineMoment, type OldCopy } from './line-history.ts'
import { LINES_PER_PAGE } from '../base/brand.ts'
import type { Journal } from './run.ts'
import { Seeker } from './seek.ts'
import { is, type Step } from './step.ts'
import type { Id } from './vocabulary.ts'

/** What brings newer bytes on their way: out of a cache, out of a buffer, past an old copy. */
export type Need = 'clean' | 'drain' | 'gpu-clean' | 'invalidate' | 'gpu-invalidate' | 'lost'

/** A reader that got old bytes, or would get them now. */
export interface Cause {
  readonly reader: Reader
  /** The copy that it reads, and who has the newest bytes instead. */
  readonly source: Holder
  readonly newest: Holder | null
  readonly wrote: number
  /** The step in which it read old bytes; null: it has not. */
  readonly read: number | null
  readonly needs: readonly Need[]
  /** Lines of the program between which it is missing: the one that wrote, the one in which it is read. */
  readonly after: string
  readonly before: string | null
  /** Steps in between that were meant to do it and did nothing. */
  readonly vain: readonly number[]
  /** Calls in between that this run leaves out. */
  readonly leftOut: readonly number[]
  /** The last time it was done before the bytes were written: too early. */
  readonly early: number | null
}

/** Somebody would read old bytes now, and this comes before it does. */
export interface Pending { readonly reader: Reader; readonly newest: Holder | null; readonly comes: number | null }

export interface WhyLine {
  /** The last step that wrote into the line; null: none has. */
  readonly wrote: number | null
  readonly right: readonly Holder[]
  readonly old: readonly OldCopy[]
  readonly causes: readonly Cause[]
  readonly pending: readonly Pending[]
  /** The step that destroyed the newest bytes; null: somebody holds them. */
  readonly lost: number | null
}

/** By what newer bytes get to whoever reads `source`. */
export function needsOf(source: Holder, newest: Holder | null): readonly Need[] {
  if (newest === null) return ['lost']
  const out: readonly Need[] = newest.startsWith('wc.') ? ['drain'] : newest === 'gpu' ? ['gpu-clean'] : newest === 'cpu' ? ['clean'] : []
  const past: readonly Need[] = source === 'cpu' ? ['invalidate'] : source === 'gpu' ? ['gpu-invalidate'] : []
  return [...out, ...past]
}

export function whyLine(journal: Journal, line: number, seq: number): WhyLine {
  const moments = lineHistory(journal, line)
  const at = moments.findLastIndex((moment) => moment.seq <= seq)
  const past = moments.slice(0, at + 1)
  const now = past.at(-1)
  if (!now) return { wrote: null, right: [], old: [], causes: [], pending: [], lost: null }
  const misreads = READERS.flatMap((reader) => {
    const read = past.findLast(({ read }) => read?.by === reader)
    return read?.read?.old ? causeAt(journal, line, moments, read, reader, true) ?? [] : []
  })
  const open = READERS.filter((reader) => !misreads.some((cause) => cause.reader === reader) && moments.some(({ read }) => read?.by === reader)).flatMap((reader) => ahead(journal, line, moments, at, reader))
  return {
    wrote: past.findLast(({ wrote }) => wrote)?.seq ?? null, right: now.right, old: now.old,
    causes: [...misreads, ...open.filter((each) => 'source' in each)], pending: open.filter((each) => 'comes' in each),
    lost: now.old.some(({ newest }) => newest === null) ? past.find(({ old }, i) => old.some(({ newest }) => newest === null) && past.slice(i).every((later) => later.old.some(({ newest }) => newest === null)))?.seq ?? null : null,
  }
}

const copyRead = (moment: LineMoment, reader: Reader): OldCopy | undefined => moment.old.find(({ holder }) => holder === moment.sources[reader])

/** The cause of what a reader gets at a moment. A read brings the line into a cache, so the copy is that of the moment itself. */
function causeAt(journal: Journal, line: number, moments: readonly LineMoment[], moment: LineMoment, reader: Reader, happened: boolean): Cause | null {
  const old = copyRead(moment, reader)
  if (!old) return null
  const read = happened ? moment.seq : null
  return {
    reader, source: origin(moments, moment, old), newest: old.newest, wrote: old.wrote, read,
    needs: needsOf(origin(moments, moment, old), old.newest), after: callAt(journal, old.wrote), before: read === null ? null : callAt(journal, read),
    leftOut: leftOut(journal, old.wrote, moment.seq), vain: inVain(journal, line, old.wrote, moment.seq), early: tooEarly(journal, line, old.wrote),
  }
}

/** A line that came into the reader's cache only after the newest bytes were written came old from memory: there it has to be put right. */
function origin(moments: readonly LineMoment[], moment: LineMoment, old: OldCopy): Holder {
  if (old.holder !== 'cpu' && old.holder !== 'gpu') return old.holder
  const written = moments.find(({ seq }) => seq >= old.wrote)
  return written && written.seq < moment.seq && !written.old.some(({ holder }) => holder === old.holder) ? 'dram' : old.holder
}

/** What becomes of a reader that would get old bytes now: they come in time, it reads them old, or it never reads them. */
function ahead(journal: Journal, line: number, moments: readonly LineMoment[], at: number, reader: Reader): (Cause | Pending)[] {
  const old = copyRead(moments[at]!, reader)
  if (!old) return []
  for (const moment of moments.slice(at + 1)) {
    if (moment.read?.by === reader && moment.read.old) {
      const cause = causeAt(journal, line, moments, moment, reader, true)
      return cause ? [cause] : []
    }
    if (!copyRead(moment, reader)) return [{ reader, newest: old.newest, comes: moment.seq }]
  }
  return [{ reader, newest: old.newest, comes: null }]
}

const CALL = /^job:([A-Z]\.\d+(?:\+\d+)?)/

/** The call of the program that a step belongs to: its own, that of its job, or the last one that had begun. */
export function callAt(journal: Journal, seq: number): string {
  const step = journal.steps[seq]
  if (!step) return ''
  const job = CALL.exec(String((step.fields as { job?: Id }).job ?? ''))?.[1]
  return step.call || job || (journal.steps.slice(0, seq).findLast(({ call }) => call !== '')?.call ?? '')
}

function leftOut({ header, steps }: Journal, from: number, to: number): number[] {
  const keys = header.recipe.skip ?? []
  return steps.slice(from, to).flatMap((step) => (is(step, 'trap.skip') || (is(step, 'line.skip') && keys.includes(step.call)) ? [step.seq] : []))
}

/** Brackets around the line's buffer that came to nothing: no hook behind them, or nothing to do in the eyes of the DMA API. */
function inVain(journal: Journal, line: number, from: number, to: number): number[] {
  const frame = Math.floor(line / LINES_PER_PAGE)
  const seeker = new Seeker(journal)
  const behind = (step: Step, dmaBuf: Id): boolean => {
    const snapshot = seeker.at(step.seq)
    const record = snapshot.records.get(dmaBuf) as { priv: Id } | undefined
    return record !== undefined && framesBehindBuffer(snapshot, journal.header.firstPfn, record.priv).includes(frame)
  }
  return journal.steps.slice(from, to).flatMap((step) => {
    if (is(step, 'sync.nohook')) return behind(step, step.fields.dmaBuf) ? [step.seq] : []
    return is(step, 'dma.sync') && step.fields.action === 'nothing' ? [step.seq] : []
  })
}

/** The last clean or invalidate of the line that came before its newest bytes did. */
function tooEarly(journal: Journal, line: number, wrote: number): number | null {
  const found = journal.steps.slice(journal.header.start, wrote).findLast((step) => (is(step, 'cache.clean') || is(step, 'cache.invalidate') || is(step, 'cache.flush')) && step.fields.agent === 'cpu'
    && step.fields.line <= line && line < step.fields.line + step.fields.lines)
  return found?.seq ?? null
}
