/**
 * The write-combine buffer of a core: stores of a write-combined mapping gather here by line until they drain to memory.
 * Nobody else sees them before that.
 * Mirrors: the Normal-NC store buffer of arm64 cores, the WC buffers of x86. Leaves out: that real cores differ in number and size.
 */
import { LINE_SIZE, WORDS_PER_LINE, type PhysAddr } from '../base/brand.ts'
import { DRAM, wcArea, WC_DATA, WC_ENTRY_WORDS } from '../journal/areas.ts'
import { maskOf, merge, type Cells } from './cells.ts'

interface Entry { readonly slot: number; readonly line: number; lo: number; hi: number; readonly words: Uint32Array }

export class WriteCombine {
  private readonly cells: Cells
  private readonly entries: number
  /** What happens to cached copies of lines before they are written past the caches. */
  private readonly before: (first: number, end: number) => void
  constructor(cells: Cells, entries: number, before: (first: number, end: number) => void) {
    this.cells = cells
    this.entries = entries
    this.before = before
  }

  /** Gathers a range of bytes. Entries that must make room drain, oldest first: `tell` is given how many, before the bytes are there. */
  store(core: number, phys: PhysAddr, bytes: Uint8Array, tell: (lines: number) => void): void {
    const held = this.read(core)
    const stay = new Set(held.map(entry => entry.slot))
    const land = (entry: Entry): void => {
      this.land(entry)
      stay.delete(entry.slot)
    }
    const [first, end] = this.cells.linesOf(phys, bytes.length)
    const base = this.cells.byteAt(phys)
    let drained = 0
    let line = first
    const through = end - this.entries
    if (line < through && !held.some(entry => entry.line >= first && entry.line < end)) {
      // A long range pushes out everything older and all but its own last lines.
      drained += held.length + through - first
      for (const entry of held.splice(0)) land(entry)
      this.before(first, through)
      this.cells.put(DRAM, phys, bytes.subarray(0, through * LINE_SIZE - base))
      line = through
    }
    for (; line < end; line++) {
      let entry = held.find(one => one.line === line)
      if (!entry) {
        if (held.length === this.entries) {
          land(held.shift()!)
          drained++
        }
        let slot = 0
        while (held.some(one => one.slot === slot)) slot++
        held.push((entry = { slot, line, lo: 0, hi: 0, words: new Uint32Array(WORDS_PER_LINE) }))
      }
      const from = Math.max(0, base - line * LINE_SIZE)
      const to = Math.min(LINE_SIZE, base + bytes.length - line * LINE_SIZE)
      new Uint8Array(entry.words.buffer).set(bytes.subarray(line * LINE_SIZE + from - base, line * LINE_SIZE + to - base), from)
      const [lo, hi] = maskOf(from, to)
      entry.lo = (entry.lo | lo) >>> 0
      entry.hi = (entry.hi | hi) >>> 0
    }
    if (drained > 0) {
      this.write(core, this.read(core).filter(entry => stay.has(entry.slot)))
      tell(drained)
    }
    this.write(core, held)
  }

  /** Drains the core's entries in that range of lines, all of them by default, oldest first. Answers how many there were. */
  drain(core: number, first = 0, end = Infinity): number {
    if (this.isEmpty(core)) return 0
    const held = this.read(core)
    const leaving = held.filter(entry => entry.line >= first && entry.line < end)
    if (leaving.length === 0) return 0
    for (const entry of leaving) this.land(entry)
    this.write(core, held.filter(entry => !leaving.includes(entry)))
    return leaving.length
  }

  /** The lines that wait in a core's buffer, oldest first. */
  waiting(core: number): number[] { return this.read(core).map(entry => entry.line) }

  private land({ line, lo, hi, words }: Entry): void {
    this.before(line, line + 1)
    const at = line * WORDS_PER_LINE
    const now = this.cells.area(DRAM, at + WORDS_PER_LINE).slice(at, at + WORDS_PER_LINE)
    merge(now, words, lo, hi)
    this.cells.world.write(DRAM, at, now)
  }

  private isEmpty(core: number): boolean {
    const area = this.cells.world.words[wcArea(core)]
    for (let slot = 0; area && slot < this.entries; slot++) if (area[slot * WC_ENTRY_WORDS] !== 0) return false
    return true
  }

  /** Entries by age, the oldest first. */
  private read(core: number): Entry[] {
    const area = this.cells.world.words[wcArea(core)]
    if (area === undefined) return []
    const found: [number, Entry][] = []
    for (let slot = 0; slot < this.entries; slot++) {
      const at = slot * WC_ENTRY_WORDS
      if (area[at] === 0) continue
      found.push([area[at + 3]!, { slot, line: area[at]! - 1, lo: area[at + 1]!, hi: area[at + 2]!, words: area.slice(at + WC_DATA, at + WC_ENTRY_WORDS) }])
    }
    return found.sort(([a], [b]) => a - b).map(([, entry]) => entry)
  }

  /** Ages are places in the order, so that equal buffers are equal words. */
  private write(core: number, held: readonly Entry[]): void {
    const words = new Uint32Array(this.entries * WC_ENTRY_WORDS)
    held.forEach(({ slot, line, lo, hi, words: bytes }, i) => {
      words.set([line + 1, lo, hi, i + 1], slot * WC_ENTRY_WORDS)
      words.set(bytes, slot * WC_ENTRY_WORDS + WC_DATA)
    })
    this.cells.world.write(wcArea(core), 0, words)
  }
}
