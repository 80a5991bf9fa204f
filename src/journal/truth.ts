/**
 * The newest bytes of memory: what every word would hold if all caches and write buffers were looked into, and which step wrote it.
 * Derived from stores alone: after a step that stores, the truth of its range is what the writer itself would read back. Movement
 * (fills, cleans, drains) changes nothing here, so a copy that differs from the truth is an old one.
 * Leaves out: bytes that were written twice with the same value: an older copy of those cannot be told from the newest.
 */
import { LINE_SIZE, PAGE_SIZE, WORDS_PER_LINE, WORDS_PER_PAGE } from '../base/brand.ts'
import { CPU_DATA, DISPLAY_SHOWN, DRAM, GPU_DATA, GPU_SEEN, WC_DATA, WC_ENTRY_WORDS } from './areas.ts'
import { framesOf, Pages, type BufferPage } from './buffer-pages.ts'
import { holderWords, type Holder } from './holders.ts'
import { marksOf, touched } from './marks.ts'
import type { Journal } from './run.ts'
import { applyWords, areaOf, MutableSnapshot } from './snapshot.ts'
import { LONG, Stretches } from './stretches.ts'
import type { Step, WordChange } from './step.ts'
import type { Id } from './vocabulary.ts'

export interface Truth {
  /** The newest value of every word of memory, by word. */
  readonly value: Uint32Array
  /** By line of memory, how the copies of it compare with the newest bytes: bits DRAM_OLD, CPU_OLD, GPU_OLD, CONFLICT. */
  readonly marks: Uint32Array
  /** The last step that stored a word, as its seq + 1; 0: nobody did. */
  wroteAt(word: number): number
  /** What the panel would show had the display read the newest bytes: as they were when it read. */
  readonly shown: Uint32Array
  /** By line of the panel, 1: it shows bytes that were not the newest when the display read them. */
  readonly shownOld: Uint32Array
  /** The same as `shown` for what jobs read (`gpu.seen`). */
  readonly seen: Uint32Array
  /** Pages of buffers in order of first appearance; a page stays known when its buffer is gone. */
  readonly pages: readonly BufferPage[]
}

const VALUE = 'value'
const MARKS = 'marks'
const SHOWN_OLD = 'shown.old'
const NONE = new Uint32Array(0)

/** Hardware events that only move bytes, and reads; a drain moves bytes too, but may show some for the first time. */
const MOVES = /^(cache|wc|tlb|walk|dma|display)\.|^(load\.bytes|job\.read)$/

interface StoreFields { readonly phys?: number; readonly sizeBytes?: number; readonly attr?: string; readonly core?: number }

export class TruthSeeker {
  /** The machine after the last step whose stores were worked out. */
  private readonly machine = new MutableSnapshot()
  private readonly now: Record<string, Uint32Array> = {}
  private readonly known: Record<string, Stretches> = {}
  /** What each step changed, both sides. */
  private readonly notes: (readonly WordChange[])[] = []
  private readonly stores: { readonly seq: number; readonly at: number; readonly behind: number }[] = []
  private readonly pages = new Pages()
  private next = 0

  constructor(private readonly journal: Journal) {}

  /** The truth after step `seq`; -1 is before the first. The answer is good until the next question. */
  at(seq: number): Truth {
    const end = Math.min(seq + 1, this.journal.steps.length)
    while (this.next < end) {
      const known = this.notes[this.next]
      if (known) for (const change of known) applyWords(this.now, change, change.to)
      else this.notes[this.next] = this.note(this.journal.steps[this.next]!)
      this.next++
    }
    while (this.next > end) {
      const note = this.notes[--this.next]!
      for (let i = note.length - 1; i >= 0; i--) applyWords(this.now, note[i]!, note[i]!.from)
    }
    const area = (name: string): Uint32Array => this.now[name] ?? NONE
    return {
      value: area(VALUE), marks: area(MARKS), wroteAt: word => this.wroteAt(word, end), shown: area(DISPLAY_SHOWN), shownOld: area(SHOWN_OLD), seen: area(GPU_SEEN),
      pages: this.pages.before(end),
    }
  }

