/** Where the playhead may stand: one depth shows whole calls, one the steps that matter, one every event. */
import type { Journal } from './run.ts'

export const DEPTHS = ['call', 'step', 'detail'] as const
export type Depth = (typeof DEPTHS)[number]

/** Who acts in what happens by itself: in a run in which nothing is written about it, each time is a stop. */
export const BY_ITSELF = 'machine'

/** Seqs of the stops, in order. Boot is before step 0 and is never a stop. */
export function stopsOf(journal: Journal, depth: Depth, stops: readonly string[]): number[] {
  const wanted = new Set<string>(stops)
  const found: number[] = []
  for (const step of journal.steps) {
    if (step.seq < journal.header.start) continue
    const event: string = step.event
    if (depth === 'detail' || (depth === 'call' ? event === 'call.leave' : wanted.has(event) || step.actor === BY_ITSELF)) found.push(step.seq)
  }
  return found
}
