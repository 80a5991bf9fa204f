/**
 * The life of one line of memory: the steps that write it, move it from hand to hand or read it, with every old copy there is then and
 * who has the newest bytes instead.
 * Leaves out: what the truth leaves out; a display reads a framebuffer whole.
 */
import { LINE_SIZE, LINES_PER_PAGE, PAGE_SIZE, WORDS_PER_LINE, WORDS_PER_PAGE, WORD_SIZE } from '../base/brand.ts'
import { CPU_DATA, DIRTY, DISPLAY_SHOWN, DRAM, GPU_SEEN, wordOfLine } from './areas.ts'
import { framesOf } from './buffer-pages.ts'
import { linesOf, READERS, sourceOf, truthLine, wcBuffers, type Holder, type LineCopy, type Reader } from './holders.ts'
import { touchesLine } from './line-steps.ts'
import type { Journal } from './run.ts'
import { MutableSnapshot, type Snapshot } from './snapshot.ts'
import { is, type Step } from './step.ts'
import { TruthSeeker, type Truth } from './truth.ts'
import type { Id } from './vocabulary.ts'

/** A copy of the line with bytes that are not the newest. */
export interface OldCopy {
  readonly holder: Holder
  readonly dirty: boolean
  /** The step that wrote those bytes last. */
  readonly wrote: number
  /** Who holds the newest of them; null: nobody does any more. */
  readonly newest: Holder | null
}

export interface LineMoment {
  readonly seq: number
  readonly wrote: boolean
  readonly old: readonly OldCopy[]
  /** Whose copies have nothing old in them. */
  readonly right: readonly Holder[]
  /** From where every reader would get the line. */
  readonly sources: Readonly<Record<Reader, Holder>>
  /** Who reads it in this step, and whether it gets old bytes. */
  readonly read: { readonly by: Reader; readonly old: boolean } | null
}

/** `truths` has worked out the stores once, whatever line is asked about. */
const kept = new WeakMap<Journal, { length: number; readonly truths: TruthSeeker; readonly lines: Map<number, readonly LineMoment[]> }>()

export function lineHistory(journal: Journal, line: number): readonly LineMoment[] {
  let known = kept.get(journal)
  // A journal that has grown since is read anew.
  if (!known || known.length !== journal.steps.length) kept.set(journal, (known = { length: journal.steps.length, truths: new TruthSeeker(journal), lines: new Map() }))
  let found = known.lines.get(line)
  if (!found) known.lines.set(line, (found = readThrough(journal, known.truths, line)))
  return found
}

function readThrough(journal: Journal, truths: TruthSeeker, line: number): LineMoment[] {
  const machine = new MutableSnapshot()
  const moments: LineMoment[] = []
  let last = truths.at(-1).wroteAt(wordOfLine(line))
  for (const step of journal.steps) {
    machine.apply(step)
    const looks = looksAt(step, machine, journal, line)
    if (!looks && !touchesLine(step, line)) continue
    const truth = truths.at(step.seq)
    const wroteAt = latest(truth, line)
    const holders: Holder[] = [...wcBuffers(machine), 'cpu', 'dram', 'gpu']
    const copies = linesOf(machine, truth, line, holders).filter(({ held }) => held.includes(1))
    moments.push({
      seq: step.seq, wrote: wroteAt > last, old: oldCopies(copies, truth, line), right: copies.filter(({ stale, holder }) => !stale && !holder.startsWith('wc.')).map(({ holder }) => holder),
      sources: Object.fromEntries(READERS.map((reader) => [reader, sourceOf(machine, journal.header.hardware, reader, line)])) as Record<Reader, Holder>,
      read: looks ? { by: looks.by, old: looks.old(truth) } : null,
    })
    last = Math.max(last, wroteAt)
  }
  return moments
}

const latest = (truth: Truth, line: number): number => Math.max(...Array.from({ length: WORDS_PER_LINE }, (_, i) => truth.wroteAt(wordOfLine(line) + i)))

/** Where there is a choice, whoever has them alone is named first. */
const BY_RANK = ({ holder, state }: LineCopy): number => (holder.startsWith('wc.') ? 0 : holder === 'dram' ? 2 : state === DIRTY ? 1 : 3)

function oldCopies(copies: readonly LineCopy[], truth: Truth, line: number): OldCopy[] {
  const right = truthLine(truth, line)
  const has = ({ bytes, held }: LineCopy, i: number): boolean => held[i] === 1 && bytes[i] === right[i]
  const ranked = [...copies].sort((a, b) => BY_RANK(a) - BY_RANK(b))
  return copies.flatMap((copy) => {
    const wrong = [...copy.bytes.keys()].filter((i) => copy.held[i] === 1 && copy.bytes[i] !== right[i])
    if (wrong.length === 0) return []
    const wrote = Math.max(...wrong.map((i) => truth.wroteAt(wordOfLine(line) + Math.floor(i / WORD_SIZE)))) - 1
    const lost = wrong.some((i) => !copies.some((other) => has(other, i)))
    return [{ holder: copy.holder, dirty: copy.state === DIRTY, wrote, newest: lost ? null : ranked.find((other) => wrong.some((i) => has(other, i)))!.holder }]
  })
}

interface Looks { readonly by: Reader; old(truth: Truth): boolean }

/** Who reads the line in a step, and how it is told whether what it got was old. */
function looksAt(step: Step, machine: Snapshot, journal: Journal, line: number): Looks | null {
  const base = journal.header.firstPfn * PAGE_SIZE
  const word = (area: string, at: number): number => machine.words[area]?.[at] ?? 0
  if (is(step, 'job.read') || is(step, 'load.bytes')) {
    const from = step.fields.phys - base
    const to = from + step.fields.sizeBytes
    if (step.fields.sizeBytes === 0 || from >= (line + 1) * LINE_SIZE || to <= line * LINE_SIZE) return null
    const words = Array.from({ length: WORDS_PER_LINE }, (_, i) => wordOfLine(line) + i).filter((at) => at * WORD_SIZE < to && (at + 1) * WORD_SIZE > from)
    const area = is(step, 'job.read') ? GPU_SEEN : step.fields.attr === 'wb' ? CPU_DATA : DRAM
    const by: Reader = is(step, 'job.read') ? 'gpu' : step.fields.attr === 'wb' ? 'cpu.wb' : 'cpu.wc'
    return { by, old: (truth) => words.some((at) => word(area, at) !== (truth.value[at] ?? 0)) }
  }
  if (!is(step, 'display.scanout')) return null
  const pixels = pixelsOf(machine, journal.header.firstPfn, step.fields.fb, line)
  return pixels.length === 0 ? null : { by: 'display', old: (truth) => pixels.some((at) => word(DISPLAY_SHOWN, at) !== (truth.shown[at] ?? 0)) }
}

/** Where on the panel the line is seen through a framebuffer. */
export function pixelsOf(snapshot: Snapshot, firstPfn: number, fb: Id, line: number): number[] {
  const { gem, width, height, pitch } = (snapshot.records.get(fb) ?? {}) as { gem?: Id; width: number; height: number; pitch: number }
  if (gem === undefined) return []
  const page = framesOf(snapshot, firstPfn, gem).indexOf(Math.floor(line / LINES_PER_PAGE))
  if (page < 0) return []
  const first = page * WORDS_PER_PAGE + (line % LINES_PER_PAGE) * WORDS_PER_LINE
  const stride = pitch / WORD_SIZE
  return Array.from({ length: WORDS_PER_LINE }, (_, i) => first + i).filter((at) => at % stride < width && at / stride < height).map((at) => Math.floor(at / stride) * width + (at % stride))
}
