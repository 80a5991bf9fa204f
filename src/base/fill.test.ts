/** Templates: every hole is filled, a count chooses its noun, and the compiler knows the names. */
import { expect, test } from 'vitest'
import { fill } from './fill.ts'

test('holes, also twice, at the edges and side by side', () => {
  expect(fill('{a} and {b}, {a}', { a: 'x', b: 2 })).toBe('x and 2, x')
  expect(fill('{a}{b}', { a: '', b: '{a}' })).toBe('{a}')
  expect(fill('no hole', {})).toBe('no hole')
})
test('a count chooses between one and many', () => {
  const template = '{n} {n#line is|lines are} old'
  expect([0, 1, 2].map((n) => fill(template, { n }))).toEqual(['0 lines are old', '1 line is old', '2 lines are old'])
  expect(fill('{n#one|many}', { n: '1' })).toBe('one')
  expect([1, 3].map((n) => fill('{n#a line was|# lines were} old', { n }))).toEqual(['a line was old', '3 lines were old'])
})
test('a name that begins a sentence', () => expect(fill('{Who} came; {who} went', { who: 'the GPU' })).toBe('The GPU came; the GPU went'))
test('braces around no name are signs', () => expect(fill('Write: process {name} B { … }', { name: 'x' })).toBe('Write: process x B { … }'))
