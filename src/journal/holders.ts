/**
 * Who holds which bytes: every copy of a word, a line or a page that lies in some party's hands, and how it compares with the
 * newest bytes. The stage paints from these, hazards may watch them.
 */
import { LINE_SIZE, LINES_PER_PAGE, WORDS_PER_LINE, WORDS_PER_PAGE } from '../base/brand.ts'
import { CLEAN, CPU_DATA, CPU_LINE, DIRTY, DRAM, GPU_DATA, GPU_LINE, INVALID, WC_DATA, WC_ENTRY_WORDS, wordOfLine } from './areas.ts'
import type { HardwareShape } from './run.ts'
import type { Snapshot } from './snapshot.ts'
import type { Truth } from './truth.ts'

/** The CPU's caches, one core's write-combine buffer, memory, the GPU's cache. */
export type Holder = 'cpu' | `wc.${number}` | 'dram' | 'gpu'

/** A write-combine buffer's entry for a line. */
export interface WcEntry { readonly line: number; readonly maskLow: number; readonly maskHigh: number; readonly age: number; readonly words: Uint32Array }

const word = (snapshot: Snapshot, area: string, at: number): number => snapshot.words[area]?.[at] ?? 0

/** Names of the write-combine buffers there are, in order. */
export const wcBuffers = (snapshot: Snapshot): Holder[] => Object.keys(snapshot.words).filter((area): area is `wc.${number}` => /^wc\.\d+$/.test(area)).sort()

/** The entries in use, by place; null: an empty one. */
export function wcEntries(snapshot: Snapshot, holder: Holder, count: number): (WcEntry | null)[] {
  const area = snapshot.words[holder]
  return Array.from({ length: count }, (_, i) => {
    const at = i * WC_ENTRY_WORDS
    const tag = area?.[at] ?? 0
    return tag === 0 ? null : {
      line: tag - 1, maskLow: area![at + 1]!, maskHigh: area![at + 2]!, age: area![at + 3]!, words: area!.slice(at + WC_DATA, at + WC_ENTRY_WORDS),
    }
  })
}

function wcEntryOf(snapshot: Snapshot, holder: Holder, line: number): WcEntry | null {
  const slot = wcSlot(snapshot, holder, line)
  return slot < 0 ? null : wcEntries(snapshot, holder, slot + 1)[slot]!
}
/** The place of a line's entry; -1: there is none. */
function wcSlot(snapshot: Snapshot, holder: Holder, line: number): number {
  const area = snapshot.words[holder]
  for (let at = 0; area && at < area.length; at += WC_ENTRY_WORDS) if (area[at] === line + 1) return at / WC_ENTRY_WORDS
  return -1
}

/** The bytes of word `i` of an entry that were stored, as a mask of the word. */
export function wcMask(entry: WcEntry, i: number): number {
  const nibble = ((i < 8 ? entry.maskLow : entry.maskHigh) >>> ((i % 8) * 4)) & 15
  return ((nibble & 1 ? 0xff : 0) | (nibble & 2 ? 0xff00 : 0) | (nibble & 4 ? 0xff0000 : 0) | (nibble & 8 ? 0xff000000 : 0)) >>> 0
}

/** State of a line in a cache; memory and write buffers have no states. */
export function lineState(snapshot: Snapshot, holder: Holder, line: number): number {
  if (holder === 'cpu') return word(snapshot, CPU_LINE, line)
  if (holder === 'gpu') return word(snapshot, GPU_LINE, line)
  if (holder === 'dram') return CLEAN
  return wcEntryOf(snapshot, holder, line) ? DIRTY : INVALID
}

/** What a party reads back of a word that it wrote itself: its own copy, else memory. */
export function holderWord(snapshot: Snapshot, holder: Holder, at: number): number {
  const memory = word(snapshot, DRAM, at)
  if (holder === 'dram') return memory
  const line = Math.floor(at / WORDS_PER_LINE)
  if (holder === 'cpu' || holder === 'gpu') return lineState(snapshot, holder, line) === INVALID ? memory : word(snapshot, holder === 'cpu' ? CPU_DATA : GPU_DATA, at)
  const entry = wcEntryOf(snapshot, holder, line)
  if (!entry) return memory
  const mask = wcMask(entry, at % WORDS_PER_LINE)
  return ((memory & ~mask) | (entry.words[at % WORDS_PER_LINE]! & mask)) >>> 0
}

/** The same for many words. */
export function holderWords(snapshot: Snapshot, holder: Holder, at: number, count: number): Uint32Array {
  const words = new Uint32Array(count)
  words.set(snapshot.words[DRAM]?.subarray(at, at + count) ?? NO_WORDS)
  if (holder === 'dram') return words
  if (holder !== 'cpu' && holder !== 'gpu') {
    for (let i = 0; i < count; i++) if (wcSlot(snapshot, holder, Math.floor((at + i) / WORDS_PER_LINE)) >= 0) words[i] = holderWord(snapshot, holder, at + i)
    return words
  }
  const states = snapshot.words[holder === 'cpu' ? CPU_LINE : GPU_LINE]
  const data = snapshot.words[holder === 'cpu' ? CPU_DATA : GPU_DATA]
  for (let line = Math.floor(at / WORDS_PER_LINE); states && data && line * WORDS_PER_LINE < at + count; line++) {
    if ((states[line] ?? INVALID) === INVALID) continue
    const from = Math.max(at, line * WORDS_PER_LINE)
    words.set(data.subarray(from, Math.min(at + count, (line + 1) * WORDS_PER_LINE)), from - at)
  }
  return words
}
const NO_WORDS = new Uint32Array(0)

