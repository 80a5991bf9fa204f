/**
 * The newest bytes of memory: what every word would hold if all caches and write buffers were looked into, and which step wrote it.
 * Derived from stores alone: after a step that stores, the truth of its range is what the writer itself would read back. Movement
 * (fills, cleans, drains) changes nothing here, so a copy that differs from the truth is an old one.
 * Leaves out: bytes that were written twice with the same value: an older copy of those cannot be told from the newest.
 */
import { LINE_SIZE, PAGE_SIZE, WORDS_PER_LINE, WORDS_PER_PAGE } from '../base/brand.ts'
import { CPU_DATA, DISPLAY_SHOWN, DRAM, GPU_DATA, GPU_SEEN, WC_DATA, WC_ENTRY_WORDS } from './areas.ts'
import { holderWord, type Holder } from './holders.ts'
import type { Journal } from './run.ts'
import { applyWords, MutableSnapshot, type AnyRecord, type Snapshot } from './snapshot.ts'
import type { Step, WordChange } from './step.ts'
import type { Id } from './vocabulary.ts'

export interface Truth {
  /** The newest value of every word of memory, by word. */
  readonly value: Uint32Array
  /** Who wrote it and when: the step's seq + 1, by word; 0 before anybody did. */
  readonly wroteAt: Uint32Array
  /** What the panel would show had the display read the newest bytes: as they were when it read. */
  readonly shown: Uint32Array
  /** The same for what jobs read (`gpu.seen`). */
  readonly seen: Uint32Array
  /** Pages of buffers in order of first appearance; a page stays known when its buffer is gone. */
  readonly pages: readonly BufferPage[]
}

/** Page `index` of a buffer (a GEM object, a memfd, a heap's) lies in this frame. */
export interface BufferPage { readonly owner: Id; readonly index: number; readonly frame: number; readonly since: number }

const VALUE = 'value'
const WROTE_AT = 'wroteAt'
const NONE = new Uint32Array(0)

/** Hardware events that only move bytes, and reads; a drain moves bytes too, but may show some for the first time. */
const MOVES = /^(cache|wc|tlb|walk|dma|display)\.|^(load\.bytes|job\.read)$/

interface StoreFields { readonly phys?: number; readonly sizeBytes?: number; readonly attr?: string; readonly core?: number }

export class TruthSeeker {
  /** The machine after the last step whose stores were worked out. */
  private readonly machine = new MutableSnapshot()
  private readonly now: Record<string, Uint32Array> = {}
  /** What each step changed, both sides. */
  private readonly notes: (readonly WordChange[])[] = []
  private readonly pages: BufferPage[] = []
  private readonly paged = new Set<string>()
  private next = 0

  constructor(private readonly journal: Journal) {}

  /** The truth after step `seq`; -1 is before the first. The answer is good until the next question. */
  at(seq: number): Truth {
    const end = Math.min(seq + 1, this.journal.steps.length)
    while (this.next < end) {
      const note = (this.notes[this.next] ??= this.note(this.journal.steps[this.next]!))
      for (const change of note) applyWords(this.now, change, change.to)
      this.next++
    }
    while (this.next > end) for (const change of [...this.notes[--this.next]!].reverse()) applyWords(this.now, change, change.from)
    return {
      value: this.now[VALUE] ?? NONE, wroteAt: this.now[WROTE_AT] ?? NONE, shown: this.now[DISPLAY_SHOWN] ?? NONE, seen: this.now[GPU_SEEN] ?? NONE,
      pages: this.pages.filter((page) => page.since < end),
    }
  }

