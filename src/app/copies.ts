/**
 * Who has which bytes after a step, for whoever tells it in words or in signs instead of a picture.
 * Leaves out: pages of buffers after the first four; what the display shows beyond the lines of one page.
 */
import { LINES_PER_PAGE, WORDS_PER_LINE } from '../base/brand.ts'
import { DISPLAY_SHOWN, INVALID } from '../journal/areas.ts'
import { copyOf, countOf, wcBuffers, type Holder, type PageCopy } from '../journal/holders.ts'
import type { Shown } from './frames.ts'

export const MOST_PAGES = 4
/** A write-combine buffer has a number as well. */
export const PARTIES: Readonly<Record<string, string>> = { cpu: 'CPU caches', gpu: 'GPU cache', dram: 'memory' }

/** The pages of all buffers, each once: an import has the exporter's. */
export const framesOf = ({ truth }: Shown): number[] => [...new Set(truth.pages.map(({ frame }) => frame))]

/** Each party's copy of a page. A write-combine buffer that holds nothing of it has nothing to say. */
export function copiesOf({ after, truth }: Shown, frame: number): PageCopy[] {
  const holders: Holder[] = ['cpu', ...wcBuffers(after), 'gpu', 'dram']
  return holders.map((holder) => copyOf(after, truth, holder, frame)).filter(({ holder, state }) => !holder.startsWith('wc.') || countOf(state, INVALID) < LINES_PER_PAGE)
}

/** By line of what the display shows: whether it is old. Empty where nothing was ever shown. */
export function shownOld({ after, truth }: Shown): boolean[] {
  const words = after.words[DISPLAY_SHOWN]
  // What was never shown is 0, whether the area is there or not.
  if (!words?.some((word) => word !== 0)) return []
  const isOld = (line: number): boolean => words.subarray(line * WORDS_PER_LINE, (line + 1) * WORDS_PER_LINE).some((word, i) => word !== (truth.shown[line * WORDS_PER_LINE + i] ?? 0))
  return Array.from({ length: Math.min(LINES_PER_PAGE, Math.ceil(words.length / WORDS_PER_LINE)) }, (_, line) => isOld(line))
}
