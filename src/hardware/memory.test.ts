/** What litmus tests do not cover: uncached stores, a buffer that is full, whole lines from a device; and one event per range, however long. */
import { describe, expect, test } from 'vitest'
import { physAddr, type PhysAddr } from '../base/brand.ts'
import { CLEAN, CPU_LINE, DIRTY, DRAM, GPU_LINE, INVALID } from '../journal/areas.ts'
import { is } from '../journal/step.ts'
import { World } from '../world/world.ts'
import type { CoherencyClass, Platform } from './hardware.ts'
import { Memory } from './memory.ts'

const BASE = 0x20_0000
function machine(cls: CoherencyClass, more: Partial<Platform> = {}) {
  const world = new World()
  const hw = new Memory(world, {
    id: 'test', title: '', cls, devCls: {}, dtCoherent: {}, ncAlias: cls === 'X86' ? 'selfsnoop' : 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: cls === 'X86',
    walkCoherent: cls !== 'NC', cores: 2, dramBase: BASE, leavesOut: '', ...more,
  })
  const at = (offset: number): PhysAddr => physAddr(BASE + offset)
  const memory = (offset: number, n: number): number[] => Array.from({ length: n }, (_, i) => (world.word(DRAM, (offset + i) >> 2) >>> (8 * ((offset + i) & 3))) & 0xff)
  const events = (): string[] => world.steps.map(step => step.event)
  return { world, hw, at, memory, events }
}
const bytes = (n: number, value: number): Uint8Array => new Uint8Array(n).fill(value)
const all = ['NC', 'IOC', 'FC', 'X86'] as const

describe.each(all)('uncached stores, %s', cls => {
  test('go to memory at once, byte by byte', () => {
    const { hw, at, memory } = machine(cls)
    hw.store(0, at(61), 'uc', Uint8Array.of(1, 2, 3, 4, 5, 6))
    expect(memory(60, 8)).toEqual([0, 1, 2, 3, 4, 5, 6, 0])
  })
  test(`${cls === 'X86' ? 'push out' : 'leave'} what waits in the write-combine buffer`, () => {
    const { hw, at, memory } = machine(cls)
    hw.store(0, at(0), 'wc', bytes(4, 7))
    hw.store(0, at(128), 'uc', bytes(4, 8))
    expect(memory(0, 1)).toEqual([cls === 'X86' ? 7 : 0])
  })
  test(`${cls === 'X86' ? 'take away' : 'pass by'} a cached copy`, () => {
    const { hw, at, world } = machine(cls)
    hw.load(0, at(0), 'wb', 4)
    hw.store(0, at(0), 'uc', bytes(4, 9))
    expect(world.word(CPU_LINE, 0)).toBe(cls === 'X86' ? INVALID : CLEAN)
    expect([...hw.load(0, at(0), 'wb', 1)]).toEqual([cls === 'X86' ? 9 : 0])
  })
})

describe('a write-combine buffer of four lines', () => {
  test('keeps four lines; the fifth pushes out the oldest', () => {
    const { hw, at, memory, world } = machine('NC')
    for (let line = 0; line < 5; line++) hw.store(0, at(line * 64), 'wc', bytes(64, line + 1))
    expect([0, 1, 2, 3, 4].map(line => memory(line * 64, 1)[0])).toEqual([1, 0, 0, 0, 0])
    expect(world.steps.filter(step => is(step, 'wc.drain'))).toHaveLength(1)
  })
  test('merges stores to a line it holds: that line grows no younger', () => {
    const { hw, at, memory } = machine('NC')
    for (let line = 0; line < 4; line++) hw.store(0, at(line * 64), 'wc', bytes(4, line + 1))
    hw.store(0, at(4), 'wc', bytes(4, 9))
    hw.store(0, at(4 * 64), 'wc', bytes(4, 5))
    expect(memory(0, 9)).toEqual([1, 1, 1, 1, 9, 9, 9, 9, 0])
    expect(memory(64, 1)).toEqual([0])
  })
  test('only the bytes that were stored reach memory', () => {
    const { hw, at, memory } = machine('NC')
    hw.store(0, at(0), 'uc', bytes(64, 3))
    hw.store(0, at(31), 'wc', bytes(2, 1))
    hw.barrier(0)
    expect(memory(29, 6)).toEqual([3, 3, 1, 1, 3, 3])
  })
  test('a long store drains in the same operation, told once; the last four lines wait', () => {
    const { hw, at, memory, world } = machine('NC')
    hw.store(0, at(64 * 100), 'wc', bytes(8, 1))
    hw.store(0, at(32), 'wc', bytes(4096 - 32, 6))
    expect(world.steps.map(step => [step.event, step.fields])).toEqual([['wc.drain', { core: 0, lines: 61, why: 'it is full' }]])
    expect(memory(0, 4096)).toEqual([...bytes(32, 0), ...bytes(60 * 64 - 32, 6), ...bytes(256, 0)])
    expect(memory(6400, 1)).toEqual([1])
    hw.barrier(0)
    expect(memory(32, 4064)).toEqual([...bytes(4064, 6)])
  })
  test('what drains is told first, and with it nothing of what is stored after that', () => {
    const { hw, at, world } = machine('NC')
    for (let line = 0; line < 4; line++) hw.store(0, at(line * 64), 'wc', bytes(64, line + 1))
    world.emit('boot.devices', { release: '', devices: 0 })
    hw.store(0, at(4 * 64), 'wc', bytes(64, 9))
    const drain = world.steps.at(-1)!
    expect(drain.words.map(change => change.area)).toEqual(['dram', 'wc.0'])
    expect([...drain.words[1]!.to].filter(word => word === 0x09090909)).toEqual([])
    expect(world.untold).toBe(true)
  })
  test('a long store and the same store line by line end alike', () => {
    for (const before of [[], [3], [70, 2, 61]]) for (const [from, size] of [[0, 4096], [32, 4000], [100, 500], [0, 256], [8, 320]] as const) {
      const [long, short] = [machine('NC'), machine('NC')]
      const picture = Uint8Array.from({ length: size }, (_, i) => (i * 7 + 1) & 0xff)
      for (const { hw, at } of [long, short]) for (const line of before) hw.store(1, at(line * 64 + 5), 'wc', bytes(3, 99))
      long.hw.store(1, long.at(from), 'wc', picture)
      for (let i = 0; i < size; ) {
        const n = Math.min(64 - ((from + i) % 64), size - i)
        short.hw.store(1, short.at(from + i), 'wc', picture.subarray(i, i + n))
        i += n
      }
      expect(long.memory(0, 8192)).toEqual(short.memory(0, 8192))
      long.hw.barrier(1)
      short.hw.barrier(1)
      expect(long.memory(0, 8192)).toEqual(short.memory(0, 8192))
    }
  })
  test('each core has its own', () => {
    const { hw, at, memory } = machine('NC')
    hw.store(0, at(0), 'wc', bytes(1, 1))
    hw.store(1, at(64), 'wc', bytes(1, 2))
    hw.barrier(1)
    expect([memory(0, 1), memory(64, 1)]).toEqual([[0], [2]])
  })
})

