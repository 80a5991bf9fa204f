/** The page tables of tasks: real entries in memory, and what a core remembers of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex64, type U64 } from '../base/bits.ts'
import type { Platform } from '../hardware/hardware.ts'
import { Memory } from '../hardware/memory.ts'
import { TLB_CPU } from '../journal/areas.ts'
import arm64, { decode as decodeArm64 } from '../journal/page-tables/arm64.ts'
import { is } from '../journal/step.ts'
import { tlbLookup } from '../hardware/tlb.ts'
import { entryIn, leafOf, tablesFrom, walk } from '../journal/walk.ts'
import { World } from '../world/world.ts'
import { bootKernel } from './boot.ts'
import { isFail } from './fail.ts'
import { load, store } from './fault.ts'
import { flavours } from './flavours.ts'
import { getPte, ptesIn } from './pgtable.ts'
import { trap, valueOf } from './trap.ts'

const NC: Platform = {
  id: 'test', title: '', cls: 'NC', devCls: {}, dtCoherent: {}, ncAlias: 'bypass', ivacDirty: 'discard', linAlias: 'wb', wcEntries: 4, ucDrainsWc: false, walkCoherent: false, cores: 1, dramBase: 0x8000_0000, leavesOut: '',
}
const RW = ['PROT_READ', 'PROT_WRITE']

function machine(kernel = 'K61', driver = 'kms-shmem') {
  const world = new World()
  const booted = bootKernel(world, new Memory(world, NC), flavours[kernel]!, [{ driver, card: 'card0', render: null }])
  booted.start('A')
  let n = 0
  const of = (letter: string) => {
    const k = booted.context(`task:${letter}`)
    const run = (name: string, args: Record<string, unknown>): unknown => {
      world.call = `${letter}.${++n}`
      const outcome = trap(k, name, args)
      expect(world.untold).toBe(false)
      return valueOf(outcome) ?? (isFail(outcome) ? outcome.errno : 'killed')
    }
    /** A dumb buffer of so many pages, mapped. */
    const buffer = (pages: number, flags = ['MAP_SHARED'], prot: readonly string[] = RW): number => {
      const fd = run('open', { path: '/dev/dri/card0', flags: ['O_RDWR'] })
      const { handle } = run('ioctl', { fd, request: 'DRM_IOCTL_MODE_CREATE_DUMB', arg: { width: 1024, height: pages, bpp: 32 } }) as { handle: number }
      const { offset } = run('ioctl', { fd, request: 'DRM_IOCTL_MODE_MAP_DUMB', arg: { handle } }) as { offset: number }
      return run('mmap', { addr: null, length: pages * 4096, prot, flags, fd, offset }) as number
    }
    /** What stands in memory, or in the CPU's caches, for an address. */
    const entry = (addr: number): U64 | undefined => {
      const { ttbr0 } = world.get(`task:${letter}`)
      return ttbr0 === null ? undefined : leafOf(walk(arm64, ttbr0, addr, at => entryIn(world, 0x8_0000, at, 'cpu')))?.entry
    }
    const remembered = (addr: number): U64 | undefined => tlbLookup(world, TLB_CPU, world.get(`task:${letter}`).asid, addr)
    return { k, run, buffer, entry, remembered }
  }
  return { world, of, ...of('A') }
}
const field = (entry: U64, name: string, mair: readonly number[]) => decodeArm64(entry, 3, mair).find(f => f.name === name)!

describe.each([['K52', 3, 'kms-shmem'], ['K61', 2, 'kms-shmem'], ['KNOW', 2, 'kms-shmem']] as const)('%s', (kernel, index, driver) => {
  test('a page is shown by an entry whose every bit is real', () => {
    const { world, k, buffer, entry } = machine(kernel, driver)
    const addr = buffer(2)
    expect(entry(addr)).toBeUndefined()
    load(k, addr, 4)
    const frame = world.steps.findLast(s => is(s, 'fault.insert'))!.fields as { frame: number }
    const { mair } = world.get('kernel:0')
    const made = entry(addr)!
    expect(arm64.addressOf(made, 3)).toBe(0x8000_0000 + frame.frame * 4096)
    expect(field(made, 'AttrIndx', mair)).toMatchObject({ value: index, meaning: 'Normal, non-cacheable (0x44)' })
    // May be written, and has not been: closed until the first store.
    expect(['AP[1]', 'AP[2]', 'AF', 'nG', 'DBM', 'PXN', 'UXN', 'dirty'].map(name => field(made, name, mair).value)).toEqual([1, 1, 1, 1, 1, 1, 1, 0])
    expect(field(made, 'special', mair).value).toBe(kernel === 'K52' ? 0 : 1)
    expect(entry(addr + 4096)).toBeUndefined()
  })
  test('the first store comes as a permission fault, marks the entry and opens it', () => {
    const { world, k, buffer, entry } = machine(kernel, driver)
    const addr = buffer(1)
    load(k, addr, 4)
    const mark = world.steps.length
    store(k, addr, Uint8Array.of(1))
    expect(world.steps.slice(mark).map(s => s.event).filter(e => /^abort|^fault|^pte|^tlb|^store/.test(e))).toEqual(['abort.permission', 'fault.enter', 'fault.dirty', 'pte.set', 'tlb.flush', 'tlb.fill', 'store.bytes'])
    const { mair } = world.get('kernel:0')
    expect(['AP[2]', 'DBM', 'dirty'].map(name => field(entry(addr)!, name, mair).value)).toEqual([0, 1, 1])
    const again = world.steps.length
    store(k, addr, Uint8Array.of(2))
    expect(world.steps.slice(again).map(s => s.event)).toEqual(['store.bytes'])
  })
})