  private wroteAt(word: number, end: number): number {
    return (this.stores.findLast(({ seq, at, behind }) => seq < end && at <= word && word < behind)?.seq ?? -1) + 1
  }

  /** Works out what a step changed, and changes it. Asked once for each step, in order. */
  private note(step: Step): WordChange[] {
    this.machine.apply(step)
    this.pages.learn(step, this.machine, this.journal.header.firstPfn)
    const notes: WordChange[] = []
    const set = (area: string, at: number, to: Uint32Array): void => {
      const known = (this.known[area] ??= new Stretches())
      const now = areaOf(this.now, area, at + to.length)
      notes.push({ area, at, from: (to.length >= LONG ? known.find(at, to.length) : undefined) ?? now.slice(at, at + to.length), to })
      known.put(at, to)
      now.set(to, at)
    }
    const event: string = step.event
    if (event === 'display.scanout') for (const { at, to } of changesOf(step, DISPLAY_SHOWN)) this.scan(step, at, to, set)
    else if (event === 'job.read') for (const { at, to } of changesOf(step, GPU_SEEN)) set(GPU_SEEN, at, areaOf(this.now, VALUE, at + to.length).slice(at, at + to.length))
    else for (const { holder, from, to } of this.stored(step)) set(VALUE, from >>> 2, this.merged(step, holder, from, to))
    const stored = notes.filter(({ area }) => area === VALUE)
    for (const { at, to } of stored) this.stores.push({ seq: step.seq, at, behind: at + to.length })
    for (const [first, end] of touched(step, stored)) set(MARKS, first, marksOf(this.machine, areaOf(this.now, VALUE, end * WORDS_PER_LINE), first, end))
    return notes
  }

  private scan(step: Step, at: number, read: Uint32Array, set: (area: string, at: number, to: Uint32Array) => void): void {
    const right = this.scanned(step, at, read.length)
    set(DISPLAY_SHOWN, at, same(right, read) ? read : right)
    set(SHOWN_OLD, Math.floor(at / WORDS_PER_LINE), Uint32Array.from({ length: Math.ceil(read.length / WORDS_PER_LINE) }, (_, line) => {
      const first = line * WORDS_PER_LINE
      for (let i = first; i < Math.min(first + WORDS_PER_LINE, read.length); i++) if (read[i] !== right[i]) return 1
      return 0
    }))
  }

  /** The bytes that a step stored, counted from the first of memory, and who reads them back. */
  private stored(step: Step): Range[] {
    const event: string = step.event
    const fields = step.fields as StoreFields
    if (event === 'wc.drain') return passedThrough(step)
    if (MOVES.test(event)) return []
    if ((event === 'store.bytes' || event === 'job.write') && fields.phys !== undefined && fields.sizeBytes !== undefined) {
      const from = fields.phys - this.journal.header.firstPfn * PAGE_SIZE
      const holder: Holder = event === 'job.write' ? 'gpu' : fields.attr === 'wb' ? 'cpu' : fields.attr === 'wc' ? `wc.${fields.core ?? 0}` : 'dram'
      return fields.sizeBytes > 0 ? [{ holder, from, to: from + fields.sizeBytes }] : []
    }
    return step.words.flatMap((change) => rangesOf(change))
  }

  /** The words of a store: the bytes in its range as their writer reads them, the others as they were. */
  private merged(step: Step, holder: Holder, from: number, to: number): Uint32Array {
    const first = from >>> 2
    const end = ((to - 1) >>> 2) + 1
    const own = holder === 'cpu' ? CPU_DATA : holder === 'gpu' ? GPU_DATA : holder === 'dram' ? DRAM : null
    // What the step itself brought into the writer's hands is what the writer reads.
    const brought = own === null ? undefined : step.words.findLast(({ area, at, to: words }) => area === own && at <= first && at + words.length >= end)
    if (brought && from % 4 === 0 && to % 4 === 0) return brought.to.subarray(first - brought.at, end - brought.at)
    const words = holderWords(this.machine, holder, first, end - first)
    const old = areaOf(this.now, VALUE, end)
    for (const i of new Set([0, words.length - 1])) words[i] = merge(old[first + i]!, words[i]!, from - (first + i) * 4, to - (first + i) * 4)
    return words
  }

