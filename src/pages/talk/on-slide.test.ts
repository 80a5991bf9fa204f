/** Which benches a slide shows of up to four. */
import { expect, test } from 'vitest'
import type { Divergence } from '../../journal/divergence.ts'
import { onSlide } from './on-slide.ts'

const mark = (kind: Divergence['kind'], sides: readonly number[]): Divergence => ({ row: 3, kind, sentence: '', short: '', what: '', sides, absent: [] })

test('one and two as they are, one alone if asked for', () => {
  expect(onSlide(1, null, [])).toEqual([0])
  expect(onSlide(2, null, [])).toEqual([0, 1])
  expect(onSlide(4, 2, [mark('first', [0, 1, 0, 0])])).toEqual([2])
})
test('of more the first, and the first that parts from it', () => {
  expect(onSlide(4, null, [mark('seed', [0, 1, 1, 1]), mark('first', [0, 0, 0, 1])])).toEqual([0, 3])
  expect(onSlide(3, null, [])).toEqual([0, 1])
})
