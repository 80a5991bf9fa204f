/** Programs by chance: a few thousand steps here; `npm run fuzz` runs a hundred thousand. A failure must come out short. */
import { expect, test } from 'vitest'
import { calls } from '../userspace/calls.ts'
import { textOf } from './fuzz/deck.ts'
import { PROCESSES } from './fuzz/generate.ts'
import { caseOf, play, type Played } from './fuzz/play.ts'
import { shrink } from './fuzz/shrink.ts'
import { answersText, fuzz, main } from './fuzz.ts'

const STEPS = 3000

test(`${STEPS} steps on whatever lies on the shelves: no exception, and counts equal the references after each`, { timeout: 60_000 }, () => {
  const tally = fuzz(1, STEPS)
  console.log(`${tally.steps} steps of ${tally.programs} programs: ${answersText(tally)}`)
  expect(tally.failures.map(({ found, failure }) => `seed ${found.seed}: ${failure.text}`)).toEqual([])
  const all = [...tally.answers.values()].reduce((sum, n) => sum + n, 0)
  expect((tally.answers.get('ok') ?? 0) / all).toBeGreaterThan(0.4)
  // Wrong arguments of many kinds are among them.
  expect(['EBADF', 'EINVAL', 'ENOENT', 'EACCES', 'ENOTTY', 'SIGSEGV', 'skipped'].filter(answer => !tally.answers.has(answer))).toEqual([])
  expect(Object.keys(calls).filter(name => !tally.worked.has(name)).length, 'calls that were never made').toBeLessThan(8)
})

test('the same seed makes the same program on the same machine', () => {
  const [one, other] = [caseOf(5, 60), caseOf(5, 60)]
  expect(other.lines).toEqual(one.lines)
  expect(other.blueprint.devices).toEqual(one.blueprint.devices)
  expect(caseOf(6, 60).lines).not.toEqual(one.lines)
})

test('a program that fails is shrunk to the lines that matter', () => {
  const found = caseOf(1, 60)
  const nothing: Omit<Played, 'failure'> = { steps: 0, answers: new Map(), worked: new Map() }
  // As if opening the first card and then making a dumb buffer on it were a mistake of ours.
  const failing = (one: typeof found): Played => {
    const open = one.lines.findIndex(({ text }) => /= open\(/.test(text))
    const make = one.lines.findIndex(({ text }, i) => i > open && /CREATE_DUMB/.test(text))
    return { ...nothing, failure: open >= 0 && make >= 0 ? { kind: 'planted', text: 'planted' } : null }
  }
  expect(failing(found).failure).not.toBe(null)
  const short = shrink(found, 'planted', failing)
  expect(short.lines.length).toBe(2)
  expect(textOf({ processes: PROCESSES, lines: short.lines }, true)).toMatch(/open\([^]*CREATE_DUMB/)
})

test.each([
  ['a job at an address below zero ends in a fault of the GPU', 'DRM_IOCTL_PANFROST_SUBMIT(f1, write(-1, 4096, night))'],
  ['a picture with lines of negative length is refused', 'drmModeAddFB(f1, 64, 16, -1, 1)'],
  ['hardware has nothing to do at addresses that nobody has', 'evict(1, 9007199254740991)'],
  ['a buffer of more than everything is refused', 'DRM_IOCTL_MODE_CREATE_DUMB(f1, -4096)'],
])('what chance once found: %s', (_, text) => {
  const found = caseOf(1, 1)
  const devices = [{ driver: 'panfrost', card: 'card0', render: 'renderD128', role: '' as const }]
  const lines = ['f1 = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)', text].map(line => ({ process: 'A', text: line }))
  const { failure, steps } = play({ ...found, scheduled: true, blueprint: { ...found.blueprint, devices }, lines })
  expect(failure).toBe(null)
  expect(steps).toBe(2)
})

test('a count that no reference accounts for is found, with the step after which it is wrong', () => {
  const found = caseOf(3, 40)
  const broken = { ...found, blueprint: { ...found.blueprint, kernel: { ...found.blueprint.kernel, fileReleases: {} } } }
  const { failure } = play(broken)
  expect(failure?.text).toMatch(/left over|there is no|references/)
})

test('a wrong option is told', async () => {
  expect(await main(['--stepz', '3'])).toBe(2)
  expect(await main(['--steps', 'many'])).toBe(2)
})
