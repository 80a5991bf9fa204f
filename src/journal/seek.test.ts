/** Seeking, by folding and by keyframes, against the plain fold from the beginning. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scribble } from '../world/scribble.ts'
import { World } from '../world/world.ts'
import { Keyframes } from './keyframes.ts'
import type { Journal } from './run.ts'
import { Seeker } from './seek.ts'
import { MutableSnapshot, type Snapshot } from './snapshot.ts'
import type { Step } from './step.ts'

const journalOf = (steps: readonly Step[]): Journal => ({ steps }) as Journal
const words = ({ words: areas }: Snapshot): unknown =>
  Object.entries(areas).map(([area, found]) => [area, [...found.subarray(0, found.findLastIndex(w => w !== 0) + 1)]]).filter(([, list]) => list!.length > 0).sort()
const whole = (snapshot: Snapshot): unknown => ({ records: [...snapshot.records].sort(([a], [b]) => (a < b ? -1 : 1)), words: words(snapshot) })

function folded(steps: readonly Step[], seq: number): unknown {
  const fresh = new MutableSnapshot()
  for (const step of steps.slice(0, seq + 1)) fresh.apply(step)
  return whole(fresh)
}
function steps(numbers: readonly number[]): readonly Step[] {
  const world = new World()
  scribble(world, numbers.flatMap(n => [n, 7]))
  return world.steps
}
const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 150 })

test('folding to the end and back leaves nothing', () => {
  fc.assert(fc.property(numbers, list => {
    const seeker = new Seeker(journalOf(steps(list)))
    seeker.at(Infinity)
    expect(whole(seeker.at(-1))).toEqual({ records: [], words: [] })
  }), { numRuns: 200, seed: 5 })
})

test('any jump ends where the fold from the beginning ends, whatever the spacing, and the same for two who share keyframes', () => {
  fc.assert(fc.property(numbers, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (list, jumps, spacing) => {
    const all = steps(list)
    const keyframes = new Keyframes(all, spacing)
    const [one, other] = [new Seeker(journalOf(all), keyframes), new Seeker(journalOf(all), keyframes)]
    for (const [to, first] of jumps) {
      const seq = (to % (all.length + 1)) - 1
      expect(whole((first ? one : other).at(seq))).toEqual(folded(all, seq))
    }
  }), { numRuns: 150, seed: 6 })
})

/** A journal of small changes: words of a page here and there, and a few hundred records. */
function long(count: number): readonly Step[] {
  const world = new World()
  const ref = { from: 'ref:x', slot: '', to: 'ref:y', counter: '', lost: false } as const
  for (let i = 0; i < 300; i++) world.create(`ref:${i}`, ref)
  world.emit('ref.take', { ...ref, count: 0 })
  for (let i = 1; i < count; i++) {
    if (i % 3 === 0) world.write('dram', (i * 7919) % 300_000, [i, i, i, i])
    else world.set(`ref:${i % 300}`, 'slot', `s${i}`)
    world.emit('ref.take', { ...ref, count: i })
  }
  return world.steps
}

test('keyframes keep to their room: when it is full, every other one goes, and jumps still end right', () => {
  const all = long(4000)
  const most = 400 * 4096
  const keyframes = new Keyframes(all, 10, most)
  const seeker = new Seeker(journalOf(all), keyframes)
  seeker.at(Infinity)
  expect(keyframes.bytes).toBeLessThanOrEqual(most)
  for (const seq of [0, 3999, 17, 2500, 2499, 900]) expect(whole(seeker.at(seq))).toEqual(folded(all, seq))
})

test('a far jump costs less than a hundredth of the way there', () => {
  const all = long(50_000)
  let applied = 0
  const counted = all.map(step => ({ ...step, get changes() { applied++; return step.changes } }))
  const seeker = new Seeker(journalOf(counted))
  seeker.at(49_999)
  applied = 0
  for (const seq of [100, 40_000, 25_000, 49_000, 12]) seeker.at(seq)
  expect(applied).toBeLessThan((39_900 + 15_000 + 24_000 + 48_988 + 49_900) / 100)
})

test('a journal that is still growing can be sought in', () => {
  const all = long(3000)
  const growing: Step[] = []
  const seeker = new Seeker(journalOf(growing))
  for (const step of all) {
    growing.push(step)
    if (step.seq % 700 === 0) seeker.at(step.seq)
  }
  expect(whole(seeker.at(2999))).toEqual(folded(all, 2999))
  expect(whole(seeker.at(5))).toEqual(folded(all, 5))
})

test('what did not change between two keyframes is the same object', () => {
  const all = long(2000)
  const seeker = new Seeker(journalOf(all))
  seeker.at(1999)
  const late = seeker.at(1900).records.get('ref:1')
  expect(seeker.at(300).records.get('ref:1')).not.toBe(late)
  expect(seeker.at(1900).records.get('ref:1')).toEqual(late)
  const kept = seeker.at(1024).records.get('ref:7')
  seeker.at(3)
  expect(seeker.at(1024).records.get('ref:7')).toBe(kept)
})
