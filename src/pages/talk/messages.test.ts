/** What the two windows of a talk say to each other, and what is left alone. */
import { expect, test } from 'vitest'
import { pack, unpack, type Message } from './messages.ts'

const STATE = { link: '#variants=V4,V5&step=37', blank: false, spot: { x: 0.25, y: 1 }, panel: null, inspecting: true }

test.each<Message>([
  { says: 'state', talk: '7', state: STATE }, { says: 'state', talk: '7', state: { ...STATE, spot: null, panel: 'story', blank: true } }, { says: 'ask', talk: null }, { says: 'ask', talk: '7' },
  { says: 'do', talk: '7', action: 'next' }, { says: 'do', talk: '7', action: 'landmark before' }, { says: 'select', talk: '7', id: 'gem:A.2' }, { says: 'select', talk: '7', id: null }, { says: 'point', talk: '7', spot: { x: 0, y: 0.5 } },
])('$says arrives as it was sent', (message) => expect(unpack(structuredClone(pack(message)))).toEqual(message))

const own = (message: object): object => ({ type: 'bufscope-talk', ...message })
test.each([
  [null], ['next'], [7], [{}], [{ type: 'bufscope:step' }], [{ ...pack({ says: 'ask', talk: null }), type: 'other' }],
  [own({ says: 'ask' })], [own({ says: 'ask', talk: '' })], [own({ says: 'do', talk: '7', action: 'jump' })], [own({ says: 'do', talk: '7', action: 'toString' })], [own({ says: 'do', talk: null, action: 'next' })],
  [own({ says: 'select', talk: '7' })], [own({ says: 'point', talk: '7', spot: { x: 2, y: 0 } })], [own({ says: 'point', talk: '7', spot: null })], [own({ says: 'sing', talk: '7' })],
  [own({ says: 'state', talk: '7', state: { ...STATE, link: 'https://example.org/#step=1' } })], [own({ says: 'state', talk: '7', state: { ...STATE, blank: 1 } })], [own({ says: 'state', talk: '7', state: { ...STATE, link: `#${'x'.repeat(5000)}` } })], [own({ says: 'state', talk: '7' })],
])('%j is left alone', (data) => expect(unpack(data)).toBe(null))
