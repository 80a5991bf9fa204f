/**
 * The table of the DMA API: each call, in each direction, before and after 5.19, for a device that firmware calls coherent and one that it
 * does not, and what a dirty line and a clean one are afterwards. How the device is wired plays no part.
 */
import { describe, expect, test } from 'vitest'
import { physAddr } from '../base/brand.ts'
import type { CoherencyClass, Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import { CPU_LINE, DRAM } from '../journal/areas.ts'
import { World } from '../world/world.ts'
import type { Kernel } from './context.ts'
import { dmaUnmapSgtable, syncForCpu, syncForDevice, syncSingleForCpu } from './dma-map.ts'
import { flavours } from './flavours.ts'
import type { Direction } from './hooks.ts'

const BASE = 0x8000_0000
const STATES = ['absent', 'clean', 'dirty']
function machine(release: string, coherent: boolean, cls: CoherencyClass = 'NC') {
  const platform: Platform = {
    id: 'test', title: '', cls, devCls: {}, dtCoherent: { dev: coherent }, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: false, walkCoherent: false, cores: 1, dramBase: BASE, leavesOut: '',
  }
  const world = new World()
  const hw = new Memory(world, platform)
  const k: Kernel = { world, hw, parts: flavours[release]!, drivers: {}, task: 'task:boot' }
  // Line 0 is dirty, line 1 clean, line 2 in no cache.
  hw.store(0, physAddr(BASE), 'wb', Uint8Array.of(7))
  hw.load(0, physAddr(BASE + 64), 'wb', 1)
  const after = (): string => `${[0, 1].map(line => STATES[world.word(CPU_LINE, line)]).join(' ')}, memory ${world.word(DRAM, 0)}`
  return { world, hw, k, after }
}
const PAGE = [{ page: 0, len: 4096, dma: BASE }]

/** Dirty line, clean line; what memory holds of the dirty one. */
const UNTOUCHED = 'dirty clean, memory 0'
const CLEANED = 'clean clean, memory 7'
const FORGOTTEN = 'absent absent, memory 0'

const calls = {
  'for_device, and map': (k: Kernel, dir: Direction) => syncForDevice(k, 'dev', PAGE, dir),
  for_cpu: (k: Kernel, dir: Direction) => syncForCpu(k, 'dev', PAGE, dir),
  unmap: (k: Kernel, dir: Direction) => dmaUnmapSgtable(k, 'dev', PAGE, dir),
}
const TABLE: readonly (readonly [keyof typeof calls, Direction, before: string, now: string])[] = [
  ['for_device, and map', 'TO', CLEANED, CLEANED], ['for_device, and map', 'BIDIR', CLEANED, CLEANED], ['for_device, and map', 'FROM', FORGOTTEN, CLEANED],
  ['for_cpu', 'TO', UNTOUCHED, UNTOUCHED], ['for_cpu', 'FROM', FORGOTTEN, FORGOTTEN], ['for_cpu', 'BIDIR', FORGOTTEN, FORGOTTEN],
  ['unmap', 'TO', UNTOUCHED, UNTOUCHED], ['unmap', 'FROM', FORGOTTEN, FORGOTTEN], ['unmap', 'BIDIR', FORGOTTEN, FORGOTTEN],
]

describe.each(['NC', 'IOC'] as const)('a device that is wired %s', cls => {
  test.each(TABLE)('%s, %s: %s before 5.19, %s since', (call, dir, before, now) => {
    for (const [release, want] of [['K52', before], ['K61', now], ['KNOW', now]] as const) {
      const { k, after } = machine(release, false, cls)
      calls[call](k, dir)
      expect(after(), release).toBe(want)
    }
  })
  test.each(TABLE)('%s, %s: nothing for one that firmware calls coherent', (call, dir) => {
    for (const release of ['K52', 'KNOW']) {
      const { world, k, after } = machine(release, true, cls)
      calls[call](k, dir)
      expect([after(), world.steps.at(-1)!.event]).toEqual([UNTOUCHED, 'dma.coherent'])
    }
  })
})

test('DMA_ATTR_SKIP_CPU_SYNC: an unmap without a direction touches no cache', () => {
  const { k, after } = machine('KNOW', false)
  dmaUnmapSgtable(k, 'dev', PAGE)
  expect(after()).toBe(UNTOUCHED)
})

test('part of a line is saved before the line is forgotten: what lies beside the range is not lost', () => {
  const { world, hw, k } = machine('KNOW', false)
  hw.store(0, physAddr(BASE + 128), 'wb', Uint8Array.from({ length: 192 }, () => 9))
  syncSingleForCpu(k, 'dev', physAddr(BASE + 128 + 8), 128, 'FROM')
  // The first and the last line are written back, the one between them is lost as it should be.
  expect([2, 3, 4].map(line => [STATES[world.word(CPU_LINE, line)], world.word(DRAM, line * 16) & 0xff])).toEqual([['absent', 9], ['absent', 0], ['absent', 9]])
})
