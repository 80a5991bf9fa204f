/** Tables of words: who writes them how, what a device finds through them, what it remembers, and what happens where nothing is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Platform } from '../../hardware/hardware.ts'
import { Memory } from '../../hardware/memory.ts'
import { isWordFault } from '../../hardware/word-mmu.ts'
import { INVALID, DIRTY } from '../../journal/areas.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { u64 } from '../../base/bits.ts'
import { decoders } from '../../journal/decoders.ts'
import { formats } from '../../journal/formats.ts'
import { walk } from '../../journal/walk.ts'
import gpu from '../../machine/actors/gpu.ts'
import { World } from '../../world/world.ts'
import { bootKernel } from '../boot.ts'
import { contiguousSize } from '../gem-dma.ts'
import { frameBehind } from '../frames.ts'
import type { Iommu } from '../hooks.ts'
import { rockchipIommu } from './iommu.ts'
import { flavours } from '../flavours.ts'
import { ioTableOf, ioTranslate, mapIo, unmapIo, walkerOf } from './word-table.ts'
import { pushJob } from '../job.ts'
import { allocPage, allocRun, freePage, physOf, writeBytes } from '../page.ts'
import { readEntry } from '../../hardware/word-mmu.ts'

const NC: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: false, walkCoherent: false, cores: 2, dramBase: 0x8000_0000, leavesOut: '',
}
const BEHIND = { display: rockchipIommu }
const CARD = 'device:card0'

function machine(driver: string, iommus: Readonly<Record<string, Iommu>> = {}) {
  const world = new World()
  const hw = new Memory(world, NC)
  const booted = bootKernel(world, hw, flavours.KNOW!, [{ driver, card: 'card0', render: 'renderD128' }], iommus)
  booted.start('A')
  const k = booted.context('task:A')
  const table = ioTableOf(k, CARD)!
  const pageWith = (value: number): number => {
    const frame = allocPage(k)
    writeBytes(k, frame, 0, Uint8Array.of(value))
    hw.clean(physOf(k, frame), 4096)
    return frame
  }
  /** What the device gets: a byte, or which fault at which level. */
  const load = (addr: number, access: 'read' | 'write' = 'read'): number | string => {
    const found = ioTranslate(k, table, addr, 1, access)
    return isWordFault(found) ? `${found.fault} ${found.level}` : hw.deviceRead('display', found.phys, 1)[0]!
  }
  /** The last entry of a walk through memory as it is. */
  const entry = (addr: number): number => walk(walkerOf(k, table).format, walkerOf(k, table).root, addr, at => u64(0, readEntry(hw, at))).steps.at(-1)!.entry.lo
  return { world, hw, k, table, pageWith, load, entry, booted }
}

test.each([['rockchip', 'rockchip', BEHIND], ['etnaviv', 'etnaviv', {}], ['v3d', 'v3d', {}]])('%s: its device has tables of its own format (%s)', (driver, format, iommus) => {
  const { world, table } = machine(driver, iommus)
  expect(world.get(table).format).toBe(format)
  expect(world.untold).toBe(false)
})
test.each([['rockchip', {}], ['panfrost', BEHIND], ['msm', BEHIND]])('%s has none where there is no IOMMU before it', (driver, iommus) => expect(machine(driver, iommus).table).toBeNull())

describe.each([['rockchip', BEHIND], ['etnaviv', {}], ['v3d', {}]] as const)('%s', (driver, iommus) => {
  const AT = 0x12_3000
  test('what is mapped is found, and nothing of it waits in a cache or a buffer for the walker', () => {
    const { k, table, pageWith, load, world, hw } = machine(driver, iommus)
    const frames = [pageWith(5), pageWith(6)]
    mapIo(k, table, AT, frames.map(frame => ({ phys: physOf(k, frame), sizeBytes: 4096 })))
    expect([load(AT), load(AT + 4096)]).toEqual([5, 6])
    for (const frame of world.get(table).frames) for (let line = frame * 64; line < frame * 64 + 64; line++) expect(world.word('cpu.line', line)).not.toBe(DIRTY)
    expect(hw.barrier(0) + hw.barrier(1)).toBe(0)
    if (driver !== 'rockchip') for (const frame of world.get(table).frames) expect(world.word('cpu.line', frame * 64)).toBe(INVALID)
  })
  test('a range that is too long for one table goes on in the next', () => {
    const { k, table, load, world } = machine(driver, iommus)
    const first = allocRun(k, 4)
    for (let i = 0; i < 4; i++) {
      writeBytes(k, first + i, 0, Uint8Array.of(i + 1))
      k.hw.clean(physOf(k, first + i), 64)
    }
    const before = world.get(table).frames.length
    mapIo(k, table, 0x40_0000 - 8192, [{ phys: physOf(k, first), sizeBytes: 4 * 4096 }])
    expect([0, 1, 2, 3].map(i => load(0x40_0000 - 8192 + i * 4096))).toEqual([1, 2, 3, 4])
    expect(world.get(table).frames.length - before).toBe(driver === 'v3d' ? 0 : 2)
  })
  test('taken away, it is no longer found once the device forgets it', () => {
    const { k, table, pageWith, load } = machine(driver, iommus)
    mapIo(k, table, AT, [{ phys: physOf(k, pageWith(5)), sizeBytes: 4096 }])
    expect(load(AT)).toBe(5)
    unmapIo(k, table, AT, 4096)
    // Vivante's flush travels with the next commands; the others' comes at once.
    expect(load(AT)).toBe(driver === 'etnaviv' ? 5 : `translation ${driver === 'v3d' ? 0 : 1}`)
  })
})

