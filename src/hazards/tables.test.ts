/** Tables of other devices than a Mali GPU: the IOMMU before a display, under a driver that forgets to clean them, and with a TLB that nobody emptied. */
import { expect, test } from 'vitest'
import type { Recipe } from '../journal/run.ts'
import { is } from '../journal/step.ts'
import { TLB_IOMMU } from '../journal/areas.ts'
import { startRecipe, type Started } from '../worker/start-recipe.ts'
import { findingsOf } from '../worker/watch.ts'

const RECIPE: Recipe = { scenario: 'canonical', variant: 'V5', platform: 'rk3399-iommu', exporter: 'E3' }
const known = ({ header, run }: Started): string[] => [...new Set(findingsOf({ header, steps: run.world.steps }).map(finding => finding.known))]
const begin = (forgets: boolean): Started => startRecipe(RECIPE, { hashing: false, watch: own => (forgets ? (Object.create(own, { clean: { value: () => undefined } }) as typeof own) : own) }) as Started

test('as it is, nothing is wrong with them', () => {
  const started = begin(false)
  while (started.tick());
  expect(started.run.world.steps.some(step => is(step, 'walk.io'))).toBe(true)
  expect(known(started).filter(number => number === 'H17' || number === 'H18')).toEqual([])
})

test('H17: entries that nobody cleaned', () => {
  const started = begin(true)
  while (started.tick());
  expect(known(started)).toContain('H17')
})

test('H18: an entry that the TLB remembers and no table holds', () => {
  const started = begin(false)
  const { world } = started.run
  let changed = false
  while (started.tick()) {
    if (changed || world.word(TLB_IOMMU, 0) !== 1) continue
    // As if the page had been another before, and nobody had said so.
    changed = true
    world.write(TLB_IOMMU, 4, [world.word(TLB_IOMMU, 4) + 4096])
    world.emit('tlb.fill', { agent: 'iommu', space: 0, addr: 0, pages: 1, descriptor: '' })
  }
  expect(changed).toBe(true)
  expect(known(started)).toContain('H18')
})
