/** What a host may say to an embedded story, and what it is told when it says it wrongly. */
import { expect, test } from 'vitest'
import { read } from './messages.ts'

test.each([
  [{ type: 'bufscope:hello' }, { type: 'hello' }], [{ type: 'bufscope:seek', step: 37 }, { type: 'seek', step: 37 }],
  [{ type: 'bufscope:seek', landmark: 'night drawn' }, { type: 'seek', landmark: 'night drawn' }], [{ type: 'bufscope:step' }, { type: 'step', by: 1 }],
  [{ type: 'bufscope:step', by: -2 }, { type: 'step', by: -2 }], [{ type: 'bufscope:variants', variants: ['V1', 'V9'] }, { type: 'variants', variants: ['V1', 'V9'] }],
  [{ type: 'bufscope:select', id: null }, { type: 'select', id: null }], ['slide:start', { type: 'play' }], ['slide:stop', { type: 'pause' }],
])('%j is followed', (message, asked) => expect(read(message, 2)).toEqual(asked))

test.each([[null], [7], ['hello'], [{}], [{ type: 'other:seek', step: 1 }], [{ type: 3 }]])('%j is not for us', (message) => expect(read(message, 2)).toBe(null))

test.each([
  [{ type: 'bufscope:seek' }, 'whole number from 0'], [{ type: 'bufscope:seek', step: -1 }, 'whole number from 0'], [{ type: 'bufscope:seek', step: '3' }, 'whole number'],
  [{ type: 'bufscope:step', by: 0 }, 'other than 0'], [{ type: 'bufscope:variants', variants: ['V1', 'V2', 'V3'] }, '1 to 2 names'], [{ type: 'bufscope:variants', variants: [] }, '1 to 2'],
  [{ type: 'bufscope:select' }, 'gem:A.2'], [{ type: 'bufscope:jump' }, 'Known: hello, seek'],
])('%j is refused, with what to send', (message, said) => expect(read(message, 2)).toMatchObject({ type: 'refused', message: expect.stringContaining(said) }))
