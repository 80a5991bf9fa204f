/** Entries and walks against the worked examples of the manuals, and against random mappings. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBigInt, hex64, toBigInt, u64, type U64 } from '../../base/bits.ts'
import arm64, { decode as decodeArm64 } from '../../journal/page-tables/arm64.ts'
import mali, { decode as decodeMali } from '../../journal/page-tables/mali.ts'
import { coverage, entryAt, entryIn, indexAt, indexIn, leafOf, LEVELS, walk, walkIndices, type TableFormat } from '../../journal/walk.ts'
import x86Format, { decode as decodeX86 } from '../../journal/page-tables/x86-64.ts'
import etnavivFormat from '../../journal/page-tables/etnaviv.ts'
import * as cpu from './arm64.ts'
import * as etnaviv from './etnaviv.ts'
import * as gpu from './mali.ts'
import * as v3d from './v3d.ts'
import * as x86 from './x86-64.ts'

const user = { phys: 0x8000_1000, write: true, readOnly: false, exec: false, dirty: false, special: true }
const named = (fields: readonly { name: string; value: number }[]) => Object.fromEntries(fields.map(f => [f.name, f.value]))

describe('arm64', () => {
  test('T01: an address is four indices and an offset', () => {
    expect(walkIndices(0x0000_ffff_b2c4_1abc)).toEqual({ indices: [511, 510, 406, 65], offset: 0xabc })
  })
  test('T05: a write-combined page, with the index of today and of 2019', () => {
    expect(hex64(cpu.leaf({ ...user, attrIndex: cpu.mairNow.index.wc }))).toBe('0x0168_0000_8000_1f4b')
    expect(hex64(cpu.leaf({ ...user, attrIndex: cpu.mair2019.index.wc }))).toBe('0x0168_0000_8000_1f4f')
  })
  test('before its first write, and an ordinary cached page', () => {
    expect(hex64(cpu.leaf({ ...user, attrIndex: 2, readOnly: true }))).toBe('0x0168_0000_8000_1fcb')
    expect(hex64(cpu.leaf({ ...user, attrIndex: 0, special: false }))).toBe('0x0068_0000_8000_1f43')
  })
  test('every field is read back', () => {
    const fields = decodeArm64(fromBigInt(0x0168_0000_8000_1fcbn), 3, cpu.mairNow.bytes)
    expect(named(fields)).toEqual({
      type: 3, AttrIndx: 2, 'AP[1]': 1, 'AP[2]': 1, SH: 3, AF: 1, nG: 1, 'output address': 0x80001, GP: 0, DBM: 1, contiguous: 0, PXN: 1, UXN: 1, dirty: 0, special: 1, PROT_NONE: 0,
    })
    expect(fields.find(f => f.name === 'AttrIndx')!.meaning).toBe('Normal, non-cacheable (0x44)')
    expect(decodeArm64(fromBigInt(0x0168_0000_8000_1fcfn), 3, cpu.mair2019.bytes).find(f => f.name === 'AttrIndx')!.meaning).toBe('Normal, non-cacheable (0x44)')
  })
  test.each([[3, 0, 'table'], [3, 2, 'table'], [3, 3, 'leaf'], [1, 1, 'leaf'], [1, 2, 'leaf'], [1, 0, 'invalid'], [1, 3, 'invalid'], [0, 3, 'invalid'], [2, 1, 'invalid']] as const)('type %i at level %i is %s', (type, level, kind) => {
    expect(arm64.kindOf(u64(0, type), level)).toBe(kind)
  })
  test('a page for no access keeps its address and is not valid', () => {
    const entry = cpu.leaf({ ...user, attrIndex: 0, none: true })
    expect(arm64.kindOf(entry, 3)).toBe('invalid')
    expect(arm64.addressOf(entry, 3)).toBe(0x8000_1000)
    expect(named(decodeArm64(entry, 3, cpu.mairNow.bytes)).PROT_NONE).toBe(1)
  })
})

describe('x86-64', () => {
  const page = { phys: 0x8000_1000, prot: 'rw', attr: 'wb', exec: false, dirty: false, special: false } as const
  test('a shared page: before and after the first store, and write-combined', () => {
    expect(hex64(x86.leaf(page))).toBe('0x8000_0000_8000_1027')
    expect(hex64(x86.x86.written!(x86.leaf(page)))).toBe('0x8000_0000_8000_1067')
    expect(hex64(x86.leaf({ ...page, attr: 'wc', special: true }))).toBe('0x8000_0000_8000_122f')
    expect(hex64(x86.leaf({ ...page, attr: 'uc' }))).toBe('0x8000_0000_8000_1037')
    expect(hex64(x86.leaf({ ...page, prot: 'r', exec: true }))).toBe('0x0000_0000_8000_1025')
    expect(hex64(x86.table(0x8123_4000))).toBe('0x0000_0000_8123_4067')
  })
  test('every field is read back, and PAT, PCD and PWT choose a type of memory', () => {
    const fields = decodeX86(x86.leaf({ ...page, attr: 'wc' }), 3, x86.PAT)
    expect(named(fields)).toEqual({ P: 1, RW: 1, US: 1, PWT: 1, PCD: 0, A: 1, D: 0, PAT: 0, 'PAT index': 1, G: 0, special: 0, 'page address': 0x80001, NX: 1 })
    const types = [0, 0x8, 0x10, 0x18, 0x80, 0x88, 0x90, 0x98].map(bits => x86Format.attr(u64(0, 0x8000_1007 | bits), x86.PAT))
    expect(types).toEqual(['WB', 'WC', 'UC-', 'UC', 'WB', 'WP', 'UC-', 'WT'])
  })
  test.each([[1, 0, 'table'], [0x81, 0, 'table'], [1, 2, 'table'], [0x81, 2, 'leaf'], [0x81, 1, 'leaf'], [1, 3, 'leaf'], [0x81, 3, 'leaf'], [0x100, 3, 'invalid'], [0, 1, 'invalid']] as const)('bits 0x%s at level %i are %s', (bits, level, kind) => {
    expect(x86Format.kindOf(u64(0, bits), level)).toBe(kind)
  })
  test('what is made is what is said, for any page', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 36 - 1 }), fc.constantFrom('', 'r', 'rw' as const), fc.constantFrom('wb', 'wc', 'uc' as const), fc.boolean(), fc.boolean(), fc.boolean(), (frame, prot, attr, exec, dirty, special) => {
      const made = { phys: frame * 4096, prot, attr, exec, dirty, special }
      expect(x86.x86.said(x86.leaf(made), cpu.mairNow)).toEqual(made)
      expect(cpu.arm64.said(cpu.arm64.leaf(made, cpu.mair2019), cpu.mair2019)).toEqual({ ...made, exec: exec && attr === 'wb' })
    }))
  })
  test('as a page fault tells it', () => {
    expect([x86.x86.code('translation', 3, 'read'), x86.x86.code('translation', 0, 'write'), x86.x86.code('permission', 3, 'write')]).toEqual(['error code 0x4', 'error code 0x6', 'error code 0x7'])
    expect([cpu.arm64.code('translation', 3, 'read'), cpu.arm64.code('permission', 3, 'write')]).toEqual(['0x07', '0x0f'])
  })
})

describe('Mali', () => {
  const spec = { phys: 0x8000_1000, read: true, write: true, exec: false, shareability: gpu.SH_OUTER }
  test('T02: always four levels', () => expect(walkIndices(0x0240_0400)).toEqual({ indices: [0, 0, 18, 0], offset: 0x400 }))
  test('T03: leaves with attribute index 1 and 0', () => {
    expect(hex64(gpu.leaf({ ...spec, attrIndex: 1 }))).toBe('0x0060_0000_8000_12c5')
    expect(hex64(gpu.leaf({ ...spec, attrIndex: 0 }))).toBe('0x0060_0000_8000_12c1')
  })
  test('executable and read-only, and a table', () => {
    expect(hex64(gpu.leaf({ ...spec, phys: 0x1234_5000, write: false, exec: true, attrIndex: 1 }))).toBe('0x0000_0000_1234_5245')
    expect(hex64(gpu.table(0x8123_4000))).toBe('0x0000_0000_8123_4003')
    expect(hex64(gpu.table(0x8123_4000, true))).toBe('0x0080_0000_8123_4003')
  })
  test('T04: type 3 in the last level is no leaf', () => {
    const entry = fromBigInt(0x0060_0000_8000_12c7n)
    expect(mali.kindOf(entry, 3)).toBe('invalid')
    expect(arm64.kindOf(entry, 3)).toBe('leaf')
    const { phys, steps } = walk(mali, 0x1000, 0x3000, at => (at === 0x4018 ? entry : at === 0x1000 ? gpu.table(0x2000) : at === 0x2000 ? gpu.table(0x3000) : gpu.table(0x4000)))
    expect([phys, steps.at(-1)!.level]).toEqual([null, 3])
  })
  test('every field is read back', () => {
    expect(named(decodeMali(fromBigInt(0x0060_0000_8000_12c5n), 3, gpu.MEMATTR))).toEqual({ type: 1, AttrIndx: 1, read: 1, write: 1, SH: 2, 'output address': 0x80001, XN: 3 })
    expect(named(decodeMali(gpu.table(0x8123_4000, true), 1, gpu.MEMATTR))).toEqual({ type: 3, 'table address': 0x81234, SW_SYNC: 1 })
  })
  const runs = (iova: number, phys: number, length: number) => gpu.runsOf(iova, phys, length).map(r => `${r.count} × ${r.sizeBytes / 1024} KiB`)
  test('T06: both addresses aligned', () => expect(runs(0x240_0000, 0x8020_0000, 4 << 20)).toEqual(['2 × 2048 KiB']))
  test('T07: one page beside the boundary costs every block', () => {
    expect(runs(0x240_0000, 0x8020_1000, 4 << 20)).toEqual(['511 × 4 KiB', '1 × 4 KiB', '511 × 4 KiB', '1 × 4 KiB'])
  })
  test('T08: head and tail', () => expect(runs(0x25f_f000, 0x803f_f000, (4 << 20) + 8192)).toEqual(['1 × 4 KiB', '2 × 2048 KiB', '1 × 4 KiB']))
  test('runs cover their range exactly, and blocks are aligned', () => {
    const page = fc.integer({ min: 0, max: 2 ** 19 }).map(n => n * 4096)
    fc.assert(fc.property(page, page, fc.integer({ min: 1, max: 3000 }), (iova, phys, pages) => {
      let at = 0
      for (const { sizeBytes, count } of gpu.runsOf(iova, phys, pages * 4096)) {
        expect([(iova + at) % sizeBytes, (phys + at) % sizeBytes, count > 0]).toEqual([0, 0, true])
        at += sizeBytes * count
      }
      expect(at).toBe(pages * 4096)
    }))
  })
  test('T09: the lock region', () => {
    expect([gpu.lockAddr(0x240_0000, 4 << 20), gpu.lockAddr(0x260_1000, 4096), gpu.lockAddr(0x27f_f000, 8192)]).toEqual([0x240_0015, 0x260_000e, 0x200_0017])
  })
  test('the lock region holds the range that it was made for', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 20 }), fc.integer({ min: 1, max: 4096 }), (page, pages) => {
      const value = gpu.lockAddr(page * 4096, pages * 4096)
      const { start, sizeBytes } = gpu.lockedRange(value)
      expect(start).toBeLessThanOrEqual(page * 4096)
      expect(start + sizeBytes).toBeGreaterThanOrEqual((page + pages) * 4096)
      expect(sizeBytes).toBeGreaterThanOrEqual(2 ** 15)
    }))
  })
  test('T22: TRANSTAB and MEMATTR', () => {
    expect([gpu.transtab(0x7a5b_2000, false), gpu.transtab(0x7a5b_2000, true), gpu.memattrValue(gpu.MEMATTR)]).toEqual([0x7a5b_2007, 0x7a5b_2017, 0x88_8d88])
    expect(gpu.pgdOf(0x7a5b_2017)).toBe(0x7a5b_2000)
  })
})

test('T21: etnaviv and V3D', () => {
  expect([etnaviv.entry(0x1_2345_6000, true), v3d.entry(0x1234_5000, true)]).toEqual([0x2345_6015, 0x3001_2345])
  expect([0, 1].map(level => indexIn(etnavivFormat, 0xffc0_1abc, level))).toEqual([1023, 1])
})

/** Tables in a map of words, built level by level as a kernel does it. */
function build(format: TableFormat, pages: ReadonlyMap<number, number>): { root: number; read: (at: number) => U64 } {
  const entries = new Map<number, U64>()
  const read = (at: number): U64 => entries.get(at) ?? u64(0, 0)
  let next = 0x10_0000
  const root = next
  for (const [va, phys] of pages) {
    let tableAt = root
    for (let level = 0; level < LEVELS - 1; level++) {
      const at = entryAt(tableAt, indexAt(va, level))
      if (format.kindOf(read(at), level) === 'invalid') entries.set(at, (format === arm64 ? cpu : format === x86Format ? x86 : gpu).table((next += 4096)))
      tableAt = format.addressOf(read(at), level)
    }
    const at = entryAt(tableAt, indexAt(va, LEVELS - 1))
    entries.set(at, format === arm64 ? cpu.leaf({ ...user, phys, attrIndex: 4 }) : format === x86Format ? x86.leaf({ ...USER, phys }) : gpu.leaf({ phys, attrIndex: 1, read: true, write: true, exec: false, shareability: 2 }))
  }
  return { root, read }
}

