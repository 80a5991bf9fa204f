/** Every hazard is seen where it says it is, and a plain run shows none. */
import { expect, test } from 'vitest'
import { runRecipe } from './run-recipe.ts'
import { hazards } from './watch.ts'

test('the shelf is not empty, and every known number is there once', () => {
  const known = hazards.map(h => h.known).filter(n => n !== undefined)
  expect(known).toEqual(expect.arrayContaining(['H20', 'H21']))
  expect(new Set(known).size).toBe(known.length)
})

test.each(hazards.map(h => [h.known ?? h.id, h] as const))('%s is seen where it should be', (_name, { id, seenIn }) => {
  const { findings, journal } = runRecipe(seenIn)
  const finding = findings.find(f => f.hazard === id)
  expect(finding, `${id} in ${JSON.stringify(seenIn)}`).toBeDefined()
  expect(finding!.text).not.toMatch(/undefined|\{|NaN/)
  const ever = new Set(journal.steps.flatMap(step => step.changes.map(change => change.id)))
  expect(finding!.objects.length).toBeGreaterThan(0)
  expect(finding!.objects.filter(object => !ever.has(object))).toEqual([])
})

test.each(['V5', 'V9'].flatMap(variant => ['canonical', 'canonical-hostile'].flatMap(scenario => ['rk3399', 'reference-fc'].map(platform => [variant, scenario, platform] as const))))(
  'a plain run shows none: %s, %s, %s', (variant, scenario, platform) => expect(runRecipe({ scenario, variant, platform, exporter: 'E3' }).findings).toEqual([]))
