import { expect, test } from 'vitest'
import { MutableSnapshot } from '../journal/snapshot.ts'
import { packed } from './pieces.ts'
import { runRecipe } from './run-recipe.ts'
import { catalog } from './catalog.ts'
import { scenarios, variants } from './shelves.ts'

test('packed pieces, sent and put together, are the same journal', () => {
  const { journal, run } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: '', exporter: 'E1', importer: 'vgem' })
  const arrived = new MutableSnapshot()
  for (let at = 0; at < journal.steps.length; at += 100) {
    const { steps, buffer } = packed(journal.steps.slice(at, at + 100))
    for (const step of structuredClone(steps, { transfer: [buffer] })) arrived.apply(step)
  }
  const here = run!.world
  expect([...arrived.records.keys()].sort()).toEqual([...here.records.keys()].sort())
  for (const [id, record] of here.records) expect(arrived.records.get(id), id).toEqual(record)
  // How much room an area has is nobody's business: what was never written is 0.
  const written = (words: Uint32Array): Uint32Array => words.slice(0, words.findLastIndex(word => word !== 0) + 1)
  for (const [area, words] of Object.entries(here.words)) expect(Buffer.from(written(arrived.words[area]!).buffer).equals(Buffer.from(written(words).buffer)), area).toBe(true)
})

test('the same recipe gives the same journal', () => {
  const recipe = { scenario: 'canonical-hostile', variant: 'V4', platform: '', exporter: 'E1', importer: 'vgem' }
  expect(JSON.stringify(runRecipe(recipe).journal)).toBe(JSON.stringify(runRecipe(recipe).journal))
})

test('an unknown choice becomes the nearest valid one, and says so', () => {
  const { journal, problems } = runRecipe({ scenario: 'canonicle', variant: 'V44', platform: 'rk3398', exporter: 'E1', importer: 'vgem' })
  expect(journal.header.chosen).toMatchObject({ scenario: 'canonical', variant: 'V4', platform: 'rk3399' })
  expect(problems.map(p => p.message)).toEqual(['There is no scenario canonicle; this is canonical.', 'There is no variant V44; this is V4.', 'There is no platform rk3398; this is rk3399.'])
})

test('a program with a mistake runs nothing and says where', () => {
  const { journal, problems } = runRecipe({ scenario: 'canonical', variant: 'V4', platform: '', program: 'process a {\n  opn("/dev/null")\n}' })
  expect(journal.steps).toEqual([])
  expect(problems).toEqual([{ message: 'There is no call opn.', remedy: 'Did you mean open?', line: 2, column: 3 }])
})

test('the catalog says every event of its own journals, and is plain data', () => {
  const sent = structuredClone(catalog())
  expect(sent.variants.map(v => v.number)).toEqual(variants.map(v => v.number))
  expect(sent.scenarios.filter(s => s.hazard === null).map(s => s.id)).toEqual(scenarios.map(s => s.id))
  const events = new Set(runRecipe({ scenario: 'canonical', variant: 'V5', platform: '', exporter: 'E1', importer: 'vgem' }).journal.steps.map(s => s.event))
  expect([...events].filter(event => !(event in sent.says))).toEqual([])
})
