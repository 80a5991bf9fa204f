/** Buffers of exporters that are no DRM drivers have a place on the stage, a page to show, and a name. */
import { expect, test } from 'vitest'
import { MutableSnapshot } from '../journal/snapshot.ts'
import { nameOf } from '../journal/say.ts'
import { framesOf } from '../journal/buffer-pages.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { placesOf } from './places.ts'

test.each([
  ['E6', 'heap_buffer', 'heap buffer A'], ['E7', 'cma_heap_buffer', 'CMA heap buffer A'], ['E8', 'udmabuf', 'udmabuf A'],
  ['E9', 'vb2_dc_buf', 'video buffer A'], ['E10', 'vb2_dma_sg_buf', 'video buffer A'],
])('%s', (exporter, kind, name) => {
  const { journal } = runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', exporter, kernel: 'KNOW', flags: 'F1', path: 'N' })
  const { header, steps } = journal
  const snapshot = new MutableSnapshot()
  for (const step of steps) {
    snapshot.apply(step)
    if (is(step, 'display.scanout')) break
  }
  const id = [...snapshot.records.keys()].find(each => each.startsWith(`${kind}:`))!
  expect(placesOf([journal]).cells.get(id)).toMatchObject({ kind: 'token', column: 0 })
  expect(nameOf(id, [snapshot])).toBe(name)
  // The display shows the page that the exporter gave.
  const { gem } = snapshot.records.get([...snapshot.records.keys()].find(each => each.startsWith('fb:'))!) as { gem: Id }
  expect(framesOf(snapshot, header.firstPfn, gem)).toHaveLength(1)
  expect(framesOf(snapshot, header.firstPfn, gem)[0]).toBeGreaterThanOrEqual(0)
})
