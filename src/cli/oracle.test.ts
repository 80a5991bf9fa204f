/** Recordings of three real kernels, replayed with a full journal: same answers, no untold change, counters equal edges, undo leaves nothing. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Id } from '../journal/vocabulary.ts'
import { World } from '../world/world.ts'
import { differences, flavourOf, readRecording, replay } from './oracle.ts'

const load = (name: string) => {
  const file = new URL(`./recordings/${name}.json`, import.meta.url).pathname
  return readRecording(file, readFileSync(file, 'utf8'))
}

/** Counters of an object that are not the number of references held in them. */
function wrongCounts(world: World): string[] {
  const edges = new Map<string, number>()
  for (const id of world.ids('ref')) {
    const { to, counter } = world.get(id)
    if (counter) edges.set(`${to} ${counter}`, (edges.get(`${to} ${counter}`) ?? 0) + 1)
    if (!world.has(to)) edges.set(`${id} names nothing`, 1)
  }
  const wrong = [...edges.keys()].filter(key => key.endsWith('names nothing'))
  for (const kind of ['file', 'gem', 'fence', 'memfd'] as const) {
    for (const id of world.ids(kind)) {
      for (const counter of ['fCount', 'refcount', 'handleCount', 'pagesUse', 'pagesPin']) {
        const count = (world.get(id as Id<'gem'>) as unknown as Record<string, number | undefined>)[counter]
        if (count !== undefined && count !== (edges.get(`${id} ${counter}`) ?? 0)) wrong.push(`${id} ${counter} ${count}`)
      }
    }
  }
  return wrong
}

describe.each(['6.1', '5.2', 'rfc'])('scenarios recorded on %s', name => {
  const recording = load(name)
  const flavour = flavourOf(recording.kernel)!
  test('all agree, with every invariant kept', () => {
    const bad: string[] = []
    for (const sequence of recording.sequences) {
      const world = new World({ history: 'steps', hashing: true })
      const { at, why } = replay(recording, sequence, flavour, world)
      if (at >= 0 || why) bad.push(`${sequence.name} ${at + 1}: ${why}`)
      if (world.untold) bad.push(`${sequence.name}: untold ${JSON.stringify(world.untoldChanges)}`)
      bad.push(...wrongCounts(world).map(w => `${sequence.name}: ${w}`))
      if (world.ids('ref').some(id => !world.get(id).lost && !sequence.left)) bad.push(`${sequence.name}: references are left`)
      if (world.hash !== world.recomputeHash()) bad.push(`${sequence.name}: hash`)
      world.undo(0)
      if (world.records.size > 0) bad.push(`${sequence.name}: undo leaves ${[...world.records.keys()].join()}`)
    }
    expect(bad).toEqual([])
  })
})

test('today answers as recorded on 6.12 what 6.1 answers differently, though that release is reported apart', () => {
  const recording = load('6.12')
  expect(flavourOf(recording.kernel)).toBeUndefined()
  expect(recording.sequences.filter(s => replay(recording, s, 'KNOW').at >= 0).map(s => s.name)).toEqual([])
  expect(recording.sequences.filter(s => replay(recording, s, 'K61').at < 0).map(s => s.name)).toEqual([])
})

test('a kernel is told from the other by its recordings', () => {
  const recording = load('5.2')
  const differing = recording.sequences.filter(s => replay(recording, s, 'K61').at >= 0)
  expect(differing.length).toBeGreaterThan(30)
})

describe('malformed recordings say file, place and remedy', () => {
  test.each([
    ['{"format":1,', /x\.json: .*JSON/],
    ['{"format":2}', /field "format"/],
    ['{"format":1,"kernel":"6.1.0","devices":{"nodes":[{}]},"sequences":[]}', /devices\.nodes\[0\]/],
    ['{"format":1,"kernel":"6.1.0","devices":{"nodes":[]},"sequences":[{"name":"a","ops":[{"op":"open"}],"results":[]}]}', /line 1, sequence 1 \(a\).*1 ops and 0 results/],
    ['{"format":1,"kernel":"6.1.0","devices":{"nodes":[]},"sequences":[{"name":"a","ops":[{}],"results":[{"r":"ok"}]}]}', /op 1\. Every op/],
  ])('%s', (text, message) => expect(() => readRecording('x.json', text)).toThrow(message))
})

test('loose fields are not compared, all others are', () => {
  expect(differences({ r: 'ok', v: 3 }, { r: 'ok', v: 4, loose: ['v'] })).toEqual([])
  expect(differences({ r: 'ok', vmas: [{ pgoff: 1, len: 2 }] }, { r: 'ok', vmas: [{ pgoff: 9, len: 2 }], loose: ['vmas.pgoff'] })).toEqual([])
  expect(differences({ r: 'ok', vmas: [{ pgoff: 1, len: 2 }] }, { r: 'ok', vmas: [{ pgoff: 9, len: 3 }], loose: ['vmas.pgoff'] })).toHaveLength(1)
  expect(differences(undefined, { r: 'ok' })).toEqual(['not modelled'])
})
