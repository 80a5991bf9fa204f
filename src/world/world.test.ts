/** What must hold for a world whatever happens in it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { u64, type U64 } from '../base/bits.ts'
import { CLEAN, CPU_DATA, CPU_LINE, DIRTY, DRAM, GPU_DATA, GPU_LINE, GPU_MASK, GPU_OUTER, INVALID } from '../journal/areas.ts'
import type { EventName, Events } from '../journal/vocabulary.ts'
import { scribble } from './scribble.ts'
import { World } from './world.ts'

const numbers = fc.array(fc.nat(), { maxLength: 120 })
/** Everything that is in a world: records in the order of their ids, words without the zeros at the end, the order of creation. */
function whole(world: World): unknown {
  const words = Object.entries(world.words).map(([area, found]) => [area, [...found.subarray(0, found.findLastIndex(w => w !== 0) + 1)]]).filter(([, list]) => list!.length > 0)
  return { records: [...world.records].sort(([a], [b]) => (a < b ? -1 : 1)), words: words.sort(), ids: world.ids('ref'), steps: world.steps.length }
}
/** Two states that differ are told apart in each lane by itself. */
const bothDiffer = (a: U64, b: U64): boolean => a.hi !== b.hi && a.lo !== b.lo
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
    expect(world.hash).toEqual(hash)
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
    expect(world.hash).toEqual(fresh.hash)
  }), { numRuns: 200, seed: 2 })
})

test('the hash that is kept up to date is the one made from scratch, with and without a journal', () => {
  fc.assert(fc.property(numbers, list => {
    const world = new World({ hashing: true })
    const quick = new World({ history: 'none', hashing: true })
    for (const n of list) {
      scribble(world, [n])
      scribble(quick, [n])
      expect(world.hash).toEqual(world.recomputeHash())
      expect(quick.hash).toEqual(world.hash)
    }
    expect(quick.steps).toEqual([])
  }), { numRuns: 100, seed: 3 })
})

/** A state without what can no longer matter: words of lines that are not held. */
function canonical(world: World): { readonly records: readonly [string, unknown][]; readonly words: readonly [string, number, number][] } {
  const words: [string, number, number][] = []
  const each: Record<string, [lines: string, words: number]> = { [CPU_DATA]: [CPU_LINE, 16], [GPU_DATA]: [GPU_LINE, 16], [GPU_MASK]: [GPU_LINE, 2], [GPU_OUTER]: [GPU_LINE, 1] }
  for (const [area, found] of Object.entries(world.words)) {
    found.forEach((word, at) => {
      const [lines, many] = each[area] ?? []
      if (word !== 0 && (!many || world.word(lines!, Math.floor(at / many)) !== INVALID)) words.push([area, at, word])
    })
  }
  return { records: [...world.records].map(([id, record]): [string, unknown] => [id, record]), words }
}

test('equal states have equal hashes, by whatever way they came about', () => {
  fc.assert(fc.property(numbers, numbers, fc.nat(), (first, second, turn) => {
    const world = new World({ hashing: true })
    scribble(world, first)
    scribble(world, second)
    const { records, words } = canonical(world)
    // Another world is made to be in the same state straight away, in another order, with other words where no line is held.
    const other = new World({ hashing: true })
    const from = <T>(list: readonly T[]): T[] => list.map((_, i) => list[(i + turn) % list.length]!)
    for (const at of [0, 17, 300]) other.write(CPU_DATA, at, [turn])
    for (const [id, record] of from(records)) other.create(id as 'ref:a', Object.fromEntries(Object.entries(record as object).reverse()) as never)
    for (const [area, at, word] of from(words)) other.write(area, at, [word])
    for (const at of [0, 17, 300]) if (world.word(CPU_LINE, Math.floor(at / 16)) !== INVALID) other.write(CPU_DATA, at, [world.word(CPU_DATA, at)])
    expect(other.hash).toEqual(world.hash)
    expect(other.recomputeHash()).toEqual(world.hash)
  }), { numRuns: 200, seed: 5 })
})

