import { expect, test } from 'vitest'
import { runRecipe } from '../worker/run-recipe.ts'
import { World } from '../world/world.ts'
import { CLEAN, CPU_DATA, CPU_LINE, DIRTY, DISPLAY_SHOWN, DRAM, GPU_DATA, GPU_LINE, INVALID, wcArea, WC_ENTRY_WORDS } from './areas.ts'
import { copyOf, countOf, holderWord, linesOf } from './holders.ts'
import type { Journal } from './run.ts'
import { Seeker } from './seek.ts'
import { TruthSeeker } from './truth.ts'

const BASE = 0x8000_0000
/** A journal written by hand: hardware words and the events that tell them. */
function journal(): { world: World; read: Journal; emit: (event: string, fields: object) => void } {
  const world = new World()
  const read = { header: { firstPfn: BASE / 4096 }, steps: world.steps } as unknown as Journal
  return { world, read, emit: (event, fields) => world.emit(event as never, fields as never) }
}
const store = (attr: string, at: number, sizeBytes: number, core = 0) => ({ task: 'task:A', addr: 0, phys: BASE + at, attr, core, sizeBytes, bytes: '' })

test('a cached store makes memory old until the line is cleaned', () => {
  const { world, read, emit } = journal()
  world.write(CPU_LINE, 3, [CLEAN])
  emit('cache.fill', { agent: 'cpu', line: 3, lines: 1 })
  world.write(CPU_DATA, 3 * 16, [7, 8])
  world.write(CPU_LINE, 3, [DIRTY])
  emit('store.bytes', store('wb', 3 * 64, 8))
  world.write(DRAM, 3 * 16, [7, 8])
  world.write(CPU_LINE, 3, [CLEAN])
  emit('cache.clean', { agent: 'cpu', line: 3, lines: 1, written: 1 })
  const truth = new TruthSeeker(read)
  const machine = new Seeker(read)
  expect([...truth.at(1).value.slice(48, 51)]).toEqual([7, 8, 0])
  expect([48, 49, 50].map(truth.at(1).wroteAt)).toEqual([2, 2, 0])
  const dirty = copyOf(machine.at(1), truth.at(1), 'dram', 0)
  expect([...dirty.stale.keys()].filter((line) => dirty.stale[line])).toEqual([3])
  expect(countOf(copyOf(machine.at(1), truth.at(1), 'cpu', 0).stale)).toBe(0)
  expect(countOf(copyOf(machine.at(2), truth.at(2), 'dram', 0).stale)).toBe(0)
  expect(truth.at(2).wroteAt(48)).toBe(2)
  expect(countOf(copyOf(machine.at(0), truth.at(0), 'dram', 0).stale)).toBe(0)
})

test('a job makes the CPU copy old, and a dirty one would destroy what the job wrote', () => {
  const { world, read, emit } = journal()
  world.write(CPU_DATA, 0, [1])
  world.write(CPU_LINE, 0, [DIRTY])
  emit('store.bytes', store('wb', 0, 4))
  world.write(GPU_LINE, 0, [DIRTY])
  world.write(GPU_DATA, 8, [9])
  emit('job.write', { job: 'job:1', gpuVa: 0, phys: BASE + 32, sizeBytes: 4, pattern: 'day' })
  const truth = new TruthSeeker(read).at(1)
  const machine = new Seeker(read).at(1)
  const cpu = copyOf(machine, truth, 'cpu', 0)
  expect([cpu.stale[0], cpu.conflict[0], countOf(cpu.conflict)]).toEqual([1, 1, 1])
  expect(truth.value[0]).toBe(1)
  expect(truth.value[8]).toBe(9)
})

test('a write-combined store is the newest while only its buffer holds it, byte by byte', () => {
  const { world, read, emit } = journal()
  world.write(DRAM, 32, [0x11223344, 0x55667788])
  emit('boot.memory', {})
  const entry = new Uint32Array(WC_ENTRY_WORDS)
  entry.set([2 + 1, 0b0110, 0, 1, 0x00aabb00])
  world.write(wcArea(1), WC_ENTRY_WORDS, entry)
  emit('store.bytes', store('wc', 129, 2, 1))
  const truth = new TruthSeeker(read).at(1)
  const machine = new Seeker(read).at(1)
  expect(truth.value[32]!.toString(16)).toBe('11aabb44')
  expect([truth.wroteAt(32), truth.wroteAt(33)]).toEqual([2, 1])
  const [buffer, memory, cache] = linesOf(machine, truth, 2, ['wc.1', 'dram', 'cpu'])
  expect([...buffer!.held.slice(0, 5)]).toEqual([0, 1, 1, 0, 0])
  expect([buffer!.stale, memory!.stale, cache!.state]).toEqual([false, true, INVALID])
})

