/**
 * The rules written out line by line and byte by byte, as slowly as they read, against the memory that moves ranges: after
 * every operation of long random runs, all copies of all lines are equal, and the invariants hold.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { physAddr } from '../base/brand.ts'
import { CPU_DATA, CPU_LINE, DRAM, GPU_DATA, GPU_LINE, GPU_MASK } from '../journal/areas.ts'
import { World } from '../world/world.ts'
import type { CoherencyClass, MemoryAttr, Platform } from './hardware.ts'
import { Memory } from './memory.ts'

const LINES = 6
type State = 'I' | 'C' | 'D'
interface Line { cpu: State; cd: number[]; gpu: State; gd: number[]; gm: boolean[]; outer: boolean; md: number[] }
const blank = (): number[] => Array.from({ length: 64 }, () => 0)

/** One line knows its rules; a range is its lines one after the other. */
class Reference {
  readonly lines = Array.from({ length: LINES }, (): Line => ({ cpu: 'I', cd: blank(), gpu: 'I', gd: blank(), gm: blank().map(() => false), outer: false, md: blank() }))
  wc: { core: number; line: number; bytes: Map<number, number> }[] = []
  readonly p: Platform
  constructor(p: Platform) { this.p = p }
  get both(): boolean { return this.p.cls === 'FC' || this.p.cls === 'X86' }

  cpuWB(l: Line): void { if (l.cpu === 'D') { l.md = [...l.cd]; l.cpu = 'C' } }
  gpuWB(l: Line): void {
    if (l.gpu !== 'D') return
    if (this.p.cls === 'IOC' && l.outer && l.cpu !== 'I') { this.cpuWB(l); l.cpu = 'I' }
    if (this.both) l.cpu = 'I'
    l.gm.forEach((dirty, i) => { if (dirty) l.md[i] = l.gd[i]! })
    l.gm = l.gm.map(() => false)
    l.gpu = 'C'
  }
  cpuFill(l: Line): void {
    if (l.cpu !== 'I') return
    if (this.both) this.gpuWB(l)
    l.cd = [...(this.both && l.gpu !== 'I' ? l.gd : l.md)]
    l.cpu = 'C'
  }
  gpuFill(l: Line, outer: boolean): void {
    if (l.gpu !== 'I') return
    if (this.both) this.cpuWB(l)
    const looks = this.both || (this.p.cls === 'IOC' && outer)
    l.gd = [...(looks && l.cpu !== 'I' ? l.cd : l.md)]
    l.outer = outer
    l.gpu = 'C'
  }
  uncPre(l: Line): void {
    if (this.p.ncAlias !== 'selfsnoop') return
    this.cpuWB(l); l.cpu = 'I'; this.gpuWB(l); l.gpu = 'I'
  }
  land(entry: Reference['wc'][number]): void {
    const l = this.lines[entry.line]!
    this.uncPre(l)
    for (const [i, byte] of entry.bytes) l.md[i] = byte
    this.wc = this.wc.filter(e => e !== entry)
  }
  drain(core: number, line?: number): void { for (const e of this.wc.filter(e => e.core === core && (line === undefined || e.line === line))) this.land(e) }

