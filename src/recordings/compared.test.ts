/** Whatever a recording says is compared: each field of each kind of answer, changed once, is found at its operation and by its name. */
import { describe, expect, test } from 'vitest'
import { ownRecording } from '../cli/recording-files.ts'
import type { Result } from './ops.ts'
import type { Recording, Sequence } from './read.ts'
import { flavourOf } from './releases.ts'
import { replay } from './replay.ts'

const RELEASES = ['6.1.192', '5.2.1', '5.2.1-patched']

const other = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return value === null ? 0 : `${String(value)}x`
}
type Path = readonly (string | number)[]
/** The places of all single values in an answer; of a list the first entry, and the list itself. */
function places(value: unknown, at: Path = []): Path[] {
  if (Array.isArray(value)) return [at, ...(value.length > 0 ? places(value[0], [...at, 0]) : [])]
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, part]) => places(part, [...at, key]))
  return [at]
}
function changed(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return Array.isArray(value) ? [...(value as unknown[]), 0] : other(value)
  const copy: Record<string | number, unknown> = Array.isArray(value) ? ([...(value as unknown[])] as unknown as Record<number, unknown>) : { ...(value as object) }
  copy[key] = changed(copy[key], rest)
  return copy
}
/** `vmas.pgoff`, as in the list of what is loose. */
const nameOf = (path: Path): string => path.filter(key => typeof key === 'string').join('.')

interface Found { readonly sequence: Sequence; readonly i: number; readonly path: Path }
/** Each field of each kind of operation where it occurs first. */
function firstPlaces({ sequences }: Recording): Map<string, Found> {
  const found = new Map<string, Found>()
  for (const sequence of sequences) {
    sequence.results.forEach(({ loose = [], ...result }, i) => {
      for (const path of places(result)) {
        const id = `${sequence.ops[i]!.op} ${path.map(key => (typeof key === 'number' ? '[]' : key)).join('.')}`
        if (!found.has(id) && !(loose as string[]).some(name => nameOf(path).startsWith(name))) found.set(id, { sequence, i, path })
      }
    })
  }
  return found
}

const withResult = (sequence: Sequence, i: number, result: Result): Sequence => ({ ...sequence, results: sequence.results.map((was, n) => (n === i ? result : was)) })

describe.each(RELEASES)('of %s', release => {
  const recording = ownRecording(`${release}/scenarios`)
  const flavour = flavourOf(recording.kernel)!

  test('a field that is changed, missing or too many', () => {
    const unseen: string[] = []
    const all = firstPlaces(recording)
    for (const [id, { sequence, i, path }] of all) {
      const result = sequence.results[i]!
      const field = String(path[0])
      const { [field]: _, ...rest } = result
      const wrong: [Result, string][] = [[changed(result, path) as Result, `${field}: `], [{ ...result, surplus: 1 }, 'surplus: nothing'], [rest as Result, `${field}: `]]
      for (const [answer, said] of wrong) {
        const { at, why } = replay(recording, withResult(sequence, i, answer), flavour)
        if (at !== i || !why.includes(said)) unseen.push(`${id} in ${sequence.name}: ${at} ${why}`)
      }
    }
    expect(unseen).toEqual([])
    expect(all.size).toBeGreaterThan(100)
  })

  test('what is left of dma-bufs, and the log', () => {
    let logs = 0
    for (const sequence of recording.sequences.filter(({ left, log }) => left !== undefined || log !== undefined).concat(recording.sequences.slice(0, 3))) {
      const end = (one: Sequence): string => replay(recording, one, flavour).why
      expect(end(sequence), sequence.name).toBe('')
      expect(end({ ...sequence, left: (sequence.left ?? 0) + 1 }), sequence.name).toMatch(/dma-bufs? outlives? all processes/)
      expect(end({ ...sequence, log: [...(sequence.log ?? []), 'WARNING: CPU: 0 PID: N at fs/open.c:1 do_open+0x1/0x2'].slice(-4) }), sequence.name).toMatch(/the kernel's log says/)
      if (sequence.log === undefined) continue
      logs++
      expect(end({ ...sequence, log: [] }), sequence.name).toMatch(/the kernel's log says/)
      expect(end({ ...sequence, log: sequence.log.map(line => line.replace(/:\d+/, ':1')) }), sequence.name).toMatch(/the kernel's log says/)
    }
    expect(logs > 0).toBe(release !== '6.1.192')
  })
})

test('what a process that was killed answers, and that its later operations are skipped', () => {
  const recording = ownRecording('5.2.1-patched/scenarios')
  const ended = recording.sequences.filter(({ results }) => results.some(({ r }) => r === 'killed'))
  expect(ended.length).toBe(4)
  for (const sequence of ended) {
    const i = sequence.results.findIndex(({ r }) => r === 'killed')
    expect(replay(recording, withResult(sequence, i, { r: 'ok' }), 'KRFC').at).toBe(i)
    const later = sequence.results.findIndex(({ r }, n) => n > i && r === 'skip')
    if (later > 0) expect(replay(recording, withResult(sequence, later, { r: 'killed' }), 'KRFC').at).toBe(later)
  }
})