describe('entries as the formats have them', () => {
  test('etnaviv: unmapped is 2, and a page above 4 GiB has its upper bits in 11:4', () => {
    const { k, table, entry } = machine('etnaviv')
    expect(entry(0x9000)).toBe(2)
    mapIo(k, table, 0x9000, [{ phys: 0x1_2345_6000, sizeBytes: 4096 }])
    expect(entry(0x9000)).toBe(0x2345_6015)
    expect(entry(0xa000)).toBe(2)
    expect(decoders.etnaviv!(u64(0, entry(0x9000)), 1, []).map(({ name, meaning }) => `${name}: ${meaning}`)).toEqual(['present: page', 'exception: ', 'write: may be written', 'page address: 0x123456000'])
  })
  test('V3D: one table for all, valid and writable', () => {
    const { k, table, entry } = machine('v3d')
    mapIo(k, table, 0x2_0000, [{ phys: 0x1234_5000, sizeBytes: 4096 }])
    expect(entry(0x2_0000)).toBe(0x3001_2345)
    expect(decoders.v3d!(u64(0, 0x3001_2345), 0, []).find(({ name }) => name === 'page address')!.meaning).toBe('0x12345000')
  })
  test('Rockchip: valid, readable, writable', () => {
    const { k, table, entry } = machine('rockchip', BEHIND)
    mapIo(k, table, 0xffff_f000, [{ phys: 0x3456_7000, sizeBytes: 4096 }])
    expect(entry(0xffff_f000)).toBe(0x3456_7007)
    expect(decoders.rockchip!(u64(0, 0x3456_7007), 1, []).map(({ meaning }) => meaning)).toEqual(['page', 'may be read', 'may be written', '0x34567000'])
    expect(formats.rockchip!.permits(u64(0, 0x3456_7003), 'write')).toBe(false)
  })
})

describe('a job on a GPU with such tables', () => {
  const job = (driver: string, op: 'read' | 'write') => {
    const m = machine(driver)
    m.world.call = 'job'
    pushJob(m.k, CARD, [{ op, gpuVa: 0x9000, sizeBytes: 64, pattern: op === 'write' ? 'stripes' : null }], [])
    const mark = m.world.steps.length
    while (gpu.ready(m.world)) gpu.step(m.booted.context('task:boot'))
    return { ...m, steps: m.world.steps.slice(mark) }
  }
  test('etnaviv: a read where nothing is gets words of a page that is there for that, and is reported', () => {
    const { world, table, steps, k } = job('etnaviv', 'read')
    expect(steps.map(step => step.event)).toEqual(expect.arrayContaining(['walk.io', 'io.fault', 'job.read', 'job.done']))
    const word = (world.get(table).scratch! - k.hw.platform.dramBase) / 4
    expect(world.word('gpu.seen', word)).toBe(0xdead_55aa)
  })
  test.each([['etnaviv', 'write'], ['v3d', 'read'], ['v3d', 'write']] as const)('%s: a %s there is reported and ends the job', (driver, op) => {
    const { steps } = job(driver, op)
    const events = steps.map(step => step.event)
    expect(events).toEqual(expect.arrayContaining(['io.fault', 'job.unmapped', 'job.failed']))
    expect(steps.find(step => step.event === 'io.fault')!.stack.at(-1)).toBe(driver === 'v3d' ? 'v3d_hub_irq' : 'irq_handler')
  })
  test('etnaviv: the commands of the next job begin with a flush, once', () => {
    const { world, k, table, pageWith, booted } = machine('etnaviv')
    mapIo(k, table, 0x9000, [{ phys: physOf(k, pageWith(5)), sizeBytes: 4096 }])
    expect(world.get(table).stale).toBe(true)
    const flushes = (): number => {
      world.call = `job ${world.steps.length}`
      pushJob(k, CARD, [{ op: 'read', gpuVa: 0x9000, sizeBytes: 4, pattern: null }], [])
      const mark = world.steps.length
      while (gpu.ready(world)) gpu.step(booted.context('task:boot'))
      return world.steps.slice(mark).filter(step => step.event === 'io.flush').length
    }
    expect([flushes(), flushes()]).toEqual([1, 0])
  })
})