test('in every story, at every step, the newest bytes are somewhere until a line is thrown away', () => {
  for (const exporter of ['E1', 'E2', 'E3']) {
    const { journal: read } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter })
    const truth = new TruthSeeker(read)
    const machine = new Seeker(read)
    const page = truth.at(read.steps.length - 1).pages[0]!.frame
    for (let seq = 0; seq < read.steps.length; seq++) {
      const newest = truth.at(seq)
      const now = machine.at(seq)
      for (let word = page * 1024; word < (page + 1) * 1024; word += 16) {
        const held = (['cpu', 'dram', 'gpu', 'wc.0', 'wc.1'] as const).some((holder) => holderWord(now, holder, word) === (newest.value[word] ?? 0))
        if (!held) expect.fail(`${exporter}, step ${seq} (${read.steps[seq]!.event}): nobody holds word ${word}`)
      }
    }
  }
})

test('write-combined, a display that reads after a barrier reads the newest', () => {
  const { journal: read } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E3' })
  const truth = new TruthSeeker(read)
  const machine = new Seeker(read)
  const scans = read.steps.filter((step) => (step.event as string) === 'display.scanout')
  expect(scans.length).toBe(2)
  for (const { seq } of scans) expect([...machine.at(seq).words[DISPLAY_SHOWN]!.slice(0, 1024)]).toEqual([...truth.at(seq).shown.slice(0, 1024)])
})

test('what the display showed is held against the newest bytes of that moment', () => {
  const { world, read, emit } = journal()
  const fb = { device: 'device:card0', owner: 'drm_file:1', number: 1, gem: 'gem:1', width: 32, height: 32, pitch: 128 }
  world.create('gem:1', { pages: [1], filp: null } as never)
  world.create('fb:1', fb as never)
  emit('fb.create', {})
  world.write(CPU_LINE, 64, [DIRTY])
  world.write(CPU_DATA, 1024, [5])
  emit('store.bytes', store('wb', 4096, 4))
  world.write(DISPLAY_SHOWN, 0, new Uint32Array(1024))
  emit('display.scanout', { crtc: 'crtc:card0', fb: 'fb:1', pixels: 1024 })
  world.write(CPU_DATA, 1024, [6])
  emit('store.bytes', store('wb', 4096, 4))
  const truth = new TruthSeeker(read)
  expect([truth.at(3).shown[0], truth.at(3).value[1024]]).toEqual([5, 6])
  expect(truth.at(3).pages).toEqual([{ owner: 'gem:1', index: 0, frame: 1, since: 0 }])
  expect(truth.at(-1).pages).toEqual([])
})

test('going to the end and back leaves the same, for a whole story', () => {
  const { journal: read } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2' })
  const all = new TruthSeeker(read)
  const last = read.steps.length - 1
  const at = (seeker: TruthSeeker, seq: number) => ({ ...seeker.at(seq), value: [...seeker.at(seq).value.slice(0, 4096)], wroteAt: Array.from({ length: 4096 }, (_, word) => seeker.at(seq).wroteAt(word)), marks: [...seeker.at(seq).marks.slice(0, 256)], shown: [...seeker.at(seq).shown], seen: [...seeker.at(seq).seen] })
  const there = at(all, last)
  expect(all.at(-1).value.every((word) => word === 0)).toBe(true)
  expect(at(all, last)).toEqual(there)
  const middle = Math.floor(last / 2)
  all.at(last)
  const back = at(all, middle)
  const forth = at(new TruthSeeker(read), middle)
  for (const part of ['value', 'marks', 'wroteAt', 'shown', 'seen'] as const) expect(trim(back[part])).toEqual(trim(forth[part]))
  expect(there.pages.length).toBeGreaterThan(0)
})
/** An area may have grown further on; words past its end mean 0. */
const trim = (words: readonly number[]): readonly number[] => words.slice(0, words.findLastIndex((word) => word !== 0) + 1)
