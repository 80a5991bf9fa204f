import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairUp, type Pair } from './pair.ts'

const text = [{ a: (x: string) => x, b: (y: string) => y }]
const pairs = (a: string, b: string, meet = false): string => pairUp([...a], [...b], text, meet).map(([i, j]) => `${i === null ? '-' : a[i]}${j === null ? '-' : b[j]}`).join(' ')

test('what both have stands together, the rest alone, in order', () => {
  expect(pairs('abcd', 'axcd')).toBe('aa b- -x cc dd')
  expect(pairs('', 'ab')).toBe('-a -b')
  expect(pairs('abxyz', 'abz')).toBe('aa bb x- y- zz')
})

test('where both go on differently, the first of each way meet', () => {
  expect(pairs('abbcd', 'axd', true)).toBe('aa bx b- c- dd')
})

test('a second key is tried on what the first leaves', () => {
  const keys = [{ a: (x: string) => x, b: (y: string) => y }, { a: (x: string) => x[0]!, b: (y: string) => y[0]! }]
  expect(pairUp(['a1', 'b1', 'c1', 'd'], ['a1', 'c2', 'd'], keys, false)).toEqual([[0, 0], [1, null], [2, 1], [3, 2]])
})

const lists = fc.tuple(fc.array(fc.nat({ max: 6 })), fc.array(fc.nat({ max: 6 })))
const byNumber = [{ a: (x: number) => `${x}`, b: (y: number) => `${y}` }]

test('every entry stands in one pair, both orders are kept, and equal lists are paired whole', () => {
  fc.assert(fc.property(lists, fc.boolean(), ([a, b], meet) => {
    const found = pairUp(a, b, byNumber, meet)
    const side = (n: 0 | 1): number[] => found.flatMap((pair: Pair) => (pair[n] === null ? [] : [pair[n]]))
    expect(side(0)).toEqual(a.map((_, i) => i))
    expect(side(1)).toEqual(b.map((_, i) => i))
    expect(pairUp(a, a, byNumber, meet).every(([i, j]) => i === j)).toBe(true)
  }), { numRuns: 300, seed: 9 })
})

test('long lists that differ here and there are paired without a table of their square', () => {
  const a = Array.from({ length: 40_000 }, (_, i) => `line ${i}`)
  const b = a.flatMap((line, i) => (i % 997 === 0 ? [] : i % 991 === 0 ? [`other ${i}`, line] : [line]))
  const found = pairUp(a, b, text, true)
  expect(found.filter(([i, j]) => i !== null && j !== null && a[i] === b[j]).length).toBe(b.length - b.filter(line => line.startsWith('other')).length)
})
