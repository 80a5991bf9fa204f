import { describe, expect, test } from 'vitest'
import type { Catalog } from '../journal/run.ts'
import { read, settle, STORY, write, type Moment } from './address.ts'
import { textsOf } from './odd.ts'

const choice = (id: string) => ({ id, title: id, why: '' })
const variant = (number: string, id: string) => ({ ...choice(id), number, group: '', who: '', where: '', from: null, until: null, sources: [], scenarios: null, parts: { flags: 'F0', path: 'D', kernel: 'K52', importer: 'panfrost' }, shows: '' })
const TEXT = 'process a {\n  fill(px, night)\n}\n'
const catalog: Catalog = {
  model: '1', groups: [], scenarios: ['canonical', 'canonical-hostile', 'appendix-a'].map((id) => ({ ...choice(id), program: TEXT, exporters: ['E1', 'E2', 'E3'], importers: ['panfrost'], hazard: null })), variants: [variant('V4', 'fd-map-read-only'), variant('V5', 'rfc-boris'), variant('V9', 'today')],
  kernels: ['K52', 'K61'].map(choice), platforms: ['rk3399', 'reference-fc'].map(choice), exporters: ['E1', 'E2', 'E3'].map(choice), importers: [choice('panfrost')],
  flags: ['F0', 'F1'].map(choice), paths: ['D', 'N'].map(choice), syncs: ['Y0', 'Y1'].map(choice), says: {}, stops: [],
}

const moments: Moment[] = [
  STORY,
  { ...STORY, step: 27, depth: 'detail', select: 'gem:A.3', bench: 1 },
  { ...STORY, recipes: [{ ...STORY.recipes[0]!, kernel: 'K61', exporter: 'E2' }, { ...STORY.recipes[1]!, exporter: 'E2' }] },
  { ...STORY, focus: 1, bench: 1, landmark: 'day shown' },
  { ...STORY, recipes: ['V4', 'V5', 'V9'].map((variant) => ({ ...STORY.recipes[0]!, variant })), step: 30, bench: 2, focus: 2 },
  { ...STORY, recipes: ['V4', 'V5', 'V5', 'V9'].map((variant, i) => ({ ...STORY.recipes[0]!, variant, ...(i === 2 && { skip: ['B.5'] }), platform: i === 3 ? 'reference-fc' : 'rk3399' })), bench: 3 },
  { ...STORY, recipes: [STORY.recipes[1]!, { ...STORY.recipes[1]!, skip: ['B.7', 'A.3+1'] }], select: 'call:B.7' },
]