test('a word in a cache counts while its line is held, and only then', () => {
  for (const [lines, data, first] of [[CPU_LINE, CPU_DATA, 32], [GPU_LINE, GPU_DATA, 32], [GPU_LINE, GPU_MASK, 4], [GPU_LINE, GPU_OUTER, 2]] as const) {
    const world = new World({ hashing: true })
    const empty = world.hash
    expect(empty).toEqual(u64(0, 0))
    world.write(data, first, [7])
    expect(world.hash, data).toEqual(empty)
    world.write(lines, 2, [CLEAN])
    const seven = world.hash
    world.write(data, first, [8])
    expect(bothDiffer(world.hash, seven), data).toBe(true)
    world.write(data, first, [7])
    expect(world.hash, data).toEqual(seven)
    world.write(lines, 2, [DIRTY])
    expect(bothDiffer(world.hash, seven), data).toBe(true)
    world.write(lines, 2, [INVALID])
    expect(world.hash, data).toEqual(empty)
  }
})

test('the lanes do not collide together: 100,000 states of one word, and as many of one field', () => {
  const both = new Set<string>()
  const one = new Set<number>()
  const world = new World({ hashing: true })
  world.create('ref:a', { from: 'ref:x', slot: '', to: 'ref:y', counter: '', lost: false })
  for (let i = 0; i < 100_000; i++) {
    world.write('dram', i % 1000, [i + 1])
    const { hi, lo } = world.hash
    both.add(`${hi} ${lo}`)
    one.add(lo)
    world.write('dram', i % 1000, [0])
    world.set('ref:a', 'slot', `s${i}`)
    both.add(`${world.hash.hi} ${world.hash.lo}`)
  }
  // By the birthday bound, one lane of 32 bits alone has one or two pairs; more than twenty would be a weak lane.
  expect(one.size).toBeGreaterThan(100_000 - 20)
  expect(both.size).toBe(200_000)
})

test('a world that takes over the room of another is as a fresh one', () => {
  fc.assert(fc.property(numbers, numbers, fc.boolean(), (first, second, hashing) => {
    const over = new World({ hashing })
    scribble(over, first)
    over.write('long', 100_000, [1])
    const world = new World({ history: 'none', hashing, after: over })
    const fresh = new World({ history: 'none', hashing })
    scribble(world, second)
    scribble(fresh, second)
    same(whole(world), whole(fresh))
    expect(world.hash).toEqual(fresh.hash)
    expect(world.newId('ref')).toBe(fresh.newId('ref'))
    expect(over.words).toEqual({})
  }), { numRuns: 100, seed: 6 })
})

test('a world without a journal answers the same ids in the same order', () => {
  fc.assert(fc.property(numbers, list => {
    const [kept, quick] = [new World(), new World({ history: 'none' })]
    scribble(kept, list)
    scribble(quick, list)
    expect(quick.ids('ref')).toEqual(kept.ids('ref'))
    expect(quick.newId('ref')).toBe(kept.newId('ref'))
    same({ ...whole(quick) as object, steps: 0 }, { ...whole(kept) as object, steps: 0 })
  }), { numRuns: 100, seed: 7 })
})

test('states that differ have different hashes, counters apart', () => {
  const make = (nextIno: number, bug: string | null, word = 0): U64 => {
    const world = new World({ hashing: true, counters: new Set(['kernel.nextIno']) })
    world.create('kernel:0', { nextIno, bug } as never)
    world.write('dram', 7, [word])
    expect(world.recomputeHash()).toEqual(world.hash)
    return world.hash
  }
  expect(make(1, null)).toEqual(make(2, null))
  expect(bothDiffer(make(1, null), make(1, 'here'))).toBe(true)
  expect(bothDiffer(make(1, null, 1), make(1, null, 2))).toBe(true)
})

