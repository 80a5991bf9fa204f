import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetMarks, markOf, markPredicted, markRead, marksIn, READ_KEY, useMarks } from './read-marks.ts'

const marks = () => useMarks.getState().marks
let kept: Map<string, string>

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) })
  forgetMarks()
})
afterEach(() => vi.unstubAllGlobals())

test('paragraphs are marked once each, in their order, and kept', () => {
  for (const paragraph of [2, 0, 2, 1]) markRead('one', paragraph)
  markPredicted('two', 'EINVAL', false)
  markPredicted('two', 'ok', true)
  expect(markOf(marks(), 'one')).toEqual({ read: [0, 1, 2], predicted: null })
  expect(marksIn(kept.get(READ_KEY)!)).toEqual({ one: { read: [0, 1, 2], predicted: null }, two: { read: [], predicted: { choice: 'ok', right: true } } })
})

test('what another tab has marked meanwhile stays', () => {
  markRead('one', 0)
  kept.set(READ_KEY, JSON.stringify({ one: { read: [0, 5], predicted: null }, two: { read: [1], predicted: null } }))
  markRead('one', 3)
  expect(markOf(marks(), 'one').read).toEqual([0, 3, 5])
  expect(markOf(marks(), 'two').read).toEqual([1])
})

test('without storage, or with one that is full, marks last as long as the page', () => {
  const refuses = () => { throw new Error('refused') }
  vi.stubGlobal('localStorage', { getItem: refuses, setItem: refuses })
  markRead('one', 0)
  markRead('one', 1)
  expect(markOf(marks(), 'one').read).toEqual([0, 1])
  // It can be read, and it is full.
  vi.stubGlobal('localStorage', { getItem: () => '{}', setItem: refuses })
  markRead('one', 2)
  expect(markOf(marks(), 'one').read).toEqual([0, 1, 2])
  vi.stubGlobal('localStorage', undefined)
  markPredicted('one', 'ok', true)
  expect(markOf(marks(), 'one')).toEqual({ read: [0, 1, 2], predicted: { choice: 'ok', right: true } })
})

test('whatever is found there, only marks are taken from it', () => {
  for (const text of [null, '', '{', '[]', '7', 'null', '"x"', '{"one":3,"two":null}']) expect(marksIn(text), String(text)).toEqual({})
  expect(marksIn('{"one":{"read":[3,1,3,-1,0.5,"2"],"predicted":{"choice":4}},"two":{"read":7,"predicted":{"choice":"a","right":1}}}')).toEqual({
    one: { read: [1, 3], predicted: null }, two: { read: [], predicted: { choice: 'a', right: false } },
  })
})

test('a chapter may have any name', () => expect(markOf({}, 'constructor')).toEqual({ read: [], predicted: null }))