describe('the address', () => {
  test.each(moments)('reads what it wrote %#', (moment) => expect(read(write(moment))).toEqual(moment))

  test('survives a plain-text mail', () => {
    for (const moment of moments) {
      const link = write(moment)
      expect(link).toMatch(/^#[\w=&,:/%.-]+$/)
      expect(link).toMatch(/[\w]$/)
      expect(link.length).toBeLessThan(1000)
    }
  })

  test('tells an edited program by what differs from the scenario', () => {
    const texts = { canonical: TEXT }
    for (const program of [TEXT.replace('night', 'day # ä'), TEXT.replace('  fill(px, night)\n', ''), `${TEXT}process b {}\n`, '', 'x']) {
      const link = write({ ...STORY, recipes: STORY.recipes.map((recipe) => ({ ...recipe, program })) }, texts)
      expect(link).toMatch(/^#[\w=&,:/%.-]+[\w]$/)
      expect(settle(read(link), catalog)).toMatchObject({ moment: { recipes: [{ program }, { program }] }, notices: [] })
    }
    expect(textsOf(settle(read('#edit=7.9999.Zm9v'), catalog).notices)).toHaveLength(1)
  })

  test('leaves out an edit that is too long for a mail', () => {
    const long = { ...STORY, recipes: STORY.recipes.map((recipe) => ({ ...recipe, program: 'x'.repeat(4000) })) }
    expect(write(long, { canonical: TEXT })).not.toContain('edit')
  })

  test('opens four benches at most, and says so', () => {
    const { moment, notices } = settle(read('#variants=V4,V5,V9,V4,V5&depth=deep'), catalog)
    expect(moment.recipes.map((recipe) => recipe.variant)).toEqual(['V4', 'V5', 'V9', 'V4'])
    expect(moment.depth).toBe('step')
    expect(notices).toHaveLength(2)
  })

  test('opens the story without a fragment, and ignores unknown keys', () => {
    expect(read('')).toEqual(STORY)
    expect(read('#colour=red&step=3')).toEqual({ ...STORY, step: 3 })
  })

  test('opens the nearest valid moment and says so', () => {
    const { moment, notices } = settle(read('#scenario=cannonical&variants=V44,today&platform=rk3398&kernel=K99&step=soon'), catalog)
    expect(moment.recipes.map((recipe) => [recipe.scenario, recipe.variant, recipe.platform])).toEqual([['canonical', 'V4', 'rk3399'], ['canonical', 'V9', 'rk3399']])
    expect(moment.step).toBe(0)
    expect(textsOf(notices)).toHaveLength(5)
    expect(textsOf(notices).join()).toContain('V44')
  })

  test('an unknown view is the whole page, and said', () => {
    const { moment, notices } = settle(read('#step=3&view=tlak'), catalog)
    expect(moment).toEqual({ ...STORY, step: 3 })
    expect(textsOf(notices)).toEqual(['There is no view “tlak”. Opened the whole page.'])
    expect(settle(read('#step=3&view=talk'), catalog)).toMatchObject({ moment: { view: 'talk' }, notices: [] })
  })

  test('a bench that is not there is said', () => {
    expect(settle(read('#bench=2&focus=2'), catalog)).toMatchObject({ moment: { bench: 1, focus: 1 }, notices: [] })
    const { moment, notices } = settle(read('#variants=V5&focus=2&bench=x'), catalog)
    expect(moment).toMatchObject({ bench: 0, focus: null })
    expect(textsOf(notices)).toEqual(['There is no bench “x”: the link has one. Opened as if it named none.', 'There is no bench “2”: the link has one. Opened as if it named none.'])
  })

  test('an axis is named as what one of it is called', () => {
    expect(textsOf(settle(read('#flags=F99'), catalog).notices)[0]).toMatch(/^There is no set of export flags “F99”/)
  })

  test('says nothing about a good link', () => expect(settle(STORY, catalog)).toEqual({ moment: STORY, notices: [] }))

  test('says when the model has changed', () => expect(settle({ ...STORY, model: '0' }, catalog).notices).toHaveLength(1))
})

test('how a run goes is part of the link, one value for each bench', () => {
  const base = STORY.recipes[1]!
  const recipes = [{ ...base, lines: 2 }, { ...base, lines: 2, mode: 'explore' as const, picks: [0, 0, 0, 2, 0, 1] }]
  const link = write({ ...STORY, recipes })
  expect(link).toContain('&mode=-,explore&lines=2&picks=-,3:2.5:1&')
  expect(read(link).recipes).toEqual(recipes)
  const random = [{ ...base, mode: 'random' as const, seed: 7 }]
  expect(write({ ...STORY, recipes: random })).toContain('&mode=random&seed=7&')
  expect(read(write({ ...STORY, recipes: random })).recipes).toEqual(random)
})

test('a mode, a seed or picks that cannot be read are said once, and the link opens', () => {
  const { recipes, odd } = read('#variants=V4,V5&mode=mad&lines=900')
  expect(recipes.map(({ mode, lines }) => [mode, lines])).toEqual([[undefined, undefined], [undefined, undefined]])
  expect(textsOf(odd)).toEqual(['There is no mode “mad”. Opened as it is written.', 'There is no buffer of “900” lines. Opened a whole page.'])
  expect(textsOf(read('#variants=V5&mode=random&seed=x').odd)).toEqual(['There is no seed “x”. Opened seed 1.'])
  expect(textsOf(read('#variants=V5&mode=explore&picks=5:1.3:1').odd)).toEqual(['The picks of this link could not be read. Opened without.'])
  expect(textsOf(read('#seed=5&picks=1').odd)).toEqual(['Seed 5 of this link is for a run by chance (mode=random), which it does not ask for. Opened without.', 'The picks of this link are for a run of the search (mode=explore), which it does not ask for. Opened without.'])
  expect(read('#mode=random,-&seed=5').odd).toEqual([])
})