  /** The newest pixels of the framebuffer that was read, as the display walks through it. */
  private scanned(step: Step, at: number, count: number): Uint32Array {
    const { records } = this.machine
    const fb = records.get((step.fields as { fb: Id }).fb) as { gem: Id; width: number; pitch: number } | undefined
    const pixels = new Uint32Array(count)
    if (!fb) return pixels
    const frames = framesOf(this.machine, this.journal.header.firstPfn, fb.gem)
    const value = this.now[VALUE] ?? NONE
    for (let i = 0; i < count; ) {
      const [x, y] = [(at + i) % fb.width, Math.floor((at + i) / fb.width)]
      const word = y * (fb.pitch / 4) + x
      const inPage = word % WORDS_PER_PAGE
      const piece = Math.min(count - i, fb.width - x, WORDS_PER_PAGE - inPage)
      const frame = frames[Math.floor(word / WORDS_PER_PAGE)] ?? -1
      if (frame >= 0) pixels.set(value.subarray(frame * WORDS_PER_PAGE + inPage, frame * WORDS_PER_PAGE + inPage + piece), i)
      i += piece
    }
    return pixels
  }
}

/** A word whose bytes `from` up to `to` are those of another; the bounds may lie outside of it. */
function merge(old: number, read: number, from: number, to: number): number {
  const first = Math.max(0, from)
  const end = Math.min(4, to)
  if (end - first === 4) return read
  // `1 << 32` is 1 in JavaScript, so a range that reaches the word's end is masked from its first byte up.
  const mask = end === 4 ? 0xffff_ffff << (first * 8) : ((1 << (end * 8)) - 1) & ~((1 << (first * 8)) - 1)
  return ((old & ~mask) | (read & mask)) >>> 0
}

const same = (a: Uint32Array, b: Uint32Array): boolean => a.length === b.length && a.every((word, i) => word === b[i])

interface Range { readonly holder: Holder; readonly from: number; readonly to: number }

/** A store longer than the buffer pushes its own first lines out: those were in no entry before, so the drain is the first to show them. */
function passedThrough(step: Step): Range[] {
  const buffers = step.words.filter(({ area }) => area.startsWith('wc.'))
  const held = new Set(buffers.flatMap(({ at, from }) => [...from].filter((_, i) => (at + i) % WC_ENTRY_WORDS === 0)))
  const memory: Range[] = []
  for (const { at, to } of changesOf(step, DRAM)) {
    const end = at + to.length
    for (let word = at; word < end; ) {
      const line = Math.floor(word / WORDS_PER_LINE)
      const behind = Math.min(end, (line + 1) * WORDS_PER_LINE)
      const last = memory.at(-1)
      if (held.has(line + 1)) word = behind
      else if (last?.to === word * 4) memory[memory.length - 1] = { ...last, to: behind * 4 }
      else memory.push({ holder: 'dram', from: word * 4, to: behind * 4 })
      word = behind
    }
  }
  return [...memory, ...buffers.flatMap(rangesOf)]
}

const changesOf = (step: Step, area: string): readonly WordChange[] => step.words.filter((change) => change.area === area)

/** The bytes of memory that a change of words in some party's hands covers. */
function rangesOf({ area, at, from, to }: WordChange): Range[] {
  const whole = (holder: Holder): Range[] => [{ holder, from: at * 4, to: (at + to.length) * 4 }]
  if (area === CPU_DATA) return whole('cpu')
  if (area === DRAM) return whole('dram')
  if (area === GPU_DATA) return whole('gpu')
  if (!area.startsWith('wc.')) return []
  // Entries whose data or mask changed; a changed age alone is no store.
  const found: Range[] = []
  for (let word = 0; word < to.length; word++) {
    const slot = (at + word) % WC_ENTRY_WORDS
    const tag = to[word - slot] ?? 0
    if (slot < WC_DATA || tag === 0 || from[word] === to[word]) continue
    const start = (tag - 1) * LINE_SIZE + ((slot - WC_DATA) % WORDS_PER_LINE) * 4
    found.push({ holder: area as Holder, from: start, to: start + 4 })
  }
  return found
}
