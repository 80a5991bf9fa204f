import { expect, test } from 'vitest'
import { placeIn, placeLink } from './read-link.ts'

test('a place is read as it was written', () => {
  for (const paragraph of [0, 1, 6, 41]) expect(placeIn(placeLink('who-may-write', paragraph))).toEqual({ chapter: 'who-may-write', paragraph: paragraph || null })
  expect(placeLink('who-may-write', 2)).toBe('#read=who-may-write&at=3')
})

test('what is no paragraph is told apart from none', () => {
  expect(placeIn('#read=x').paragraph).toBeNull()
  for (const at of ['0', '-1', '1.5', 'last', '', '99999', '3x']) expect(placeIn(`#read=x&at=${at}`).paragraph, at).toBe(-1)
  expect(placeIn('#/read=a%20b&at=2')).toEqual({ chapter: 'a b', paragraph: 1 })
  expect(placeIn('')).toEqual({ chapter: '', paragraph: null })
})
