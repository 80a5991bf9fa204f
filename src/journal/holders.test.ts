import { expect, test } from 'vitest'
import { CLEAN, CPU_LINE, DIRTY, GPU_LINE } from './areas.ts'
import { sourceOf } from './holders.ts'
import { MutableSnapshot } from './snapshot.ts'

const shape = (cls: string, displayCls = cls) => ({ cls, displayCls, cores: 2, wcEntries: 4 })
function machine(cpu: number, gpu: number): MutableSnapshot {
  const made = new MutableSnapshot()
  made.words[CPU_LINE] = Uint32Array.of(cpu)
  made.words[GPU_LINE] = Uint32Array.of(gpu)
  return made
}
const from = (now: MutableSnapshot, cls: string): string[] => (['cpu.wb', 'cpu.wc', 'gpu', 'display'] as const).map((reader) => sourceOf(now, shape(cls), reader, 0))

test('who does not snoop reads memory, whatever the caches hold', () => {
  expect(from(machine(DIRTY, 0), 'NC')).toEqual(['cpu', 'dram', 'dram', 'dram'])
  expect(from(machine(0, DIRTY), 'NC')).toEqual(['dram', 'dram', 'gpu', 'dram'])
})

test('a device that snoops one way takes the CPU\'s copy, even a clean one; the CPU cannot look into it', () => {
  expect(from(machine(CLEAN, 0), 'IOC')).toEqual(['cpu', 'dram', 'cpu', 'cpu'])
  expect(from(machine(0, DIRTY), 'IOC')).toEqual(['dram', 'dram', 'gpu', 'dram'])
})

test('where both sides look into each other, dirty lines are found from everywhere but past the caches', () => {
  expect(from(machine(0, DIRTY), 'FC')).toEqual(['gpu', 'dram', 'gpu', 'gpu'])
  expect(from(machine(DIRTY, 0), 'FC')).toEqual(['cpu', 'dram', 'cpu', 'cpu'])
})
