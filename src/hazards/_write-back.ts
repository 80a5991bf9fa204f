/** What H4, H6 and H10 have in common: a dirty line of the CPU's cache goes to memory over newer bytes, mostly a device's. */
import { DRAM } from '../journal/areas.ts'
import type { Past } from '../journal/hazard.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import { lineOfWord } from './_memory.ts'
import { byJob, gpuDirty, newestInGpu } from './_old.ts'

/** Lines whose newest bytes, a device's or what `of` says, were in memory before this step and are not after it. */
export function linesDestroyed(step: Step, world: Snapshot, past: Past, of: (word: number) => boolean = word => byJob(past, word) !== undefined): number[] {
  // Where another party looks into the cache, what it stored lands on top of what was written back.
  if (!/^cache\.(clean|evict|flush|invalidate)$/.test(step.event) || (step.fields as { agent?: string }).agent !== 'cpu') return []
  const lines = new Set<number>()
  for (const { area, at, from, to } of step.words) {
    if (area !== DRAM) continue
    for (let i = 0; i < to.length; i++) {
      if (from[i] !== to[i] && from[i] === (past.truth.value[at + i] ?? 0) && of(at + i) && !(gpuDirty(world)(lineOfWord(at + i)) && newestInGpu(world, past, at + i))) lines.add(lineOfWord(at + i))
    }
  }
  return [...lines]
}

/** It came to memory because its line left the cache, not because somebody cleaned it. */
export const byChance = (step: Step): boolean => is(step, 'cache.evict')