test('an abort says where the walk ended: DFSC 0x04 to 0x07 by level, 0x0f for a page that does not let the access through', () => {
  const { world, k, run, buffer } = machine()
  const last = (): unknown => world.steps.findLast(s => s.event.startsWith('abort'))?.fields
  const addr = buffer(2)
  load(k, addr, 1)
  expect(last()).toMatchObject({ level: 0, dfsc: '0x04' })
  load(k, addr + 4096, 1)
  expect(last()).toMatchObject({ level: 3, dfsc: '0x07' })
  load(k, addr + 2 ** 21, 1)
  expect(last()).toMatchObject({ level: 2, dfsc: '0x06' })
  load(k, addr - 2 ** 31, 1)
  expect(last()).toMatchObject({ level: 1, dfsc: '0x05' })
  load(k, addr - 2 ** 40, 1)
  expect(last()).toMatchObject({ level: 0, dfsc: '0x04' })
  run('mprotect', { addr, length: 4096, prot: ['PROT_READ'] })
  store(k, addr, Uint8Array.of(1))
  expect(last()).toMatchObject({ access: 'write', dfsc: '0x0f' })
})

test('a cached mapping is write-back memory', () => {
  const { world, k, buffer, entry } = machine('K61', 'kms-shmem-cached')
  const addr = buffer(1)
  store(k, addr, Uint8Array.of(1))
  expect(field(entry(addr)!, 'AttrIndx', world.get('kernel:0').mair)).toMatchObject({ value: 0, meaning: 'Normal, write-back (0xff)' })
  expect(hex64(entry(addr)!).slice(0, 8)).toBe('0x01e8_0')
})

test('munmap empties the entries, then the TLB forgets them, then the pages may go', () => {
  const { world, k, run, buffer, entry, remembered } = machine()
  const addr = buffer(2)
  store(k, addr + 4096, Uint8Array.of(1))
  expect(remembered(addr + 4096)).toEqual(entry(addr + 4096))
  const mark = world.steps.length
  run('munmap', { addr, length: 8192 })
  const events = world.steps.slice(mark).map(s => s.event)
  expect(events.indexOf('pte.clear')).toBeGreaterThan(0)
  expect(events.indexOf('pte.clear')).toBeLessThan(events.indexOf('tlb.flush'))
  expect(events.indexOf('tlb.flush')).toBeLessThan(events.indexOf('vma.close'))
  // Between the two a core could still use the translation.
  const between = world.steps.slice(mark).find(s => is(s, 'tlb.flush'))!
  expect(between.fields).toMatchObject({ agent: 'cpu', entries: 1 })
  expect([entry(addr + 4096), remembered(addr + 4096)]).toEqual([undefined, undefined])
})

test('mprotect rewrites the entries, and nothing old is remembered', () => {
  const { k, run, buffer } = machine()
  const addr = buffer(1)
  store(k, addr, Uint8Array.of(1))
  run('mprotect', { addr, length: 4096, prot: ['PROT_READ'] })
  expect(store(k, addr, Uint8Array.of(2)).fault).toMatchObject({ signal: 'SIGSEGV', code: 'ACCERR' })
  run('mprotect', { addr, length: 4096, prot: [] })
  expect(load(k, addr, 1).fault).toMatchObject({ signal: 'SIGSEGV', code: 'ACCERR' })
  expect(getPte(k, addr)).toMatchObject({ prot: '', dirty: true })
  run('mprotect', { addr, length: 4096, prot: RW })
  expect([...load(k, addr, 1).bytes]).toEqual([1])
})