describe('T20: pages that lie scattered, for a display', () => {
  const BY: Id<'attachment'> = 'attachment:t'
  /** Two ranges of 64 KiB, behind one another or not. */
  const lists = (k: ReturnType<typeof machine>['k'], gap: number) => {
    const first = allocRun(k, 64)
    return [first, first + 16 + gap].map(page => ({ page, len: 65536, dma: physOf(k, page) as number }))
  }
  test('without an IOMMU they are what they are: one piece or not', () => {
    const { k } = machine('rockchip')
    expect([0, 1].map(gap => contiguousSize(k.drivers[CARD]!.iommu?.mapSg(k, CARD, lists(k, gap), BY) ?? lists(k, gap)))).toEqual([131072, 65536])
  })
  test('behind one they are one range of addresses, and all bytes are where they should be', () => {
    const { k, load } = machine('rockchip', BEHIND)
    const list = lists(k, 5)
    list.forEach(({ page }, i) => {
      writeBytes(k, page + 15, 9, Uint8Array.of(40 + i))
      k.hw.clean(physOf(k, page + 15), 64)
    })
    const mapped = rockchipIommu.mapSg(k, CARD, list, BY)
    expect(contiguousSize(mapped)).toBe(131072)
    expect([load(mapped[0]!.dma! + 15 * 4096 + 9), load(mapped[1]!.dma! + 15 * 4096 + 9)]).toEqual([40, 41])
  })
  test('addresses are given out from 4 GiB downwards, the highest gap first, and given back', () => {
    const { k, world, table, load } = machine('rockchip', BEHIND)
    const frame = allocPage(k)
    const map = (by: string) => rockchipIommu.mapSg(k, CARD, [{ page: frame, len: 4096, dma: null }], `gem:${by}`)[0]!.dma!
    expect([map('a'), map('b'), map('c')]).toEqual([0xffff_f000, 0xffff_e000, 0xffff_d000])
    expect(frameBehind(k, CARD, 0xffff_e000)).toBe(frame)
    expect(load(0xffff_e000)).toBe(0)
    rockchipIommu.unmapSg(k, CARD, 'gem:b')
    expect(load(0xffff_e000)).toBe('translation 1')
    expect([map('d'), world.get(table).iovas.length]).toEqual([0xffff_e000, 3])
  })
})

test('pages given back in another order are still found', () => {
  const { k, table, load } = machine('rockchip', BEHIND)
  const spare = Array.from({ length: 5 }, () => allocPage(k))
  for (const n of [0, 4, 1, 3]) freePage(k, spare[n]!)
  const frames = Array.from({ length: 4 }, () => allocPage(k))
  frames.forEach((frame, i) => {
    writeBytes(k, frame, 0, Uint8Array.of(i + 1))
    k.hw.clean(physOf(k, frame), 64)
  })
  mapIo(k, table, 0x7000, frames.map(frame => ({ phys: physOf(k, frame), sizeBytes: 4096 })))
  expect([0, 1, 2, 3].map(i => load(0x7000 + i * 4096))).toEqual([1, 2, 3, 4])
})

/** Pages mapped one by one, several at once, over one another and away, as chance has it; then every byte asked for is the right one. */
test.each([['rockchip', BEHIND], ['etnaviv', {}], ['v3d', {}]] as const)('%s: whatever was mapped and taken away, an address leads to the byte that a list of pages says', (driver, iommus) => {
  // Neighbours, the two sides of a table's end, and places far away.
  const page = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1020, max: 1030 }), fc.integer({ min: 4096, max: 4100 }))
  const change = fc.record({ at: page, frame: fc.nat(15), count: fc.integer({ min: 1, max: 4 }), map: fc.boolean() })
  fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 30 }), fc.array(fc.tuple(page, fc.nat(4095)), { maxLength: 20 }), (changes, asked) => {
    const { k, table, world, hw } = machine(driver, iommus)
    const first = allocRun(k, 20)
    const want = new Map<number, number>()
    for (const { at, frame, count, map } of changes) {
      if (map) mapIo(k, table, at * 4096, [{ phys: physOf(k, first + frame), sizeBytes: count * 4096 }])
      else unmapIo(k, table, at * 4096, count * 4096)
      for (let i = 0; i < count; i++) {
        if (map) want.set(at + i, first + frame + i)
        else want.delete(at + i)
      }
    }
    const { begin } = k.drivers[CARD]!.tables ?? k.drivers[CARD]!.iommu!
    begin(k, CARD)
    for (const [at, offset] of [...asked, ...[...want.keys()].map(at => [at, 8] as const)]) {
      const found = ioTranslate(k, table, at * 4096 + offset, 3 * 4096, 'read')
      const frame = want.get(at)
      if (frame === undefined) expect(isWordFault(found)).toBe(true)
      else {
        expect(found).toMatchObject({ phys: physOf(k, frame) + offset })
        // No further than the pages follow one another.
        let pages = 1
        while (want.get(at + pages) === frame + pages && pages < 4) pages++
        expect((found as { sizeBytes: number }).sizeBytes).toBe(Math.min(3 * 4096, pages * 4096 - offset))
      }
    }
    expect(world.untold).toBe(false)
    expect(hw.barrier(0)).toBe(0)
  }), { numRuns: 40 })
})
