import { beforeAll, expect, test } from 'vitest'
import type { Recipe } from '../journal/run.ts'
import { bringDifferences } from './differences-later.ts'
import { toggled } from './skip.ts'

beforeAll(async () => void (await bringDifferences()))

const [v4, v5, v7, v9] = ['V4', 'V5', 'V7', 'V9'].map((variant): Recipe => ({ scenario: 'canonical', variant, platform: 'rk3399' })) as [Recipe, Recipe, Recipe, Recipe]
const without = (recipe: Recipe, ...skip: string[]): Recipe => ({ ...recipe, skip })

test('the original stands on the left, the run without the call on the right', () => {
  expect(toggled([v4, v5], [], 'B.5', 1)).toEqual([v5, without(v5, 'B.5')])
  expect(toggled([v4, v5], [], 'B.5', 0)).toEqual([v4, without(v4, 'B.5')])
})

test('a fork takes what is asked of either side', () => {
  for (const bench of [0, 1]) expect(toggled([v5, without(v5, 'B.5')], [], 'A.7', bench)).toEqual([v5, without(v5, 'B.5', 'A.7')])
  expect(toggled([v5, without(v5, 'B.5', 'A.7')], [], 'B.5', 1)).toEqual([v5, without(v5, 'A.7')])
})

test('with the last call made again, what stood there before comes back', () => {
  const edits = [[v4, v5], [v5, without(v5, 'B.5')]]
  for (const bench of [0, 1]) expect(toggled([v5, without(v5, 'B.5')], edits, 'B.5', bench)).toEqual([v4, v5])
  expect(toggled([v5, without(v5, 'B.5')], [], 'B.5', 1)).toEqual([v5])
  expect(toggled([v4, without(v5, 'B.5')], [], 'B.5', 1)).toEqual([v4, v5])
})

test('beside others the fork stands right of its original, and goes when the call is made again', () => {
  const three = [v4, v5, v9]
  const four = toggled(three, [], 'B.5', 1)
  expect(four).toEqual([v4, v5, without(v5, 'B.5'), v9])
  for (const bench of [1, 2]) expect(toggled(four, [], 'A.7', bench)).toEqual([v4, v5, without(v5, 'B.5', 'A.7'), v9])
  for (const bench of [1, 2]) expect(toggled(four, [], 'B.5', bench)).toEqual(three)
})

test('where all four places are taken the run itself goes on without the call, and comes back', () => {
  const all = [v4, v5, v7, v9]
  const without5 = toggled(all, [], 'B.5', 1)
  expect(without5).toEqual([v4, without(v5, 'B.5'), v7, v9])
  expect(toggled(without5, [], 'B.5', 1)).toEqual(all)
})