test('a private copy belongs to its entry: a child gets one of its own, and both go', () => {
  const { world, of, k, run } = machine()
  const fd = run('memfd_create', { name: 'm', flags: [] }) as number
  run('ftruncate', { fd, length: 8192 })
  const addr = run('mmap', { addr: null, length: 8192, prot: RW, flags: ['MAP_PRIVATE'], fd, offset: 0 }) as number
  load(k, addr, 1)
  const shown = getPte(k, addr)!
  store(k, addr, Uint8Array.of(5))
  expect(getPte(k, addr)).toMatchObject({ prot: 'rw', dirty: true })
  expect(getPte(k, addr)!.frame).not.toBe(shown.frame)
  run('fork', { child: 'task:B', name: 'B' })
  const b = of('B')
  expect([...load(b.k, addr, 1).bytes]).toEqual([5])
  store(b.k, addr, Uint8Array.of(6))
  expect([...load(k, addr, 1).bytes]).toEqual([5])
  // Taking the right to write away and giving it back does not copy again.
  const { frame } = getPte(k, addr)!
  run('mprotect', { addr, length: 4096, prot: ['PROT_READ'] })
  run('mprotect', { addr, length: 4096, prot: RW })
  store(k, addr, Uint8Array.of(7))
  expect(getPte(k, addr)!.frame).toBe(frame)
  b.run('exit', { how: 'exit' })
  run('exit', { how: 'exit' })
  const { free, next } = world.get('frames:0')
  expect([...free].sort((x, y) => x - y)).toEqual(Array.from({ length: next }, (_, i) => i))
})

test('whatever is mapped, touched, moved and unmapped: the tables say what getPte says, the TLB only what the tables say, and every table is found', () => {
  const step = fc.tuple(fc.constantFrom('map', 'touch', 'write', 'unmap', 'move', 'protect'), fc.nat({ max: 7 }), fc.nat({ max: 7 }))
  const tally: Record<string, [done: number, all: number]> = {}
  const count = (what: string, done: boolean): void => { tally[what] = [(tally[what]?.[0] ?? 0) + Number(done), (tally[what]?.[1] ?? 0) + 1] }
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), steps => {
    const { world, k, run, buffer, entry, remembered } = machine('K61', 'kms-shmem')
    const areas = [{ addr: buffer(2), pages: 2 }]
    for (const [what, a, b] of steps) {
      const area = areas[a % areas.length]!
      const addr = area.addr + (b % area.pages) * 4096
      if (what === 'map') areas.push({ addr: buffer(b + 1), pages: b + 1 })
      else if (what === 'touch') count(what, load(k, addr, 1).fault === null)
      else if (what === 'write') count(what, store(k, addr, Uint8Array.of(b)).fault === null)
      else if (what === 'unmap') count(what, run('munmap', { addr, length: 4096 }) === 0)
      else if (what === 'protect') count(what, run('mprotect', { addr, length: 4096, prot: a % 2 ? RW : ['PROT_READ'] }) === 0)
      else {
        const to = run('mremap', { addr: area.addr, oldSize: area.pages * 4096, newSize: area.pages * 4096, flags: ['MREMAP_MAYMOVE', 'MREMAP_FIXED'], newAddr: 0x7000_0000_0000 + areas.length * 0x20_0000 + b * 0x40_0000_0000 })
        count(what, typeof to === 'number')
        if (typeof to === 'number') areas.push({ addr: to, pages: area.pages })
      }
    }
    for (const { addr, pages } of areas) {
      const listed = new Map(ptesIn(k, addr, addr + pages * 4096).map(({ addr: at, pte }) => [at, pte]))
      for (let at = addr; at < addr + pages * 4096; at += 4096) {
        const made = entry(at)
        expect(getPte(k, at)).toEqual(listed.get(at))
        if (made) expect(arm64.addressOf(made, 3)).toBe(0x8000_0000 + getPte(k, at)!.frame * 4096)
        const kept = remembered(at)
        if (kept) expect(kept).toEqual(made)
      }
    }
    const { ttbr0 } = world.get('task:A')
    const tables = ttbr0 === null ? 0 : tablesFrom(arm64, ttbr0, at => entryIn(world, 0x8_0000, at, 'cpu')).length
    expect(tables).toBe(world.steps.filter(s => s.event === 'pgtable.alloc').length)
    run('exit', { how: 'exit' })
    expect(new Set(world.get('frames:0').free).size).toBe(world.get('frames:0').next)
  }), { numRuns: 40 })
  console.log(`calls that succeed: ${Object.entries(tally).map(([what, [done, all]]) => `${what} ${done} of ${all}`).join(', ')}`)
  const [done, all] = Object.values(tally).reduce(([x, y], [d, n]) => [x + d, y + n], [0, 0])
  expect(done / all).toBeGreaterThan(0.4)
})
