import { expect, test } from 'vitest'
import type { Recipe } from '../journal/run.ts'
import { benchName } from './names.ts'

const v5: Recipe = { scenario: 'canonical', variant: 'V5', platform: 'rk3399' }

test('benches of one variant are told apart', () => {
  expect([v5, { ...v5, skip: ['B.5', 'A.7'] }, { ...v5, mode: 'explore' as const }].map((recipe) => benchName(recipe))).toEqual(['V5', 'V5 without B.5, A.7', 'V5 as found'])
  expect(benchName({ ...v5, variant: '' })).toBe('free')
})
