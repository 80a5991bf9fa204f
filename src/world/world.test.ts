/** What must hold for a world whatever happens in it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scribble } from './scribble.ts'
import { World } from './world.ts'

const numbers = fc.array(fc.nat(), { maxLength: 120 })
/** Everything that is in a world: records in the order of their ids, words without the zeros at the end, the order of creation. */
function whole(world: World): unknown {
  const words = Object.entries(world.words).map(([area, found]) => [area, [...found.subarray(0, found.findLastIndex(w => w !== 0) + 1)]]).filter(([, list]) => list!.length > 0)
  return { records: [...world.records].sort(([a], [b]) => (a < b ? -1 : 1)), words: words.sort(), ids: world.ids('ref'), steps: world.steps.length }
}
const same = (a: unknown, b: unknown): void => expect(a).toEqual(b)

test('undo to any mark leaves exactly what was there then, and the hash with it', () => {
  fc.assert(fc.property(numbers, numbers, (before, after) => {
    const world = new World({ hashing: true })
    scribble(world, before)
    const was = structuredClone(whole(world))
    const hash = world.hash
    const mark = world.steps.length
    scribble(world, after)
    world.undo(mark)
    same(whole(world), was)
    expect(world.hash).toBe(hash)
  }), { numRuns: 300, seed: 1 })
})

test('what goes on after an undo is what a fresh world would do', () => {
  fc.assert(fc.property(numbers, numbers, numbers, (first, dropped, second) => {
    const world = new World({ hashing: true })
    scribble(world, first)
    const mark = world.steps.length
    scribble(world, dropped)
    world.undo(mark)
    scribble(world, second)
    const fresh = new World({ hashing: true })
    scribble(fresh, first)
    scribble(fresh, second)
    same(world.steps, fresh.steps)
    same(whole(world), whole(fresh))
    expect(world.hash).toBe(fresh.hash)
  }), { numRuns: 200, seed: 2 })
})

test('the hash that is kept up to date is the one made from scratch, with and without a journal', () => {
  fc.assert(fc.property(numbers, list => {
    const world = new World({ hashing: true })
    const quick = new World({ history: 'none', hashing: true })
    for (const n of list) {
      scribble(world, [n])
      scribble(quick, [n])
      expect(world.hash).toBe(world.recomputeHash())
      expect(quick.hash).toBe(world.hash)
    }
    expect(quick.steps).toEqual([])
  }), { numRuns: 100, seed: 3 })
})

test('states that differ have different hashes, counters apart', () => {
  const make = (nextIno: number, bug: string | null, word = 0): number => {
    const world = new World({ hashing: true, counters: new Set(['kernel.nextIno']) })
    world.create('kernel:0', { nextIno, bug } as never)
    world.write('dram', 7, [word])
    expect(world.recomputeHash()).toBe(world.hash)
    return world.hash
  }
  expect(make(1, null)).toBe(make(2, null))
  expect(make(1, null)).not.toBe(make(1, 'here'))
  expect(make(1, null, 1)).not.toBe(make(1, null, 2))
})

test('two objects that point at each other differ from the same two the other way round', () => {
  const hash = (pairs: readonly [string, string][]): number => {
    const world = new World({ hashing: true })
    for (const [from, to] of pairs) world.create(`ref:${from}`, { from: 'ref:x', slot: to, to: 'ref:y', counter: '', lost: false })
    return world.hash
  }
  expect(hash([['a', 'ref:b']])).not.toBe(hash([['b', 'ref:a']]))
})

test('the state is plain data at every moment', () => {
  fc.assert(fc.property(numbers, list => {
    const world = new World()
    scribble(world, list)
    for (const record of world.records.values()) {
      expect(structuredClone(record)).toEqual(record)
      expect(JSON.parse(JSON.stringify(record))).toEqual(record)
    }
  }), { numRuns: 100, seed: 4 })
})

test('an id that was given once is not given to another object, until its creation is taken back', () => {
  const world = new World()
  world.call = 'A.1'
  const ref = { from: 'ref:x', slot: '', to: 'ref:y', counter: '', lost: false } as const
  const first = world.create(world.newId('ref'), ref)
  world.remove(first)
  world.emit('ref.take', { from: 'ref:x', slot: '', to: 'ref:y', counter: '', count: 0 })
  expect(world.newId('ref')).toBe('ref:A.1.1')
  world.undo(0)
  expect(world.newId('ref')).toBe('ref:A.1')
})

test('a change without its event cannot be undone, and a missing object is our mistake', () => {
  const world = new World()
  world.write('dram', 0, [1])
  expect(world.untold).toBe(true)
  expect(() => world.undo(0)).toThrow(/wait for their event/)
  expect(() => world.get('ref:none')).toThrow(/there is no ref:none/)
  expect(() => world.remove('ref:none')).toThrow()
})