test('two objects that point at each other differ from the same two the other way round', () => {
  const hash = (pairs: readonly [string, string][]): U64 => {
    const world = new World({ hashing: true })
    for (const [from, to] of pairs) world.create(`ref:${from}`, { from: 'ref:x', slot: to, to: 'ref:y', counter: '', lost: false })
    return world.hash
  }
  expect(bothDiffer(hash([['a', 'ref:b']]), hash([['b', 'ref:a']]))).toBe(true)
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

test('many steps as one change what they changed, and are undone to what was there before', () => {
  fc.assert(fc.property(numbers, numbers, (before, after) => {
    const world = new World({ hashing: true })
    scribble(world, before)
    const was = structuredClone(whole(world))
    const [hash, mark] = [world.hash, world.steps.length]
    scribble(world, after)
    const is = structuredClone(whole(world)) as { steps: number }
    const steps = world.withdraw(mark)
    if (steps.length === 0) return
    world.owe(steps)
    world.emit('thing.change' as EventName, { count: 0 } as unknown as Events[EventName])
    same({ ...(whole(world) as object), steps: 0 }, { ...is, steps: 0 })
    expect(world.recomputeHash()).toEqual(world.hash)
    world.undo(mark)
    same(whole(world), was)
    expect(world.hash).toEqual(hash)
  }), { numRuns: 60, seed: 6 })
})

test('a picture that moves from area to area is kept once', () => {
  const world = new World()
  const tell = (): void => world.emit('thing.change' as EventName, { count: 0 } as unknown as Events[EventName])
  const picture = Uint32Array.from({ length: 5000 }, (_, i) => i + 1)
  world.write(CPU_DATA, 64, picture)
  tell()
  world.write(DRAM, 64, world.taken(CPU_DATA, 64, 5000), true)
  tell()
  world.fill(CPU_DATA, 64, 5000, 0)
  tell()
  const [stored, cleaned, zeroed] = world.steps.map(step => step.words[0]!)
  expect(cleaned!.to.buffer).toBe(stored!.to.buffer)
  expect(zeroed!.from.buffer).toBe(stored!.to.buffer)
  expect(stored!.from.buffer).toBe(zeroed!.to.buffer)
  expect(stored!.to.buffer).not.toBe(picture.buffer)
  expect([...zeroed!.from.subarray(0, 3), ...stored!.from.subarray(0, 3)]).toEqual([1, 2, 3, 0, 0, 0])
})

test('what was undone can be taken again, and an undo that is told the hash comes to the same', () => {
  fc.assert(fc.property(numbers, numbers, numbers, (before, after, further) => {
    const world = new World({ hashing: true })
    scribble(world, before)
    const [mark, hash] = [world.steps.length, world.hash]
    const was = structuredClone(whole(world))
    scribble(world, after)
    const [steps, then] = [world.steps.slice(mark), world.hash]
    const will = structuredClone(whole(world))
    world.undo(mark, hash)
    same(whole(world), was)
    expect(world.recomputeHash()).toEqual(hash)
    world.redo(steps, then)
    same(whole(world), will)
    expect([world.hash, world.recomputeHash()]).toEqual([then, then])
    // And on from there as if nothing had been undone.
    const fresh = new World({ hashing: true })
    for (const list of [before, after, further]) scribble(fresh, list)
    scribble(world, further)
    same(whole(world), whole(fresh))
    expect(world.hash).toEqual(fresh.hash)
  }), { numRuns: 150, seed: 8 })
})

test('a world that becomes another one is as that one', () => {
  fc.assert(fc.property(numbers, numbers, numbers, (first, second, further) => {
    const [world, other] = [new World({ hashing: true }), new World({ hashing: true })]
    scribble(world, first)
    scribble(other, second)
    world.become(structuredClone([...other.records].map(([id]) => [id, other.records.get(id)!] as const)), structuredClone(other.words))
    expect(world.recomputeHash()).toEqual(other.hash)
    expect(world.hash).toEqual(other.hash)
    expect(world.steps).toEqual([])
    scribble(world, further)
    expect(world.hash).toEqual(world.recomputeHash())
  }), { numRuns: 100, seed: 9 })
})