const USER = { prot: 'rw', attr: 'wb', exec: false, dirty: false, special: false } as const

test.each([[arm64, 48, 48], [x86Format, 48, 52], [mali, 48, 40]] as const)('a walk lands on the right byte, and only where something is mapped ($id)', (format, vaBits, paBits) => {
  const frame = (bits: number) => fc.integer({ min: 0, max: 2 ** (bits - 12) - 1 }).map(n => n * 4096)
  const mapping = fc.array(fc.tuple(frame(vaBits), frame(paBits)), { minLength: 1, maxLength: 20 })
  fc.assert(fc.property(mapping, fc.integer({ min: 0, max: 4095 }), frame(vaBits), (list, offset, elsewhere) => {
    const pages = new Map(list)
    const { root, read } = build(format, pages)
    for (const [va, phys] of pages) {
      const found = walk(format, root, va + offset, read)
      expect(found.phys).toBe(phys + offset)
      expect(leafOf(found)!.level).toBe(3)
    }
    if (!pages.has(elsewhere)) expect(walk(format, root, elsewhere, read).phys).toBe(null)
  }))
})

test('a block shows every byte of its range', () => {
  const block = gpu.leaf({ phys: 0x8020_0000, attrIndex: 1, read: true, write: true, exec: false, shareability: 2 })
  const { phys } = walk(mali, 0, 0x240_0000 + 0x12_3456, at => (at === 18 * 8 + 0x2000 ? block : at === 0 ? gpu.table(0x1000) : gpu.table(0x2000)))
  expect(phys).toBe(0x8032_3456)
  expect(coverage(2)).toBe(2 ** 21)
})

test('an entry in a snapshot: what memory holds, and what the CPU sees before it is cleaned', () => {
  const words = { dram: new Uint32Array(64), 'cpu.data': new Uint32Array(64), 'cpu.line': new Uint32Array(4) }
  words.dram[18] = 7
  words['cpu.data'][18] = 9
  words['cpu.line'][1] = 2
  const snapshot = { records: new Map(), words }
  const at = 0x8000_0000 + 18 * 4
  expect(entryIn(snapshot, 0x8_0000, at, 'memory').lo).toBe(7)
  expect(entryIn(snapshot, 0x8_0000, at, 'cpu').lo).toBe(9)
})

test('values are exact beyond 2^53', () => expect(toBigInt(cpu.leaf({ ...user, phys: 0xffff_ffff_f000, attrIndex: 7 }))).toBe(0x0168_ffff_ffff_ff5fn))
