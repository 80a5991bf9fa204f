/** `npm run play`: every choice by its option, the platform without one, and an answer with the known words for every unknown one. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { AXES } from '../machine/variant.ts'
import { parts, scenarios, variants } from '../worker/shelves.ts'
import { main } from './play.ts'

afterEach(() => vi.restoreAllMocks())

async function play(...argv: string[]): Promise<{ status: number; out: string; complaint: string }> {
  let out = ''
  let complaint = ''
  vi.spyOn(process.stdout, 'write').mockImplementation(text => ((out += String(text)), true))
  vi.spyOn(console, 'log').mockImplementation(text => void (out += `${String(text)}\n`))
  vi.spyOn(console, 'error').mockImplementation(text => void (complaint += `${String(text)}\n`))
  const status = await main(argv)
  vi.restoreAllMocks()
  return { status, out, complaint }
}

test.each(variants.map(v => [v.number, v.id]))('%s without a platform runs on the RK3399, by number or by name', async (number, id) => {
  const { status, out } = await play('canonical', '--variant', number)
  expect(status).toBe(0)
  expect(out).toBe((await play('canonical', '--variant', id, '--platform', 'rk3399')).out)
  expect(out.trimEnd().split('\n').at(-1)).toMatch(/^verdict: /)
})

test('every part of every axis is one option away', async () => {
  for (const axis of AXES) for (const { id } of parts[axis]) {
    const { status, out, complaint } = await play('canonical', `--${axis}`, id, '--verdict')
    expect({ axis, id, status, complaint, line: out.startsWith('verdict: ') }).toEqual({ axis, id, status: 0, complaint: '', line: true })
  }
})

test('an option overrides the variant', async () => {
  expect((await play('canonical', '--variant', 'V1', '--flags=F1', '--path=D', '--verdict')).out).toBe('verdict: ✓ works\n')
  expect((await play('canonical', '--variant', 'V5', '--kernel', 'kblk', '--path', 'n', '--verdict')).out).toMatch(/EINVAL at MMAP_BO, then abort/)
})

test.each([
  [[], scenarios.map(s => s.id)],
  [['nonsense'], scenarios.map(s => s.id)],
  [['canonical', 'appendix-a'], ['appendix-a', '--variant']],
  [['canonical', '--nonsense', 'x'], ['--variant', '--kernel', '--platform', '--exporter', '--importer', '--flags', '--path', '--sync']],
  [['canonical', '--variant', 'V77'], variants.map(v => v.number)],
  [['canonical', '--variant'], variants.map(v => v.number)],
  [['canonical', '--program', 'no/such/file'], ['no/such/file', 'ENOENT']],
  [['canonical', '--platform='], parts.platform.map(p => p.id)],
  ...AXES.flatMap(axis => [[['canonical', `--${axis}`, 'nonsense'], parts[axis].map(p => p.id)], [['canonical', `--${axis}`], parts[axis].map(p => p.id)]] as [string[], string[]][]),
] as [string[], string[]][])('%j is answered with what is known', async (argv, known) => {
  const { status, out, complaint } = await play(...argv)
  expect(status).toBe(2)
  expect(out).toBe('')
  for (const word of known) expect(complaint).toContain(word)
})

test('a mistake in a program names file, line, column and remedy', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'play-')), 'story.txt')
  writeFileSync(file, 'process main A {\n  fd = opne("/dev/null", O_RDWR)\n}\n')
  const { status, complaint } = await play('canonical', '--program', file)
  expect(status).toBe(2)
  expect(complaint).toContain(`${file}, line 2, column 8`)
  expect(complaint).toContain('open')
})

test('where the kernel is odd is said behind the findings', async () => {
  expect((await play('canonical', '--variant', 'V9')).out).toMatch(/^quirk: mode-not-asked-on-the-node at \d+, vma:\S+ dma_buf:\S+: The node of an importer asks for its own mode/m)
  expect((await play('canonical', '--variant', 'V5')).out).not.toMatch(/^quirk: /m)
})

test('calls are left out by their keys, and an unknown one is answered with those there are', async () => {
  expect((await play('canonical', '--variant', 'V5', '--exporter', 'E2', '--skip', 'B.1,A.13', '--verdict')).out).toBe('verdict: ✗ EBADF at FD_TO_HANDLE (B.3)\n')
  const remedy = 'Its calls are A.1 to B.13.'
  for (const more of [[], ['--verdict'], ['--mode', 'explore', '--lines', '1']]) {
    expect(await play('canonical', '--variant', 'V5', '--skip', 'B.99', ...more)).toEqual({ status: 2, out: '', complaint: `This program has no call B.99 to leave out. ${remedy}\n` })
  }
  expect((await play('canonical', '--variant', 'V5', '--skip', 'B.1,', '--verdict')).status).toBe(0)
})

test('a variant whose maker or importer the scenario has no program for is not run as another', async () => {
  expect(await play('appendix-a', '--variant', 'V19')).toMatchObject({ status: 2, out: '', complaint: expect.stringMatching(/no program that allocates from E6.* Choose one of E1, /) })
})

test('by chance: the same seed gives the same transcript, other seeds others, and it stays a run of the story', async () => {
  const by = (seed: string): ReturnType<typeof play> => play('canonical', '--variant', 'V5', '--exporter', 'E2', '--lines', '2', '--mode', 'random', '--seed', seed)
  const [one, again] = [await by('3'), await by('3')]
  expect(one.out).toBe(again.out)
  const verdicts = new Set<string>()
  for (let seed = 0; seed < 12; seed++) verdicts.add((await by(String(seed))).out.trimEnd().split('\n').at(-1)!)
  expect(verdicts.size).toBeGreaterThan(1)
  expect(one.status).toBe(0)
})

test('lazily, nothing happens by itself; picks make one thing happen', async () => {
  const small = (...more: string[]): ReturnType<typeof play> => play('canonical', '--variant', 'V5', '--exporter', 'E2', '--lines', '2', ...more)
  const lazy = await small('--mode', 'lazy')
  expect(lazy.out).not.toMatch(/cache\.(evict|prefetch)|wc\.drain.*by itself/)
  expect(lazy.out).toContain('verdict: ✗ the GPU read old pixels in 2 of 2 lines')
  expect((await small('--mode', 'explore', '--picks', '0:0')).out.split('\n').filter(line => line.includes('cache.evict'))).toEqual([])
  expect((await small('--mode', 'explore', '--picks', '6:2')).out).toMatch(/machine +cache\./)
})

test('explored: every way it can end, each with the picks that play it', async () => {
  const all = (await play('canonical', '--variant', 'V5', '--exporter', 'E2', '--lines', '1', '--mode', 'explore')).out.trimEnd().split('\n')
  expect(all.at(-1)).toMatch(/^\d+ states, \d+ moves, 8 outcomes: every state was seen$/)
  for (let i = 0; i + 3 <= all.length - 1; i += 3) {
    const picks = /--picks ([\d:.]+)$/.exec(all[i + 2]!)![1]!
    const { out } = await play('canonical', '--variant', 'V5', '--exporter', 'E2', '--lines', '1', '--mode', 'explore', '--picks', picks, '--verdict')
    expect(out).toMatch(all[i]!)
  }
})

test.each([
  [['--mode', 'mad'], 'There is no mode mad. One of: scripted, lazy, random, explore.'],
  [['--seed', '3'], '--seed goes with --mode random.'],
  [['--mode', 'random', '--seed', 'x'], '--seed x is no number from 0 to 4294967295.'],
  [['--mode', 'explore', '--picks', '4.4'], '--picks 4.4 cannot be read. Write them as 12:3.40:1, each decision with its place before it.'],
  [['--lines', '99'], '--lines 99 is no number from 1 to 64.'],
  [['--verdict=V4'], '--verdict takes no value; V4 is left over.'],
  [['--variant', 'V4', '--variant=V5'], '--variant is said twice: V4 and V5. Say it once.'],
  [['--lines', '0'], '--lines 0 is no number from 1 to 64.'],
])('%s is answered', async (words, said) => {
  expect(await play('canonical', ...words)).toMatchObject({ status: 2, complaint: `${said}\n` })
})
