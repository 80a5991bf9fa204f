/** A TLB remembers what it was told until somebody says otherwise. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { u64 } from '../base/bits.ts'
import { TLB_CPU, TLB_ENTRIES, TLB_ENTRY_WORDS } from '../journal/areas.ts'
import { World } from '../world/world.ts'
import { tlbFill, tlbFlush, tlbLookup, WHOLE_SPACE } from './tlb.ts'

const fill = (world: World, space: number, page: number, lo = page): void => tlbFill(world, TLB_CPU, space, [{ addr: page * 4096, entry: u64(1, lo) }], '')
const found = (world: World, space: number, page: number): number | undefined => tlbLookup(world, TLB_CPU, space, page * 4096 + 12)?.lo

test('an entry lies as the stage reads it', () => {
  const world = new World()
  tlbFill(world, TLB_CPU, 7, [{ addr: 0xffff_b2c4_1000, entry: u64(0x0168_0000, 0x8000_1f4b) }], '')
  expect([...world.words[TLB_CPU]!.subarray(0, TLB_ENTRY_WORDS)]).toEqual([1, 7, 0xfffb_2c41, 0xf, 0x8000_1f4b, 0x0168_0000])
})

test('pages of one address space are found in no other', () => {
  const world = new World()
  fill(world, 1, 5)
  expect([found(world, 1, 5), found(world, 2, 5), found(world, 1, 6)]).toEqual([5, undefined, undefined])
})

test('a flush takes the pages of its range and of its address space, and says how many', () => {
  const world = new World()
  for (const page of [4, 5, 6, 2 ** 33]) fill(world, 1, page)
  fill(world, 2, 5)
  tlbFlush(world, TLB_CPU, 1, 5 * 4096, 8192)
  expect(world.steps.at(-1)!.fields).toMatchObject({ agent: 'cpu', entries: 2 })
  expect([4, 5, 6, 2 ** 33].map(page => found(world, 1, page))).toEqual([4, undefined, undefined, 0])
  expect(found(world, 2, 5)).toBe(5)
  tlbFlush(world, TLB_CPU, 1, 0, WHOLE_SPACE)
  expect([4, 2 ** 33].map(page => found(world, 1, page))).toEqual([undefined, undefined])
})

test('it never holds more than it has places, and the last page filled is always there', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 36 - 1 })), { minLength: 1, maxLength: 60 }), fills => {
    const world = new World()
    for (const [space, page] of fills) {
      if (found(world, space, page) === undefined) fill(world, space, page, page % 2 ** 32)
      expect(found(world, space, page)).toBe(page % 2 ** 32)
    }
    const words = world.words[TLB_CPU]!
    expect(words.subarray(TLB_ENTRIES * TLB_ENTRY_WORDS).every(word => word === 0)).toBe(true)
  }))
})
