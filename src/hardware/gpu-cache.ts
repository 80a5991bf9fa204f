/**
 * The GPU's cache, by physical line, with a mask of the bytes that it wrote: only those are written back.
 * Mirrors: Mali's L2 with the L1s in front of it. Leaves out: ways, sizes; that the mask is by byte is an assumption.
 */
import { WORDS_PER_LINE, LINE_SIZE, type PhysAddr } from '../base/brand.ts'
import { CLEAN, DIRTY, DRAM, GPU_DATA, GPU_LINE, GPU_MASK, GPU_OUTER, INVALID } from '../journal/areas.ts'
import { count, HELD, maskOf, merge, MODIFIED, type Cells, type Run } from './cells.ts'

export class GpuCache {
  private readonly cells: Cells
  constructor(cells: Cells) { this.cells = cells }

  /** Written bytes of dirty lines go to memory; the lines stay, clean. Answers how many. */
  writeBack(first: number, end: number): number {
    const dirty = this.cells.runs(GPU_LINE, first, end, MODIFIED)
    for (const run of dirty) this.land(run)
    return count(dirty)
  }
  private land(run: Run): void {
    const { cells } = this
    const [first, end] = run
    const masks = cells.area(GPU_MASK, end * 2).subarray(first * 2, end * 2)
    if (masks.every(mask => mask === 0xffff_ffff)) cells.copy(GPU_DATA, DRAM, run)
    else {
      const words = cells.area(DRAM, end * WORDS_PER_LINE).slice(first * WORDS_PER_LINE, end * WORDS_PER_LINE)
      const written = cells.area(GPU_DATA, end * WORDS_PER_LINE).subarray(first * WORDS_PER_LINE, end * WORDS_PER_LINE)
      for (let i = 0; i < end - first; i++) {
        merge(words.subarray(i * WORDS_PER_LINE, (i + 1) * WORDS_PER_LINE), written.subarray(i * WORDS_PER_LINE, (i + 1) * WORDS_PER_LINE), masks[i * 2]!, masks[i * 2 + 1]!)
      }
      cells.world.write(DRAM, first * WORDS_PER_LINE, words, true)
    }
    cells.world.write(GPU_MASK, first * 2, new Uint32Array((end - first) * 2), true)
    cells.mark(GPU_LINE, run, CLEAN)
  }

  /** Bytes come into lines that are held; they are dirty from now on. */
  put(phys: PhysAddr, bytes: Uint8Array): void {
    const { cells } = this
    const at = cells.byteAt(phys)
    const [first, end] = cells.linesOf(phys, bytes.length)
    cells.put(GPU_DATA, phys, bytes)
    const masks = cells.area(GPU_MASK, end * 2).slice(first * 2, end * 2)
    for (let line = first; line < end; line++) {
      const [lo, hi] = maskOf(Math.max(0, at - line * LINE_SIZE), Math.min(LINE_SIZE, at + bytes.length - line * LINE_SIZE))
      masks[(line - first) * 2]! |= lo
      masks[(line - first) * 2 + 1]! |= hi
    }
    cells.world.write(GPU_MASK, first * 2, masks, true)
    cells.markAll(GPU_LINE, first, end, DIRTY)
  }

  drop(first: number, end: number): number {
    const held = this.cells.runs(GPU_LINE, first, end, HELD)
    for (const run of held) {
      // A line that goes forgets what was written in it.
      if (this.cells.area(GPU_MASK, run[1] * 2).subarray(run[0] * 2, run[1] * 2).some(mask => mask !== 0)) this.cells.world.write(GPU_MASK, run[0] * 2, new Uint32Array((run[1] - run[0]) * 2))
      this.cells.mark(GPU_LINE, run, INVALID)
    }
    return count(held)
  }

  /** From the first line held to behind the last one. */
  extent(): Run {
    const runs = this.cells.runs(GPU_LINE, 0, this.cells.world.words[GPU_LINE]?.length ?? 0, HELD)
    return runs.length === 0 ? [0, 0] : [runs[0]![0], runs[runs.length - 1]![1]]
  }

  /** Lines of a range that were last reached through an entry that asks for outer shareability. */
  outer(first: number, end: number): readonly Run[] { return this.cells.runs(GPU_OUTER, first, end, 1 << 1) }
  setOuter(first: number, end: number, outer: boolean): void {
    for (const run of this.cells.runs(GPU_OUTER, first, end, 1 << (outer ? 0 : 1))) this.cells.mark(GPU_OUTER, run, outer ? 1 : 0)
  }
}
