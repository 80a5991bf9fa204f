/** What the page replays and counts, without a page: the figures are those of the recordings. */
import { describe, expect, test } from 'vitest'
import { ownText } from '../cli/recording-files.ts'
import type { GivenRecording, ReplayProgress, ReleaseTally } from '../journal/evidence.ts'
import { readProgram } from '../userspace/program/check.ts'
import { attempt, Replaying, sequenceIn } from './replaying.ts'
import { RULES } from './rules.ts'

interface Whole extends ReplayProgress { readonly told: number }
function replayed(given: readonly GivenRecording[]): Whole {
  const replaying = new Replaying(given)
  let told = 0
  for (let n = 1; replaying.tick(); n++) if (n % 10 === 0) told += replaying.progress().sequences.length
  const last = replaying.progress()
  return { ...last, told: told + last.sequences.length }
}
const own = (name: string): GivenRecording => ({ file: name, text: ownText(name) })
const rule = ({ rules }: ReleaseTally, id: string) => rules.find(each => each.id === id)!

describe('three releases', () => {
  const { done, all, releases, told, disagreements } = replayed(['6.1.192/scenarios', '5.2.1/scenarios', '6.12.117/differs-on-6.12'].map(own))
  test('every operation and sequence is told once, and agrees', () => {
    expect({ done, all, told, disagreements }).toEqual({ done: 1107 + 2013 + 286, all: 1107 + 2013 + 286, told: 68 + 110 + 9, disagreements: [] })
    expect(releases.map(({ release, flavour, apart, ops }) => [release, flavour, apart, ops.agree, ops.all])).toEqual([
      ['6.1.192', 'K61', false, 1107, 1107], ['5.2.1', 'K52', false, 2013, 2013], ['6.12.117', 'KNOW', true, 286, 286],
    ])
  })
  test('every operation speaks for some rule, and every rule is spoken for', () => {
    for (const { rules } of releases.slice(0, 2)) expect(rules.filter(each => each.all === 0)).toEqual([])
    const kinds = new Set(releases.flatMap(({ kinds: found }) => found.map(({ id }) => id)))
    const plain = (op: string) => ({ op: { op }, target: 'own' as const, ordinary: false, render: false })
    expect([...kinds].filter(op => !RULES.some(({ holds }) => holds(plain(op), { r: 'ok' }))).filter(op => op !== 'setuid')).toEqual([])
  })
  test('mapping an import is a rule of its own, told by whose object lies at the offset', () => {
    const [recording] = [JSON.parse(ownText('6.1.192/scenarios')) as { sequences: { name: string }[] }]
    const one = { ...recording, sequences: recording!.sequences.filter(({ name }) => name === 'import/forwarded-mmap-of-read-only-export') }
    const [release] = replayed([{ file: 'one', text: JSON.stringify(one) }]).releases
    expect(rule(release!, 'forwarding').all).toBeGreaterThan(0)
    expect(rule(release!, 'buffer-mmap').all).toBeGreaterThan(0)
  })
})

test('a changed answer is told with file, sequence, operation and both answers; what follows counts as different in every table', () => {
  const recording = JSON.parse(ownText('5.2.1/scenarios')) as { sequences: { name: string; ops: { op: string }[]; results: Record<string, unknown>[] }[] }
  const sequence = recording.sequences.find(({ name }) => name === 'thread/ro-export-shmem-to-shmem')!
  const at = sequence.ops.findIndex(({ op }, i) => op === 'mmap' && sequence.results[i]!.r === 'EACCES')
  sequence.results[at] = { r: 'ok' }
  recording.sequences = [sequence]
  const { releases, disagreements, sequences } = replayed([{ file: 'mine', text: JSON.stringify(recording) }])
  expect(disagreements).toEqual([{
    file: 'mine', sequence: sequence.name, op: at + 1, of: sequence.ops.length, operation: JSON.stringify(sequence.ops[at]), expected: '{"r":"ok"}', got: '{"r":"EACCES"}', why: 'r: "EACCES", recorded "ok"',
  }])
  expect(sequences).toMatchObject([{ agree: at, ops: sequence.ops.length }])
  expect(releases[0]!.ops).toEqual({ agree: at, all: sequence.ops.length })
  expect(rule(releases[0]!, 'buffer-mmap').agree).toBe(0)
  const close = sequenceIn({ file: 'mine', text: JSON.stringify(recording), sequence: sequence.name })!
  expect(close.ops.map(({ verdict }) => verdict)).toEqual([...Array<string>(at).fill('agrees'), 'differs', ...Array<string>(sequence.ops.length - at - 1).fill('not reached')])
})

describe('one sequence from close', () => {
  const given = { ...own('5.2.1-patched/scenarios'), sequence: 'thread/vgem-imports-shmem-write' }
  test('its operations, the log of that kernel, and a program without mistakes', () => {
    const found = sequenceIn(given)!
    expect(found).toMatchObject({ kernel: expect.stringMatching(/^5\.2\.1 \+ the patch/), flavour: 'KRFC' })
    expect(found.ops.some(({ recorded }) => recorded === 'killed')).toBe(true)
    expect(found.log.join(' ')).toContain('kernel BUG at mm/memory.c:1523')
    expect(found.ops[0]!.op).toMatch(/^p1 open .*→ \w+$/)
    expect(readProgram(found.program).mistakes).toEqual([])
  })
  test('none of that name: null; no recording at all: the place and the remedy', () => {
    expect(sequenceIn({ ...given, sequence: 'nowhere' })).toBeNull()
    expect(attempt(() => new Replaying([{ file: 'notes.txt', text: 'dear diary' }])).problem).toMatchObject({ message: expect.stringMatching(/^notes\.txt: line 1, column 1\.$/), remedy: expect.stringContaining('It is not JSON') })
  })
})
