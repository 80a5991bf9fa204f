/** Every link of the list opens its own run at a step at which its own hazard is seen; links stay short, and no watcher is left out of the list. */
import { describe, expect, test } from 'vitest'
import { align } from '../journal/align.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { hazardChoices } from '../worker/watch.ts'
import { read, settle, write } from './address.ts'
import { hazardLink } from './hazards.ts'
import { findRow } from './store.ts'

const all = hazardChoices()
const known = catalog()

test('all 22 are there, in order, with every fact', () => {
  expect(all.map((one) => one.known)).toEqual(Array.from({ length: 22 }, (_, i) => `H${i + 1}`))
  expect(new Set(all.map(({ id }) => id)).size).toBe(22)
  for (const { facts, title } of all) for (const words of [title, ...Object.values(facts)]) expect(words).toMatch(/^\S.{3,}/)
  for (const { facts } of all) expect(facts.x86).toMatch(/^(hidden|partly|visible|not applicable)/)
})

describe.each(all.map((one) => [one.known, one] as const))('%s', (number, one) => {
  const link = hazardLink(one)
  const { moment, notices } = settle(read(link), known)
  test('its link is short, says what it finds, and comes through as it was', () => {
    expect(link.length).toBeLessThan(120)
    expect(link).toContain(`find=${number}`)
    expect(link).not.toContain('edit=')
    expect(notices).toEqual([])
    expect(moment.recipes).toEqual([one.recipe])
    expect(write(moment)).toBe(link)
  })
  test('it opens where the hazard is seen, and the step before has not come to it', () => {
    const { journal, findings } = runRecipe(one.recipe)
    const rows = align([journal], moment.depth, known.stops)
    const at = findRow(rows, [findings], number)
    expect(at).not.toBeNull()
    const upTo = (row: number): number => rows[row - 1]?.seqs[0] ?? -1
    expect(findings.some((finding) => finding.known === number && finding.seq > upTo(at! - 1) && finding.seq <= upTo(at!))).toBe(true)
  })
})

test('where a hazard is not seen there is no row for it', () => {
  const { journal, findings } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E3' })
  expect(findRow(align([journal], 'step', known.stops), [findings], 'H1')).toBeNull()
})
