import { describe, expect, test } from 'vitest'
import type { Catalog } from '../journal/run.ts'
import { read, settle, STORY, write, type Moment } from './address.ts'

const choice = (id: string) => ({ id, title: id, why: '' })
const variant = (number: string, id: string) => ({ ...choice(id), number, who: '', where: '', parts: { flags: 'F0', path: 'D', kernel: 'K52', importer: 'panfrost' }, shows: '' })
const catalog: Catalog = {
  model: '1', scenarios: ['canonical', 'canonical-hostile', 'appendix-a'].map(choice), variants: [variant('V4', 'fd-map-read-only'), variant('V5', 'rfc-boris'), variant('V9', 'today')],
  kernels: ['K52', 'K61'].map(choice), platforms: ['rk3399', 'reference-fc'].map(choice), exporters: ['E1', 'E2', 'E3'].map(choice), importers: [choice('panfrost')],
  flags: ['F0', 'F1'].map(choice), paths: ['D', 'N'].map(choice), syncs: ['Y0', 'Y1'].map(choice), says: {}, stops: [],
}

const moments: Moment[] = [
  STORY,
  { ...STORY, step: 27, depth: 'detail', select: 'gem:A.3', bench: 1 },
  { ...STORY, recipes: [{ ...STORY.recipes[0]!, kernel: 'K61', exporter: 'E2' }, { ...STORY.recipes[1]!, exporter: 'E2' }] },
  { ...STORY, recipes: STORY.recipes.map((recipe) => ({ ...recipe, program: 'process a {\n  x = open("/dev/dri/card0", O_RDWR | O_CLOEXEC) # ä\n}\n' })) },
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

  test('leaves out a program that is too long for a mail', () => {
    const long = { ...STORY, recipes: STORY.recipes.map((recipe) => ({ ...recipe, program: 'x'.repeat(4000) })) }
    expect(write(long)).not.toContain('program')
  })

  test('opens the story without a fragment, and ignores unknown keys', () => {
    expect(read('')).toEqual(STORY)
    expect(read('#colour=red&step=3')).toEqual({ ...STORY, step: 3 })
  })

  test('opens the nearest valid moment and says so', () => {
    const { moment, notices } = settle(read('#scenario=cannonical&variants=V44,today&platform=rk3398&kernel=K99&step=soon'), catalog)
    expect(moment.recipes.map((recipe) => [recipe.scenario, recipe.variant, recipe.platform])).toEqual([['canonical', 'V4', 'rk3399'], ['canonical', 'V9', 'rk3399']])
    expect(moment.step).toBe(0)
    expect(notices).toHaveLength(5)
    expect(notices.join()).toContain('V44')
  })

  test('says nothing about a good link', () => expect(settle(STORY, catalog)).toEqual({ moment: STORY, notices: [] }))

  test('says when the model has changed', () => expect(settle({ ...STORY, model: '0' }, catalog).notices).toHaveLength(1))
})
