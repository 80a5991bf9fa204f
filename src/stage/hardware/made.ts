/** For tests: a journal written by hand, hardware words and the events that tell them, so that a picture can be held against known bytes. */
import { PAGE_SIZE } from '../../base/brand.ts'
import { CLEAN, CPU_DATA, CPU_LINE, DIRTY, DISPLAY_SHOWN, DRAM, GPU_DATA, GPU_LINE, INVALID, lineOf, TLB_GPU, wcArea, WC_ENTRY_WORDS, wordOf } from '../../journal/areas.ts'
import type { Journal, RunHeader } from '../../journal/run.ts'
import { Seeker } from '../../journal/seek.ts'
import { applyChange, applyWords, MutableSnapshot } from '../../journal/snapshot.ts'
import type { Change, Step, WordChange } from '../../journal/step.ts'
import { TruthSeeker } from '../../journal/truth.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { Frame } from '../frame.ts'

export const PAGE = 3
const FIRST_PFN = 0x80000
const LINES = [...Array(64).keys()]
export const EVICTED = LINES.filter((line) => line % 3 === 0)

/** Two pictures of one page that differ in every line. */
export const picture = (name: 'night' | 'day'): Uint32Array => Uint32Array.from({ length: PAGE_SIZE / 4 }, (_, i) => {
  const x = i % 32
  const y = i >> 5
  if (name === 'night') return 0x101838 + y * 0x010102 + ((x * 7 + y * 13) % 61 === 0 ? 0xc0c0a0 : 0)
  return y < 20 ? 0x50a8f0 + (y << 2) : 0x60b848 - (x << 9)
})

const header = {
  firstPfn: FIRST_PFN, hardware: { cls: 'NC', displayCls: 'NC', cores: 2, wcEntries: 4 }, start: 0, listing: [], devices: [], exporters: [], leavesOut: [], title: '', program: '',
  chosen: { platform: 'rk3399' },
} as unknown as RunHeader

/** Changes that wait for their event, as in the machine. */
class Hand {
  readonly steps: Step[] = []
  private readonly now = new MutableSnapshot()
  private changes: Change[] = []
  private words: WordChange[] = []

  create(id: Id, record: object): void { this.change({ id, field: null, from: undefined, to: record }) }
  set(id: Id, field: string, to: unknown): void { this.change({ id, field, from: this.now.records.get(id)?.[field], to }) }
  word(area: string, at: number): number { return this.now.words[area]?.[at] ?? 0 }
  area(area: string): Uint32Array { return this.now.words[area]! }
  write(area: string, at: number, values: ArrayLike<number>): void {
    const to = Uint32Array.from(values)
    const change = { area, at, from: to.map((_, i) => this.word(area, at + i)), to }
    applyWords(this.now.words, change, to)
    this.words.push(change)
  }
  emit(event: string, fields: object = {}): void {
    this.steps.push({ seq: this.steps.length, actor: 'task:B', call: 'B.1', event, fields, stack: [], changes: this.changes, words: this.words } as unknown as Step)
    this.changes = []
    this.words = []
  }
  private change(change: Change): void {
    applyChange(this.now.records, change, change.to)
    this.changes.push(change)
  }
}

export type Maker = (world: Hand, emit: (event: string, fields?: object) => void) => void

/** The steps of a maker, with a buffer of one page in which the night lies. */
export function made(make: Maker): Journal {
  const world = new Hand()
  const emit = (event: string, fields?: object): void => world.emit(event, fields)
  world.create('gem:A.1', { pages: [PAGE], filp: null })
  world.create('crtc:card0', { width: 32, height: 32, frames: 0, fb: null })
  world.create('fb:1', { gem: 'gem:A.1', width: 32, height: 32, pitch: 128 })
  emit('gem.create')
  world.write(DRAM, wordOf(PAGE), picture('night'))
  emit('boot.night')
  make(world, emit)
  return { header, steps: world.steps }
}

export function frameOf(journal: Journal, seq = journal.steps.length - 1, over: Partial<Frame> = {}): Frame {
  return {
    header: journal.header, before: new Seeker(journal).at(seq - 1), after: new Seeker(journal).at(seq), truth: new TruthSeeker(journal).at(seq),
    step: journal.steps[seq] ?? null, t: 1, says: {}, differs: new Set(), selected: null, ...over,
  } as Frame
}

const phys = FIRST_PFN * PAGE_SIZE + PAGE * PAGE_SIZE
const storeFields = (attr: string) => ({ task: 'task:B', addr: 0, phys, attr, core: 1, sizeBytes: PAGE_SIZE, bytes: '' })

