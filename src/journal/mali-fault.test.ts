/** AS_FAULTSTATUS: every field, and which faults a heap can answer. */
import { expect, test } from 'vitest'
import { decodeFault, isTranslationFault } from './mali-fault.ts'

test('a read where level 3 has no entry, by unit 0', () => {
  expect(decodeFault(0x2c4)).toEqual({ type: 0xc4, what: 'no entry at level 3', access: 'a read', decoder: false, source: 0 })
})
test('a write that is not allowed, by unit 0x8081, and a bus error on the way', () => {
  expect(decodeFault(0x8081_03c8)).toMatchObject({ what: 'an access that the entry does not allow', access: 'a write', source: 0x8081 })
  expect(decodeFault(0x4d2)).toMatchObject({ what: 'a bus error while level 1 was read', access: 'an atomic access', decoder: true })
})
test('nothing is made up for numbers that nobody lists', () => expect(decodeFault(0x55).what).toBe('an unknown exception'))
test('translation faults, and nothing beside them', () => expect([0xbf, 0xc0, 0xc1, 0xc4, 0xc7, 0xc8, 0xd1].map(isTranslationFault)).toEqual([false, true, true, true, true, false, false]))
