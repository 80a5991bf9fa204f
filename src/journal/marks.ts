/** How every copy of a line compares with the newest bytes, as bits: what a picture of much memory is painted from. */
import { WORDS_PER_LINE } from '../base/brand.ts'
import { CPU_DATA, CPU_LINE, DIRTY, DRAM, GPU_DATA, GPU_LINE, INVALID } from './areas.ts'
import type { Snapshot } from './snapshot.ts'
import type { Step, WordChange } from './step.ts'

/** Memory, or the copy in a cache, is not the newest. */
export const DRAM_OLD = 1
export const CPU_OLD = 2
export const GPU_OLD = 4
/** Dirty in the CPU's cache over newer bytes: writing it back would destroy them. */
export const CONFLICT = 8

type Lines = readonly [first: number, end: number]

const EACH: Readonly<Record<string, number>> = { [DRAM]: WORDS_PER_LINE, [CPU_DATA]: WORDS_PER_LINE, [GPU_DATA]: WORDS_PER_LINE, [CPU_LINE]: 1, [GPU_LINE]: 1 }

/** Lines whose bytes or states a step changed, in anybody's hands or in truth (`stored`); in order, without overlap. */
export function touched(step: Pick<Step, 'words'>, stored: readonly WordChange[]): Lines[] {
  const ranges: Lines[] = []
  const add = ({ at, to }: WordChange, each: number): unknown => ranges.push([Math.floor(at / each), Math.ceil((at + to.length) / each)])
  for (const change of step.words) if (EACH[change.area]) add(change, EACH[change.area]!)
  for (const change of stored) add(change, WORDS_PER_LINE)
  const found: [number, number][] = []
  for (const [first, end] of ranges.sort(([a], [b]) => a - b)) {
    const last = found.at(-1)
    if (last && first <= last[1]) last[1] = Math.max(last[1], end)
    else found.push([first, end])
  }
  return found
}

const differs = (a: Uint32Array | undefined, b: Uint32Array, line: number): boolean => {
  for (let i = line * WORDS_PER_LINE, end = i + WORDS_PER_LINE; i < end; i++) if ((a === undefined ? 0 : (a[i] ?? 0)) !== (b[i] ?? 0)) return true
  return false
}

/** `newest` by word. */
export function marksOf({ words }: Snapshot, newest: Uint32Array, first: number, end: number): Uint32Array {
  const [dram, cpu, cpuLine, gpu, gpuLine] = [words[DRAM], words[CPU_DATA], words[CPU_LINE], words[GPU_DATA], words[GPU_LINE]]
  const marks = new Uint32Array(end - first)
  for (let line = first; line < end; line++) {
    const state = cpuLine?.[line] ?? INVALID
    const heldByGpu = (gpuLine?.[line] ?? INVALID) !== INVALID
    const memoryOld = differs(dram, newest, line)
    const gpuOld = heldByGpu && differs(gpu, newest, line)
    let mark = (memoryOld ? DRAM_OLD : 0) | (gpuOld ? GPU_OLD : 0)
    if (state !== INVALID && differs(cpu, newest, line)) {
      mark |= CPU_OLD
      if (state === DIRTY && destroys(cpu, heldByGpu ? gpu : dram, newest, line)) mark |= CONFLICT
    }
    marks[line - first] = mark
  }
  return marks
}

/** Some old word of the line is the newest where the GPU would read it. */
function destroys(cpu: Uint32Array | undefined, others: Uint32Array | undefined, newest: Uint32Array, line: number): boolean {
  for (let i = line * WORDS_PER_LINE, end = i + WORDS_PER_LINE; i < end; i++) if ((cpu?.[i] ?? 0) !== (newest[i] ?? 0) && (others?.[i] ?? 0) === (newest[i] ?? 0)) return true
  return false
}
