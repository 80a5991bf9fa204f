/** What the text twin says of a step, against what the step did. */
import { expect, test } from 'vitest'
import { framesAt } from '../../app/frames.ts'
import { align } from '../../journal/align.ts'
import { catalog } from '../../worker/catalog.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import { factsOf, type Facts } from './facts.ts'

const { stops } = catalog()

/** At the first stop with such an event, or so many stops further on. */
function factsAt(variant: string, event: string, further = 0): Facts {
  const recipe = { scenario: 'canonical', variant, platform: 'rk3399' }
  const { journal, verdict, findings } = runRecipe(recipe)
  const run = { recipe, journal: { ...journal, steps: [...journal.steps] }, done: true, verdict, findings: findings ?? [], problems: [], bites: [] }
  const rows = align([run.journal], 'step', stops)
  const at = rows.findIndex(({ seqs }) => run.journal.steps[seqs[0]!]!.event === event) + 1 + further
  return factsOf(framesAt({ benches: [{ recipe, problem: null, busy: false, run }], rows, at })[0]!)
}

test('an import: what it made, who holds it, and counts under the names of the kernel', () => {
  expect(factsAt('V5', 'dmabuf.export').changes).toEqual(['dma-buf file A comes', 'dma-buf A comes'])
  const { changes } = factsAt('V5', 'dmabuf.export', 1)
  expect(changes.join('\n')).toMatch(/dma-buf A holds GEM object A \(priv\)/)
  expect(changes.join('\n')).toMatch(/GEM object A: refcount 2 → 3/)
  expect(changes.join('\n')).not.toMatch(/fCount|handleCount|\bref:|undefined|\[object/)
})

test('a line that was not written back is told of every party that has an old one', () => {
  const { bytes } = factsAt('V20', 'job.read')
  expect(bytes.join('\n')).toMatch(/CPU caches: 32 lines of page 0 of .*, 32 dirty, 0 old/)
  expect(bytes.join('\n')).toMatch(/memory: 64 lines of page 0 of .*, 0 dirty, 32 old/)
  expect(bytes.join('\n')).toMatch(/GPU cache: \d+ lines of page 0 of .*, 0 dirty, 32 old/)
  expect(bytes.join('\n')).toMatch(/the display shows 64 lines, 0 old/)
})