/** The day drawn through the cache: every line dirty. */
export const drawCached: Maker = (world, emit) => {
  world.create('vma:B.1', { file: 'file:1', attr: 'wb' })
  emit('vma.create')
  world.write(CPU_LINE, lineOf(PAGE), new Uint32Array(64).fill(CLEAN))
  world.write(CPU_DATA, wordOf(PAGE), picture('night'))
  emit('cache.fill', { agent: 'cpu', line: lineOf(PAGE), lines: 64, written: 64 })
  world.write(CPU_LINE, lineOf(PAGE), new Uint32Array(64).fill(DIRTY))
  world.write(CPU_DATA, wordOf(PAGE), picture('day'))
  emit('store.bytes', storeFields('wb'))
}
/** Then every third line leaves the cache by itself. */
export const evict: Maker = (world, emit) => {
  for (const line of EVICTED) {
    world.write(CPU_LINE, lineOf(PAGE) + line, [INVALID])
    world.write(DRAM, wordOf(PAGE) + line * 16, picture('day').subarray(line * 16, line * 16 + 16))
  }
  emit('cache.evict', { agent: 'cpu', line: lineOf(PAGE), lines: 64, written: EVICTED.length })
}
const memory = (world: Hand): Uint32Array => world.area(DRAM).slice(wordOf(PAGE), wordOf(PAGE) + 1024)
/** And the GPU and the display read memory. */
export const read: Maker = (world, emit) => {
  world.write(GPU_LINE, lineOf(PAGE), new Uint32Array(64).fill(CLEAN))
  world.write(GPU_DATA, wordOf(PAGE), memory(world))
  emit('cache.fill', { agent: 'gpu', line: lineOf(PAGE), lines: 64, written: 64 })
  world.write(DISPLAY_SHOWN, 0, memory(world))
  world.set('crtc:card0', 'frames', 1)
  emit('display.scanout', { crtc: 'crtc:card0', fb: 'fb:1', pixels: 1024 })
}
export const clean: Maker = (world, emit) => {
  world.write(CPU_LINE, lineOf(PAGE), LINES.map((line) => (world.word(CPU_LINE, lineOf(PAGE) + line) === INVALID ? INVALID : CLEAN)))
  world.write(DRAM, wordOf(PAGE), picture('day'))
  emit('cache.clean', { agent: 'cpu', line: lineOf(PAGE), lines: 64, written: 64 - EVICTED.length })
}
/** The day drawn write-combined: all in memory but the last four lines, which wait. */
export const drawCombined: Maker = (world, emit) => {
  world.create('vma:B.1', { file: 'file:1', attr: 'wc' })
  emit('vma.create')
  const day = picture('day')
  world.write(DRAM, wordOf(PAGE), day.subarray(0, 60 * 16))
  const buffer = new Uint32Array(4 * WC_ENTRY_WORDS)
  for (let i = 0; i < 4; i++) {
    buffer.set([lineOf(PAGE) + 60 + i + 1, 0xffff_ffff, 0xffff_ffff, i + 1, ...day.subarray((60 + i) * 16, (61 + i) * 16)], i * WC_ENTRY_WORDS)
  }
  world.write(wcArea(1), 0, buffer)
  emit('store.bytes', storeFields('wc'))
}
export const drain: Maker = (world, emit) => {
  world.write(DRAM, wordOf(PAGE), picture('day'))
  world.write(wcArea(1), 0, new Uint32Array(4 * WC_ENTRY_WORDS))
  emit('wc.drain', { core: 1, lines: 4, why: 'system call' })
}
export const together = (...makers: readonly Maker[]): Maker => (world, emit) => makers.forEach((make) => make(world, emit))

/** Tables of the client and of the GPU that lead to the page, in frames of their own; the GPU's TLB still remembers another page. */
export const mapped: Maker = (world, emit) => {
  const base = FIRST_PFN * PAGE_SIZE
  const table = (frame: number, index: number, low: number, high: number): void => world.write(DRAM, wordOf(frame) + index * 2, [low, high])
  const levels = (first: number, indices: readonly number[], low: number, high: number): void => indices.forEach((index, level) => {
    if (level === 3) table(first + level, index, low, high)
    else table(first + level, index, base + (first + level + 1) * PAGE_SIZE + 3, 0)
  })
  world.create('kernel:0', { mair: [0xff, 0xff, 0x44, 0x00, 0x04] })
  world.create('task:B', { name: 'client', letter: 'B', ttbr0: base + 16 * PAGE_SIZE, asid: 2 })
  world.create('vma:B.2', { task: 'task:B', start: 0xffff_b2c4_1000, file: 'file:1', attr: 'wc', priv: 'gem:A.1' })
  levels(16, [511, 510, 406, 65], base + PAGE * PAGE_SIZE + 0xf4b, 0x0168_0000)
  world.create('gpu_mmu:card1', { device: 'device:card1', transtab: base + 32 * PAGE_SIZE + 7, memattr: 0x888d88 })
  world.create('gem:B.2', { device: 'device:card1', gpuVa: 0x240_0000, importAttach: null })
  levels(32, [0, 0, 18, 0], base + PAGE * PAGE_SIZE + 0x2c5, 0x0060_0000)
  world.write(TLB_GPU, 0, [1, 0, 0x2400, 0, base + 9 * PAGE_SIZE + 0x2c5, 0x0060_0000])
  emit('walk.gpu', { space: 0, addr: 0x240_0abc, pages: 1, root: base + 32 * PAGE_SIZE, level: 3, descriptor: '', snoops: false })
}
