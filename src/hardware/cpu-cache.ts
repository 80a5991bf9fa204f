/**
 * The CPU's caches: one coherent domain of all cores, by physical line. A line is absent, clean or dirty.
 * Mirrors: L1 and L2 of the cores together. Leaves out: levels, ways, sizes; a line leaves when it is told to, or by chance.
 */
import { CLEAN, CPU_DATA, CPU_LINE, DRAM, INVALID } from '../journal/areas.ts'
import { count, HELD, MODIFIED, type Cells, type Run } from './cells.ts'

/** How many lines went to memory, and how many left. */
interface Gone { readonly written: number; readonly left: number }

export class CpuCache {
  private readonly cells: Cells
  constructor(cells: Cells) { this.cells = cells }

  /** Dirty lines go to memory and stay, clean. Answers how many. */
  writeBack(first: number, end: number): number {
    const dirty = this.cells.runs(CPU_LINE, first, end, MODIFIED)
    this.cells.copyRuns(CPU_DATA, DRAM, dirty)
    this.cells.markRuns(CPU_LINE, dirty, CLEAN)
    return count(dirty)
  }
  /** Dirty lines go to memory, and all lines go. Answers how many did. */
  flush(first: number, end: number): Gone { return this.flushIn([[first, end]]) }
  /** The same in several ranges, which are in order. */
  flushIn(ranges: readonly Run[]): Gone {
    const dirty = this.cells.runsIn(CPU_LINE, ranges, MODIFIED)
    this.cells.copyRuns(CPU_DATA, DRAM, dirty)
    return { written: count(dirty), left: this.dropIn(ranges) }
  }
  /** Lines are no longer held, whatever they held. Answers how many. */
  drop(first: number, end: number): number { return this.dropIn([[first, end]]) }
  private dropIn(ranges: readonly Run[]): number {
    const held = this.cells.runsIn(CPU_LINE, ranges, HELD)
    this.cells.markRuns(CPU_LINE, held, INVALID)
    return count(held)
  }
}