  private note(step: Step): WordChange[] {
    this.machine.apply(step)
    this.learnPages(step)
    const notes: WordChange[] = []
    const set = (area: string, at: number, to: Uint32Array): void => {
      notes.push({ area, at, from: Uint32Array.from(to, (_, i) => this.now[area]?.[at + i] ?? 0), to })
    }
    const event: string = step.event
    if (event === 'display.scanout') for (const { at, to } of changesOf(step, DISPLAY_SHOWN)) set(DISPLAY_SHOWN, at, this.scanned(step, at, to.length))
    else if (event === 'job.read') for (const { at, to } of changesOf(step, GPU_SEEN)) set(GPU_SEEN, at, Uint32Array.from(to, (_, i) => this.now[VALUE]?.[at + i] ?? 0))
    else {
      for (const { holder, from, to } of this.stored(step)) {
        const first = from >>> 2
        const values = Uint32Array.from({ length: ((to - 1) >>> 2) - first + 1 }, (_, i) => this.merged(holder, first + i, from, to))
        set(VALUE, first, values)
        set(WROTE_AT, first, new Uint32Array(values.length).fill(step.seq + 1))
      }
    }
    return notes
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

  /** A word after the store: the bytes in the range as their writer reads them, the others as they were. */
  private merged(holder: Holder, at: number, from: number, to: number): number {
    const read = holderWord(this.machine, holder, at)
    const first = Math.max(0, from - at * 4)
    const end = Math.min(4, to - at * 4)
    if (end - first === 4) return read
    const mask = (((1 << (end * 8)) - 1) & ~((1 << (first * 8)) - 1)) >>> 0
    // `1 << 32` is 1 in JavaScript, so a range that reaches the word's end is masked from its first byte up.
    const wanted = end === 4 ? (0xffff_ffff << (first * 8)) >>> 0 : mask
    return (((this.now[VALUE]?.[at] ?? 0) & ~wanted) | (read & wanted)) >>> 0
  }

  /** The newest pixels of the framebuffer that was read, as the display walks through it. */
  private scanned(step: Step, at: number, count: number): Uint32Array {
    const { records } = this.machine
    const fb = records.get((step.fields as { fb: Id }).fb) as { gem: Id; width: number; pitch: number } | undefined
    const frames = fb ? framesOf(this.machine, this.journal.header.firstPfn, fb.gem) : []
    return Uint32Array.from({ length: count }, (_, i) => {
      const pixel = at + i
      const word = fb ? Math.floor(pixel / fb.width) * (fb.pitch / 4) + (pixel % fb.width) : 0
      const frame = frames[Math.floor(word / WORDS_PER_PAGE)] ?? -1
      return frame < 0 ? 0 : (this.now[VALUE]?.[frame * WORDS_PER_PAGE + (word % WORDS_PER_PAGE)] ?? 0)
    })
  }

  private learnPages(step: Step): void {
    for (const { id, to } of step.changes) {
      if (to === undefined || !hasPages(id)) continue
      ownFrames(this.machine, this.machine.records.get(id), this.journal.header.firstPfn).forEach((frame, index) => {
        const key = `${id} ${frame}`
        if (frame < 0 || this.paged.has(key)) return
        this.paged.add(key)
        this.pages.push({ owner: id, index, frame, since: step.seq })
      })
    }
  }
}

interface Range { readonly holder: Holder; readonly from: number; readonly to: number }

/** A store longer than the buffer pushes its own first lines out: those were in no entry before, so the drain is the first to show them. */
function passedThrough(step: Step): Range[] {
  const buffers = step.words.filter(({ area }) => area.startsWith('wc.'))
  const held = new Set(buffers.flatMap(({ at, from }) => [...from].filter((_, i) => (at + i) % WC_ENTRY_WORDS === 0)))
  const memory: Range[] = []
  for (const { at, to } of changesOf(step, DRAM)) {
    for (let word = at; word < at + to.length; word++) {
      if (held.has(Math.floor(word / WORDS_PER_LINE) + 1)) continue
      const last = memory.at(-1)
      if (last?.to === word * 4) memory[memory.length - 1] = { ...last, to: last.to + 4 }
      else memory.push({ holder: 'dram', from: word * 4, to: word * 4 + 4 })
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

/** What lies behind a range of addresses that a device was given: memory as it is, or the pages that its IOMMU leads to. */
export function framesAtDma(snapshot: Snapshot, firstPfn: number, device: string, dmaAddr: number, sizeBytes: number): readonly number[] {
  const { iovas } = (snapshot.records.get(device.replace('device', 'io_table') as Id) ?? {}) as { iovas?: readonly { readonly addr: number; readonly frames: readonly number[] }[] }
  return iovas?.find(({ addr }) => addr === dmaAddr)?.frames ?? Array.from({ length: sizeBytes / PAGE_SIZE }, (_, i) => dmaAddr / PAGE_SIZE - firstPfn + i)
}

/** Pages listed one by one, or those behind a run of the device's addresses. */
function ownFrames(snapshot: Snapshot, record: AnyRecord | undefined, firstPfn: number): readonly number[] {
  const { pages, filp, dmaAddr, sizeBytes, device } = (record ?? {}) as { pages?: readonly number[] | null; filp?: readonly number[] | null; dmaAddr?: number | null; sizeBytes?: number; device?: string }
  if (pages ?? filp) return pages ?? filp ?? []
  return typeof dmaAddr === 'number' ? framesAtDma(snapshot, firstPfn, device ?? '', dmaAddr, sizeBytes ?? PAGE_SIZE) : []
}

/** The frames behind a GEM object: its own, or those of the buffer that it was imported from. */
export function framesOf(snapshot: Snapshot, firstPfn: number, gem: Id): readonly number[] {
  const record = snapshot.records.get(gem)
  const own = ownFrames(snapshot, record, firstPfn)
  if (own.length > 0 || !record) return own
  const attachment = snapshot.records.get(record.importAttach as Id) as { dmaBuf: Id } | undefined
  const dmaBuf = attachment && (snapshot.records.get(attachment.dmaBuf) as { priv: Id } | undefined)
  return dmaBuf ? framesBehindBuffer(snapshot, firstPfn, dmaBuf.priv) : []
}

/** The frames of what a dma-buf stands for: a udmabuf keeps those that its memory file had. */
export function framesBehindBuffer(snapshot: Snapshot, firstPfn: number, priv: Id): readonly number[] {
  const record = snapshot.records.get(priv)
  return (record?.['frames'] as readonly number[] | undefined) ?? ownFrames(snapshot, record, firstPfn)
}

/** Kinds of objects that have pages of their own. */
export const hasPages = (id: Id): boolean => /^(gem|memfd|heap_buffer|cma_heap_buffer|vb2_dc_buf|vb2_dma_sg_buf):/.test(id)