  each(at: number, n: number, rule: (l: Line, from: number, to: number, line: number) => void): void {
    for (let line = 0; line < LINES; line++) {
      const [from, to] = [Math.max(0, at - line * 64), Math.min(64, at + n - line * 64)]
      if (from < to) rule(this.lines[line]!, from, to, line)
    }
  }
  load(core: number, at: number, n: number, attr: MemoryAttr): number[] {
    const read: number[] = []
    this.each(at, n, (l, from, to, line) => {
      if (attr === 'wb') this.cpuFill(l)
      else { this.drain(core, line); this.uncPre(l) }
      read.push(...(attr === 'wb' ? l.cd : l.md).slice(from, to))
    })
    return read
  }
  store(core: number, at: number, bytes: Uint8Array, attr: MemoryAttr): void {
    if (attr === 'uc' && this.p.ucDrainsWc) this.drain(core)
    this.each(at, bytes.length, (l, from, to, line) => {
      const put = (i: number): number => bytes[line * 64 + i - at]!
      if (attr === 'wb') {
        this.cpuFill(l)
        if (this.both) { this.gpuWB(l); l.gpu = 'I' }
        for (let i = from; i < to; i++) l.cd[i] = put(i)
        l.cpu = 'D'
      } else if (attr === 'uc') {
        this.uncPre(l)
        for (let i = from; i < to; i++) l.md[i] = put(i)
      } else {
        let entry = this.wc.find(e => e.core === core && e.line === line)
        if (!entry) {
          const own = this.wc.filter(e => e.core === core)
          if (own.length === this.p.wcEntries) this.land(own[0]!)
          this.wc.push(entry = { core, line, bytes: new Map() })
        }
        for (let i = from; i < to; i++) entry.bytes.set(i, put(i))
      }
    })
  }
  gpuStore(at: number, bytes: Uint8Array, outer: boolean): void {
    this.each(at, bytes.length, (l, from, to, line) => {
      this.gpuFill(l, outer)
      l.outer = outer
      if (this.both) { this.cpuWB(l); l.cpu = 'I' }
      for (let i = from; i < to; i++) { l.gd[i] = bytes[line * 64 + i - at]!; l.gm[i] = true }
      l.gpu = 'D'
    })
  }
  deviceRead(at: number, n: number, cls: CoherencyClass): number[] {
    const read: number[] = []
    this.each(at, n, (l, from, to) => {
      const both = cls === 'FC' || cls === 'X86'
      if (both) this.gpuWB(l)
      read.push(...(cls !== 'NC' && l.cpu !== 'I' ? l.cd : both && l.gpu !== 'I' ? l.gd : l.md).slice(from, to))
    })
    return read
  }
  deviceWrite(at: number, bytes: Uint8Array, cls: CoherencyClass): void {
    this.each(at, bytes.length, (l, from, to, line) => {
      const whole = to - from === 64
      if (cls !== 'NC') { if (!whole) this.cpuWB(l); l.cpu = 'I' }
      if (cls === 'FC' || cls === 'X86') { if (!whole) this.gpuWB(l); l.gpu = 'I'; l.gm = l.gm.map(() => false) }
      for (let i = from; i < to; i++) l.md[i] = bytes[line * 64 + i - at]!
    })
  }
}

const CLASSES = ['NC', 'IOC', 'FC', 'X86'] as const
const platformOf = (cls: CoherencyClass, ivacDirty: 'discard' | 'cleanfirst', v: CoherencyClass): Platform => ({
  id: '', title: '', cls, devCls: { display: 'NC', v }, dtCoherent: {}, ncAlias: cls === 'X86' ? 'selfsnoop' : 'bypass', ivacDirty, linAlias: 'wb', wcEntries: 2, ucDrainsWc: cls === 'X86', walkCoherent: false, cores: 2, dramBase: 4096, leavesOut: '',
})

const range = fc.tuple(fc.nat(LINES * 64 - 1), fc.oneof(fc.constantFrom(1, 4, 8, 64, 128), fc.nat(LINES * 64))).map(([at, n]) => [at, Math.max(1, Math.min(n, LINES * 64 - at))] as const)
const lineRange = fc.tuple(fc.nat(LINES - 1), fc.nat(LINES)).map(([line, n]) => [line * 64, Math.max(1, Math.min(n, LINES - line)) * 64] as const)
const op = fc.oneof(
  fc.record({ op: fc.constantFrom('load', 'store'), core: fc.nat(1), attr: fc.constantFrom<MemoryAttr>('wb', 'wc', 'uc'), range, outer: fc.boolean(), device: fc.constant('v'), value: fc.integer({ min: 1, max: 250 }) }),
  fc.record({ op: fc.constantFrom('gpuLoad', 'gpuStore', 'deviceRead', 'deviceWrite', 'walk'), core: fc.nat(1), attr: fc.constant<MemoryAttr>('wb'), range: fc.oneof(range, lineRange), outer: fc.boolean(), device: fc.constantFrom('v', 'display'), value: fc.integer({ min: 1, max: 250 }) }),
  fc.record({ op: fc.constantFrom('barrier', 'drain', 'clean', 'invalidate', 'cleanInvalidate', 'gpuClean', 'gpuCleanInvalidate', 'prefetch', 'evict', 'gpuEvict'), core: fc.nat(1), attr: fc.constant<MemoryAttr>('wb'), range: lineRange, outer: fc.constant(false), device: fc.constant('v'), value: fc.constant(0) }),
)