/** One party's copies of a page, line by line. */
export interface PageCopy {
  readonly holder: Holder
  /** By word of the page; 0 where the line is absent. */
  readonly words: Uint32Array
  /** By line: INVALID (absent), CLEAN or DIRTY. */
  readonly state: Uint8Array
  /** By line, 1: some byte of the copy is not the newest. */
  readonly stale: Uint8Array
  /** By line, 1: dirty, and writing it back would destroy newer bytes. */
  readonly conflict: Uint8Array
}

export function copyOf(snapshot: Snapshot, truth: Truth, holder: Holder, frame: number): PageCopy {
  const words = new Uint32Array(WORDS_PER_PAGE)
  const state = new Uint8Array(LINES_PER_PAGE)
  const stale = new Uint8Array(LINES_PER_PAGE)
  const conflict = new Uint8Array(LINES_PER_PAGE)
  // A whole page is read at every frame of a motion, so memory and caches are read without asking line by line.
  const area = holder === 'cpu' ? CPU_DATA : holder === 'gpu' ? GPU_DATA : holder === 'dram' ? DRAM : null
  const held = area === null ? undefined : snapshot.words[area]
  for (let i = 0; i < LINES_PER_PAGE; i++) {
    const line = frame * LINES_PER_PAGE + i
    state[i] = lineState(snapshot, holder, line)
    if (state[i] === INVALID) continue
    const first = wordOfLine(line)
    for (let w = 0; w < WORDS_PER_LINE; w++) {
      const value = area === null ? holderWord(snapshot, holder, first + w) : (held?.[first + w] ?? 0)
      words[i * WORDS_PER_LINE + w] = value
      if (value === newest(truth, first + w)) continue
      stale[i] = 1
      if (state[i] === DIRTY && holder === 'cpu' && holderWord(snapshot, 'gpu', first + w) === newest(truth, first + w)) conflict[i] = 1
    }
  }
  return { holder, words, state, stale, conflict }
}

const newest = (truth: Truth, at: number): number => truth.value[at] ?? 0

export const countOf = (flags: Uint8Array, wanted = 1): number => flags.reduce((sum, flag) => sum + (flag === wanted ? 1 : 0), 0)

/** One party's copy of a line: its 64 bytes, and which of them it really holds. */
export interface LineCopy {
  readonly holder: Holder
  readonly bytes: Uint8Array
  readonly held: Uint8Array
  readonly state: number
  /** Some byte that it holds is not the newest. */
  readonly stale: boolean
}

export function linesOf(snapshot: Snapshot, truth: Truth, line: number, holders: readonly Holder[]): LineCopy[] {
  return holders.map((holder) => {
    const state = lineState(snapshot, holder, line)
    const entry = holder.startsWith('wc.') ? wcEntryOf(snapshot, holder, line) : null
    const words = Uint32Array.from({ length: WORDS_PER_LINE }, (_, i) => holderWord(snapshot, holder, wordOfLine(line) + i))
    const bytes = new Uint8Array(words.buffer)
    const masks = entry ? new Uint8Array(Uint32Array.from(words, (_, i) => wcMask(entry, i)).buffer) : null
    const held = Uint8Array.from({ length: LINE_SIZE }, (_, i) => (state === INVALID || (masks && masks[i] === 0) ? 0 : 1))
    const right = truthLine(truth, line)
    return { holder, bytes, held, state, stale: bytes.some((byte, i) => held[i] === 1 && byte !== right[i]) }
  })
}

/** The newest 64 bytes of a line. */
export const truthLine = (truth: Truth, line: number): Uint8Array =>
  new Uint8Array(Uint32Array.from({ length: WORDS_PER_LINE }, (_, i) => newest(truth, wordOfLine(line) + i)).buffer)

/** Whoever may read: a process through a cached or a write-combined mapping, the GPU, the display. */
export const READERS = ['gpu', 'display', 'cpu.wb', 'cpu.wc'] as const
export type Reader = (typeof READERS)[number]

/**
 * From whom a reader would get a line now, by the coherency class of its path: who does not snoop gets what lies in memory. (A reader
 * through a write-combined mapping drains its own buffer first; other cores' buffers are seen by nobody.)
 */
export function sourceOf(snapshot: Snapshot, { cls, displayCls }: HardwareShape, reader: Reader, line: number): Holder {
  const holds = (holder: 'cpu' | 'gpu'): boolean => lineState(snapshot, holder, line) !== INVALID
  const dirty = lineState(snapshot, 'gpu', line) === DIRTY
  const mutual = (name: string): boolean => name === 'FC' || name === 'X86'
  if (reader === 'cpu.wc') return 'dram'
  if (reader === 'cpu.wb') return holds('cpu') ? 'cpu' : mutual(cls) && dirty ? 'gpu' : 'dram'
  const own = reader === 'gpu' ? cls : displayCls
  if (reader === 'gpu' && holds('gpu')) return 'gpu'
  if (own === 'NC') return 'dram'
  return holds('cpu') ? 'cpu' : reader === 'display' && mutual(own) && dirty ? 'gpu' : 'dram'
}
