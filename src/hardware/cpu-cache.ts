/**
 * The CPU's caches: one coherent domain of all cores, by physical line. A line is absent, clean or dirty.
 * Mirrors: L1 and L2 of the cores together. Leaves out: levels, ways, sizes; a line leaves when it is told to, or by chance.
 */
import { CLEAN, CPU_DATA, CPU_LINE, DRAM, INVALID } from '../journal/areas.ts'
import { count, HELD, MODIFIED, type Cells } from './cells.ts'

export class CpuCache {
  private readonly cells: Cells
  constructor(cells: Cells) { this.cells = cells }

  /** Dirty lines go to memory and stay, clean. Answers how many. */
  writeBack(first: number, end: number): number {
    const dirty = this.cells.runs(CPU_LINE, first, end, MODIFIED)
    for (const run of dirty) {
      this.cells.copy(CPU_DATA, DRAM, run)
      this.cells.mark(CPU_LINE, run, CLEAN)
    }
    return count(dirty)
  }
  /** Dirty lines go to memory, and all lines go. Answers how many did. */
  flush(first: number, end: number): { readonly written: number; readonly left: number } {
    const dirty = this.cells.runs(CPU_LINE, first, end, MODIFIED)
    for (const run of dirty) this.cells.copy(CPU_DATA, DRAM, run)
    return { written: count(dirty), left: this.drop(first, end) }
  }
  /** Lines are no longer held, whatever they held. Answers how many. */
  drop(first: number, end: number): number {
    const held = this.cells.runs(CPU_LINE, first, end, HELD)
    for (const run of held) this.cells.mark(CPU_LINE, run, INVALID)
    return count(held)
  }
}
