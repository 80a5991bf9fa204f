import { expect, test } from 'vitest'
import { DISPLAY_SHOWN, DRAM } from '../journal/areas.ts'
import { Seeker } from '../journal/seek.ts'
import { TruthSeeker } from '../journal/truth.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { differing, type Shown } from './frames.ts'

function shownAt(variant: string, event: string): Shown {
  const { journal } = runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', exporter: 'E3' })
  const { seq } = journal.steps.findLast((step) => (step.event as string) === event)!
  return { journal, before: new Seeker(journal).at(seq - 1), after: new Seeker(journal).at(seq), step: journal.steps[seq]!, truth: new TruthSeeker(journal).at(seq), since: seq - 1, gap: false }
}

test('pictures that are not the same are named by their area: memory once the client has drawn, the panel once it was read', () => {
  const before = differing([shownAt('V4', 'fb.add'), shownAt('V5', 'fb.add')])
  expect([before.has(DRAM), before.has(DISPLAY_SHOWN)]).toEqual([false, false])
  const queued = differing([shownAt('V4', 'job.queue'), shownAt('V5', 'job.queue')])
  expect([queued.has(DRAM), queued.has(DISPLAY_SHOWN)]).toEqual([true, false])
  const scanned = differing([shownAt('V4', 'display.scanout'), shownAt('V5', 'display.scanout')])
  expect([scanned.has(DRAM), scanned.has(DISPLAY_SHOWN)]).toEqual([true, true])
})
