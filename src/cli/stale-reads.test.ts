/** A world without a journal changes records where they lie. That is only right as long as nobody reads a field from a record that he got before it changed. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AnyRecord } from '../journal/snapshot.ts'
import type { Id } from '../journal/vocabulary.ts'
import { flavourOf } from '../recordings/releases.ts'
import { replay } from '../recordings/replay.ts'
import { World } from '../world/world.ts'
import { caseOf, play } from './fuzz/play.ts'
import { ownRecording } from './recording-files.ts'

const stale = new Set<string>()
let reads = 0

/** The record as it was given, and an ear on what is read from it. */
function heard(world: World, id: Id, record: AnyRecord): AnyRecord {
  const changed = (field: string): boolean => {
    reads++
    const now = world.records.get(id)
    return now !== undefined && now !== record && now[field] !== record[field]
  }
  const note = (field: string): void => void stale.add(`${id.slice(0, id.indexOf(':'))}.${field} ${new Error().stack!.split('\n').filter(line => !line.includes('stale-reads')).slice(1, 3).join(' ')}`)
  return new Proxy(record, {
    get(target, field) {
      if (typeof field === 'string' && changed(field)) note(field)
      return Reflect.get(target, field)
    },
    ownKeys(target) {
      for (const field of Object.keys(target)) if (changed(field)) note(field)
      return Reflect.ownKeys(target)
    },
  })
}

beforeEach(() => {
  stale.clear()
  reads = 0
  const { get, find } = World.prototype
  vi.spyOn(World.prototype, 'get').mockImplementation(function (this: World, id: Id) { return heard(this, id, get.call(this, id as never) as unknown as AnyRecord) as never })
  vi.spyOn(World.prototype, 'find').mockImplementation(function (this: World, id: Id | null | undefined) {
    const record = find.call(this, id as never) as unknown as AnyRecord | undefined
    return (record && heard(this, id!, record)) as never
  })
})
afterEach(() => void vi.restoreAllMocks())

test.each(['6.1.192', '5.2.1', '5.2.1-patched'])('not in the sequences recorded on %s', release => {
  const recording = ownRecording(`${release}/scenarios`)
  for (const sequence of recording.sequences) replay(recording, sequence, flavourOf(recording.kernel)!, new World({ history: 'steps' }))
  expect([...stale]).toEqual([])
  expect(reads).toBeGreaterThan(20_000)
})

test('not in programs made by chance', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 8; seed++) play(caseOf(seed, 120))
  expect([...stale]).toEqual([])
  expect(reads).toBeGreaterThan(20_000)
})

test('a read that comes too late is heard', () => {
  const world = new World()
  world.create('kernel:0', { nextIno: 1, nextPid: 1, bug: null, mair: [] })
  const before = world.get('kernel:0')
  world.set('kernel:0', 'nextPid', 2)
  expect([before.nextIno, before.nextPid, world.get('kernel:0').nextPid]).toEqual([1, 1, 2])
  expect([...stale].map(found => found.split(' ')[0])).toEqual(['kernel.nextPid'])
})