describe.each(all)('a device writes, %s', cls => {
  test('a whole line: a dirty copy of the CPU is dropped without a write-back, where the device is seen', () => {
    const { hw, at, memory, world } = machine(cls)
    hw.store(0, at(0), 'wb', bytes(128, 5))
    hw.deviceWrite('v', at(0), bytes(64, 6))
    expect(memory(0, 65)).toEqual([...bytes(64, 6), 0])
    expect([world.word(CPU_LINE, 0), world.word(CPU_LINE, 1)]).toEqual(cls === 'NC' ? [DIRTY, DIRTY] : [INVALID, DIRTY])
  })
  test('a part of a line: the other bytes of a dirty copy are saved, where the device is seen', () => {
    const { hw, at, memory } = machine(cls)
    hw.store(0, at(0), 'wb', bytes(64, 5))
    hw.deviceWrite('v', at(8), bytes(8, 6))
    expect(memory(0, 24)).toEqual(cls === 'NC' ? [...bytes(8, 0), ...bytes(8, 6), ...bytes(8, 0)] : [...bytes(8, 5), ...bytes(8, 6), ...bytes(8, 5)])
  })
  test('over three lines, the middle one whole', () => {
    const { hw, at, memory, world } = machine(cls)
    hw.store(0, at(0), 'wb', bytes(192, 5))
    hw.deviceWrite('v', at(60), bytes(72, 6))
    hw.clean(at(0), 192)
    expect(memory(58, 76)).toEqual(cls === 'NC' ? [...bytes(76, 5)] : [5, 5, ...bytes(72, 6), 5, 5])
    expect([0, 1, 2].map(line => world.word(CPU_LINE, line))).toEqual(cls === 'NC' ? [CLEAN, CLEAN, CLEAN] : [INVALID, INVALID, INVALID])
  })
  test('a dirty line of the GPU goes where both look at each other, and stays elsewhere', () => {
    const { hw, at, memory, world } = machine(cls)
    hw.gpuStore(at(0), bytes(64, 5), true)
    hw.deviceWrite('v', at(0), bytes(4, 6))
    const both = cls === 'FC' || cls === 'X86'
    expect(memory(0, 8)).toEqual(both ? [6, 6, 6, 6, 5, 5, 5, 5] : [6, 6, 6, 6, 0, 0, 0, 0])
    expect(world.word(GPU_LINE, 0)).toBe(both ? INVALID : DIRTY)
  })
})

test('the GPU writes back only the bytes that it wrote', () => {
  const { hw, at, memory } = machine('NC')
  hw.gpuStore(at(31), bytes(2, 1), true)
  hw.store(0, at(0), 'uc', bytes(64, 9))
  hw.gpuClean()
  expect(memory(30, 4)).toEqual([9, 1, 1, 9])
})

test('every bulk operation is one event with its range', () => {
  const { hw, at, world, events } = machine('NC')
  hw.store(0, at(0), 'wb', bytes(8192, 1))
  world.emit('boot.devices', { release: '', devices: 0 })
  hw.clean(at(0), 8192)
  hw.invalidate(at(0), 8192)
  hw.load(0, at(0), 'wb', 8192)
  hw.evict(at(0), 8192, { everyBytes: 128, runBytes: 64 })
  hw.prefetch(at(0), 8192, false)
  hw.gpuLoad(at(0), 8192, true)
  hw.gpuCleanInvalidate()
  expect(events()).toEqual(['boot.devices', 'cache.clean', 'cache.invalidate', 'cache.fill', 'cache.evict', 'cache.prefetch', 'cache.fill', 'cache.flush'])
  expect(world.steps[4]!.fields).toEqual({ agent: 'cpu', line: 0, lines: 128, written: 0 })
  expect(world.steps[5]!.fields).toEqual({ agent: 'cpu', line: 0, lines: 128, written: 64 })
  expect(world.untold).toBe(false)
})

test('on speculation nothing comes in without a cached mapping', () => {
  const { hw, at, world } = machine('NC', { linAlias: 'wc' })
  hw.prefetch(at(0), 64, false)
  expect(world.word(CPU_LINE, 0)).toBe(INVALID)
  hw.prefetch(at(0), 64, true)
  expect(world.word(CPU_LINE, 0)).toBe(CLEAN)
})
