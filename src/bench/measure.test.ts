/** The numbers that decide: medians, quantiles, levels in both directions, and product and peer in turn. */
import { expect, test } from 'vitest'
import { failures } from './bench.ts'
import { against, inTurn, levelOf, limited, median, quantile } from './measure.ts'

test('medians and quantiles', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(quantile(Array.from({ length: 101 }, (_, i) => i), 0.95)).toBe(95)
})

test('levels, where less is better and where more is', () => {
  const less = { floor: 3, goal: 2, moonshot: 1.5 }
  expect([1.5, 2, 3, 3.1].map(ratio => levelOf(ratio, less))).toEqual(['moonshot', 'goal', 'floor', 'below the floor'])
  const more = { floor: 0.1, goal: 0.25, moonshot: 0.5, up: true }
  expect([0.6, 0.25, 0.1, 0.09].map(ratio => levelOf(ratio, more))).toEqual(['moonshot', 'goal', 'floor', 'below the floor'])
})

test('product and peer take turns, and the first round is not counted', () => {
  const order: string[] = []
  const runs = inTurn(() => order.push('A'), () => order.push('B'))
  expect(order.join('')).toBe('ABABABAB')
  expect(runs).toEqual({ product: [3, 5, 7], peer: [4, 6, 8] })
})

test('the ratio is taken pair by pair', () => {
  const row = against('x', '', 'ms', 'peer', { product: [1, 4, 9], peer: [1, 2, 3] }, { floor: 4, goal: 2, moonshot: 1 })
  expect(row).toMatchObject({ ratio: 2, range: [1, 3], level: 'goal' })
  expect(limited('x', '', 'ms', [20, 15, 30], 16).level).toBe('below the floor')
  expect(limited('x', '', 'ops/s', [20, 15, 30], 16, 'ok', true).level).toBe('goal')
  expect(limited('x', '', 'ops/s', [12, 15, 30], 16, 'ok', true).level).toBe('below the floor')
})

test('sizes and checks fail anywhere, times only on a quiet machine', () => {
  const slow = limited('slow', '', 'ms', [20], 16)
  const large = limited('large', '', 'bytes', [20], 16)
  const wrong = limited('wrong', '', 'ms', [1], 16, '3 jumps came out differently')
  const skipped = limited('skipped', '', 'ms', [1], 16, 'skipped (not installed)')
  expect(failures([slow, large, wrong, skipped], false)).toHaveLength(3)
  expect(failures([slow, large, wrong, skipped], true)).toEqual(['large: below the floor', 'wrong: 3 jumps came out differently'])
})
