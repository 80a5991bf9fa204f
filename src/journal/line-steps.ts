/** Which steps touched a line of memory: its bytes or its state, in anybody's hands. */
import { LINES_PER_PAGE, WORDS_PER_LINE } from '../base/brand.ts'
import { CPU_DATA, CPU_LINE, DRAM, GPU_DATA, GPU_LINE, GPU_SEEN, WC_ENTRY_WORDS } from './areas.ts'
import type { Journal } from './run.ts'
import type { Step, WordChange } from './step.ts'

const BYTES: ReadonlySet<string> = new Set([DRAM, CPU_DATA, GPU_DATA, GPU_SEEN])
const STATES: ReadonlySet<string> = new Set([CPU_LINE, GPU_LINE])

function covers({ area, at, from, to, sparse }: WordChange, line: number): boolean {
  const each = BYTES.has(area) ? WORDS_PER_LINE : STATES.has(area) ? 1 : 0
  if (each > 0) {
    const first = Math.max(0, line * each - at)
    const end = Math.min(to.length, (line + 1) * each - at)
    return first < end && (!sparse || from.subarray(first, end).some((word, i) => word !== to[first + i]))
  }
  if (!area.startsWith('wc.')) return false
  const tag = line + 1
  const held = (side: Uint32Array, i: number): boolean => (at + i) % WC_ENTRY_WORDS === 0 && side[i] === tag
  return [...to.keys()].some((i) => held(from, i) !== held(to, i))
}

export const touchesLine = (step: Pick<Step, 'words'>, line: number): boolean => step.words.some((change) => covers(change, line))

/** Whether `line:n` or `page:n` names memory that a run touches at all. */
export function namesMemory(journal: Journal, id: string): boolean {
  const found = /^(line|page):(\d+)$/.exec(id)
  if (!found) return false
  const first = Number(found[2]) * (found[1] === 'page' ? LINES_PER_PAGE : 1)
  const end = first + (found[1] === 'page' ? LINES_PER_PAGE : 1)
  for (let line = first; line < end; line++) if (journal.steps.some((step) => touchesLine(step, line))) return true
  return false
}
