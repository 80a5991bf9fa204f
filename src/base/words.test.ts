/** Sentences that are brought: silence before, words after. */
import { expect, test } from 'vitest'
import { words } from './words.ts'

const SENTENCES = { lines: '{n} {n#line|lines}', plain: 'nothing { } to fill' } as const

test('are not there until they have been brought', () => {
  const { bring, say } = words<typeof SENTENCES>(null)
  expect([say('lines', { n: 2 }), say('plain')]).toEqual(['', ''])
  bring(SENTENCES)
  expect([say('lines', { n: 2 }), say('plain')]).toEqual(['2 lines', 'nothing { } to fill'])
  expect(words(SENTENCES).say('lines', { n: 1 })).toBe('1 line')
})
