/** Where a text stops being JSON: the same place in every engine. */
import { expect, test } from 'vitest'
import { brokenAt } from './json-place.ts'

test.each([
  ['', 0], ['dear diary', 0], ['{"format":1,', 12], ['{\n  "format": 1,\n  oops\n}', 19], ['{"a":[1,2,}', 10], ['{"a" 1}', 5], ['{"a":tru}', 5], ['["x]', 1], ['{"a":1} more', 8], ['{"a":01}', 6], ['[1 2]', 3], ['{"a":"\n"}', 5],
])('%j breaks at %i', (text, at) => {
  expect(() => JSON.parse(text) as unknown).toThrow()
  expect(brokenAt(text)).toBe(at)
})

test.each(['{}', '[]', ' {"a": [1, -2.5e3, "x\\u00e9\\n", true, null, {"b": []}]} '])('%s is whole', (text) => expect(brokenAt(text)).toBe(text.length))