function compare(world: World, reference: Reference): void {
  const bytes = (area: string, line: number): number[] => Array.from({ length: 64 }, (_, i) => (world.word(area, line * 16 + (i >> 2)) >>> (8 * (i & 3))) & 0xff)
  reference.lines.forEach((l, line) => {
    const state = (area: string): State => (['I', 'C', 'D'] as const)[world.word(area, line)]!
    expect([line, bytes(DRAM, line)]).toEqual([line, l.md])
    expect([line, state(CPU_LINE), state(GPU_LINE)]).toEqual([line, l.cpu, l.gpu])
    if (l.cpu !== 'I') expect(bytes(CPU_DATA, line)).toEqual(l.cd)
    if (l.gpu !== 'I') {
      expect(bytes(GPU_DATA, line)).toEqual(l.gd)
      expect(Array.from({ length: 64 }, (_, i) => ((world.word(GPU_MASK, line * 2 + (i >> 5)) >>> (i & 31)) & 1) === 1)).toEqual(l.gm)
    }
    // The invariants: dirty means that something is to be written, and one side's dirty copy is the only one.
    expect(l.gpu === 'D').toBe(l.gpu !== 'I' && l.gm.some(Boolean))
    if (reference.both) expect((l.cpu !== 'I' && l.gpu === 'D') || (l.cpu === 'D' && l.gpu !== 'I')).toBe(false)
  })
}

test.each(CLASSES)('ranges move as their lines do, %s', cls => {
  fc.assert(fc.property(fc.array(op, { minLength: 1, maxLength: 40, size: 'max' }), fc.constantFrom<'discard' | 'cleanfirst'>('discard', 'cleanfirst'), fc.constantFrom(...CLASSES), (ops, ivacDirty, v) => {
    const platform = platformOf(cls, ivacDirty, v)
    const world = new World({ hashing: true })
    const [hw, ref] = [new Memory(world, platform), new Reference(platform)]
    for (const { op: name, core, attr, range: [at, n], outer, device, value } of ops) {
      const phys = physAddr(platform.dramBase + at)
      const bytes = Uint8Array.from({ length: n }, (_, i) => (value + i) % 251)
      const deviceClass = platform.devCls[device] ?? cls
      switch (name) {
        case 'load': expect([...hw.load(core, phys, attr, n)]).toEqual(ref.load(core, at, n, attr)); break
        case 'store': hw.store(core, phys, attr, bytes); ref.store(core, at, bytes, attr); break
        case 'gpuLoad': {
          const got = [...hw.gpuLoad(phys, n, outer)]
          ref.each(at, n, l => ref.gpuFill(l, outer))
          expect(got).toEqual(ref.lines.flatMap(l => l.gd).slice(at, at + n))
          break
        }
        case 'gpuStore': hw.gpuStore(phys, bytes, outer); ref.gpuStore(at, bytes, outer); break
        case 'deviceRead': expect([...hw.deviceRead(device, phys, n)]).toEqual(ref.deviceRead(at, n, deviceClass)); break
        case 'deviceWrite': hw.deviceWrite(device, phys, bytes); ref.deviceWrite(at, bytes, deviceClass); break
        case 'walk': expect([...hw.walkRead(phys, n, outer)]).toEqual(ref.lines.flatMap(l => (outer && l.cpu !== 'I' ? l.cd : l.md)).slice(at, at + n)); break
        case 'barrier': hw.barrier(core); ref.drain(core); break
        case 'drain': hw.drain(core, phys, n); ref.each(at, n, (_l, _f, _t, line) => ref.drain(core, line)); break
        case 'clean': hw.clean(phys, n); ref.each(at, n, l => ref.cpuWB(l)); break
        case 'invalidate': hw.invalidate(phys, n); ref.each(at, n, l => { if (ivacDirty === 'cleanfirst') ref.cpuWB(l); l.cpu = 'I' }); break
        case 'cleanInvalidate': case 'evict': hw[name](phys, n); ref.each(at, n, l => { ref.cpuWB(l); l.cpu = 'I' }); break
        case 'gpuClean': hw.gpuClean(); ref.lines.forEach(l => ref.gpuWB(l)); break
        case 'gpuCleanInvalidate': hw.gpuCleanInvalidate(); ref.lines.forEach(l => { ref.gpuWB(l); l.gpu = 'I' }); break
        case 'gpuEvict': hw.gpuEvict(phys, n); ref.each(at, n, l => { ref.gpuWB(l); l.gpu = 'I' }); break
        case 'prefetch': hw.prefetch(phys, n, false); ref.each(at, n, l => ref.cpuFill(l)); break
      }
      compare(world, ref)
    }
    // Nothing but words has changed, each change can be taken back, and the hash has followed.
    world.emit('boot.devices', { release: '', devices: 0 })
    expect(world.hash).toEqual(world.recomputeHash())
    world.undo(0)
    expect(world.hash).toEqual(new World({ hashing: true }).hash)
  }), { numRuns: 150 })
})
