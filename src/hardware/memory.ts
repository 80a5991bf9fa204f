/**
 * Memory with its caches, as rules over lines: what every access of a core, the GPU or a device does to the copies of a line.
 * Mirrors: caches and interconnect of four coherency classes (NC, IOC, FC, X86), write-combine buffers, uncached access.
 * Leaves out: cache levels and sizes, reordering of cached stores, caches that take in device writes, instruction caches.
 */
import { broken } from '../base/assert.ts'
import { u64, type U64 } from '../base/bits.ts'
import { LINE_SIZE, WORD_SIZE, type PhysAddr } from '../base/brand.ts'
import { CLEAN, CPU_DATA, CPU_LINE, DIRTY, DRAM, GPU_DATA, GPU_LINE, INVALID } from '../journal/areas.ts'
import type { EventName } from '../journal/vocabulary.ts'
import { ENTRY_BYTES } from '../journal/walk.ts'
import type { World } from '../world/world.ts'
import { ABSENT, Cells, count, HELD, type Run } from './cells.ts'
import { CpuCache } from './cpu-cache.ts'
import type { Agent } from './events.ts'
import { GpuCache } from './gpu-cache.ts'
import { classOf, type CoherencyClass, type Hardware, type MemoryAttr, type Platform, type Some } from './hardware.ts'
import { WriteCombine } from './write-combine.ts'

type CacheEventName = EventName & `cache.${string}`

/** Both sides look into each other's caches. */
const mutual = (cls: CoherencyClass): boolean => cls === 'FC' || cls === 'X86'

export class Memory implements Hardware {
  readonly platform: Platform
  private readonly world: World
  private readonly cells: Cells
  private readonly cpu: CpuCache
  private readonly gpu: GpuCache
  private readonly wc: WriteCombine
  private readonly pick: (count: number) => number
  private readonly snoops: boolean

  /** `pick` answers what the hardware may do one way or the other; 0 is the plain way. */
  constructor(world: World, platform: Platform, pick: (count: number) => number = () => 0) {
    this.world = world
    this.platform = platform
    this.pick = pick
    this.snoops = mutual(platform.cls)
    this.cells = new Cells(world, platform.dramBase)
    this.cpu = new CpuCache(this.cells)
    this.gpu = new GpuCache(this.cells)
    this.wc = new WriteCombine(this.cells, platform.wcEntries, (first, end) => this.pastCaches(first, end))
  }

  // The CPU.

  load(core: number, phys: PhysAddr, attr: MemoryAttr, sizeBytes: number): Uint8Array {
    if (attr === 'wb' && this.heldAround(phys, sizeBytes) !== INVALID) return this.cells.bytes(CPU_DATA, phys, sizeBytes)
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    if (attr === 'wb') {
      this.cpuFill(first, end)
      return this.cells.bytes(CPU_DATA, phys, sizeBytes)
    }
    this.drained(core, this.wc.drain(core, first, end), 'this core reads them')
    this.pastCaches(first, end)
    return this.cells.bytes(DRAM, phys, sizeBytes)
  }

  store(core: number, phys: PhysAddr, attr: MemoryAttr, bytes: Uint8Array): void {
    if (bytes.length === 0) return
    // Most stores are into a line that the cache owns already.
    if (attr === 'wb' && this.heldAround(phys, bytes.length) === DIRTY) return this.cells.put(CPU_DATA, phys, bytes)
    const [first, end] = this.cells.linesOf(phys, bytes.length)
    if (attr === 'wb') {
      this.cpuOwn(first, end, phys, bytes.length)
      this.cells.put(CPU_DATA, phys, bytes)
      this.cells.markAll(CPU_LINE, first, end, DIRTY)
    } else if (attr === 'wc') this.wc.store(core, phys, bytes, lines => this.drained(core, lines, 'it is full'))
    else {
      if (this.platform.ucDrainsWc) this.barrier(core, 'an uncached store')
      this.pastCaches(first, end)
      this.cells.put(DRAM, phys, bytes)
    }
  }

  storeWords(phys: PhysAddr, words: Uint32Array): void {
    const sizeBytes = words.length * WORD_SIZE
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    this.cpuOwn(first, end, phys, sizeBytes)
    this.world.write(CPU_DATA, this.cells.byteAt(phys) / WORD_SIZE, words)
    this.cells.markAll(CPU_LINE, first, end, DIRTY)
  }

  barrier(core: number, why = 'a barrier'): number { return this.drained(core, this.wc.drain(core), why) }
  doorbell(core: number): void { if (this.platform.ucDrainsWc) this.barrier(core, 'a store to a device') }

  clean(phys: PhysAddr, sizeBytes: number): void {
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    this.tell('cache.clean', 'cpu', first, end, this.cpu.writeBack(first, end))
  }
  invalidate(phys: PhysAddr, sizeBytes: number): void {
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    const { ivacDirty } = this.platform
    const cleans = ivacDirty === 'cleanfirst' || (ivacDirty === 'either' && this.pick(2) === 1)
    const { written } = cleans ? this.cpu.flush(first, end) : { written: 0 }
    this.cpu.drop(first, end)
    this.tell('cache.invalidate', 'cpu', first, end, written)
  }
  cleanInvalidate(phys: PhysAddr, sizeBytes: number): void {
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    const { written } = this.cpu.flush(first, end)
    this.tell('cache.flush', 'cpu', first, end, written)
  }

  // The GPU.

  gpuLoad(phys: PhysAddr, sizeBytes: number, outer: boolean): Uint8Array {
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    this.gpuFill(first, end, outer)
    return this.cells.bytes(GPU_DATA, phys, sizeBytes)
  }
  gpuStore(phys: PhysAddr, bytes: Uint8Array, outer: boolean): void {
    const [first, end] = this.cells.linesOf(phys, bytes.length)
    const [from, to] = this.cells.wholeLinesOf(phys, bytes.length)
    this.gpuFill(first, Math.min(from, end), outer)
    this.gpuFill(Math.max(to, first), end, outer)
    if (this.snoops) this.snoopCpu(first, end, 'the GPU', true)
    if (this.platform.cls === 'IOC') this.gpu.setOuter(first, end, outer)
    this.gpu.put(phys, bytes)
  }
  gpuClean(): void {
    const [first, end] = this.gpu.extent()
    if (first < end) this.tell('cache.clean', 'gpu', first, end, this.gpuWriteBack(first, end))
  }
  gpuCleanInvalidate(): void {
    const [first, end] = this.gpu.extent()
    if (first === end) return
    const written = this.gpuWriteBack(first, end)
    this.gpu.drop(first, end)
    this.tell('cache.flush', 'gpu', first, end, written)
  }

  // Other devices.

  deviceRead(device: string, phys: PhysAddr, sizeBytes: number): Uint8Array {
    const cls = classOf(this.platform, device)
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    if (mutual(cls)) this.snoopGpu(first, end, device, true, false)
    const bytes = this.cells.bytes(DRAM, phys, sizeBytes)
    if (mutual(cls)) this.overlay(bytes, phys, GPU_LINE, GPU_DATA)
    if (cls !== 'NC') this.overlay(bytes, phys, CPU_LINE, CPU_DATA)
    return bytes
  }
  deviceWrite(device: string, phys: PhysAddr, bytes: Uint8Array): void {
    const cls = classOf(this.platform, device)
    const [first, end] = this.cells.linesOf(phys, bytes.length)
    const [from, to] = this.cells.wholeLinesOf(phys, bytes.length)
    const parts: [number, number, boolean][] = [[first, Math.min(from, end), true], [from, to, false], [Math.max(to, Math.min(from, end)), end, true]]
    for (const [a, b, partial] of parts) {
      if (a >= b) continue
      if (cls !== 'NC') this.snoopCpu(a, b, device, partial)
      if (mutual(cls)) this.snoopGpu(a, b, device, partial)
    }
    this.cells.put(DRAM, phys, bytes)
  }
  walkRead(phys: PhysAddr, sizeBytes: number, snoops: boolean): Uint8Array {
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    if (snoops && this.cells.all(CPU_LINE, first, end, HELD)) return this.cells.bytes(CPU_DATA, phys, sizeBytes)
    const bytes = this.cells.bytes(DRAM, phys, sizeBytes)
    if (snoops) this.overlay(bytes, phys, CPU_LINE, CPU_DATA)
    return bytes
  }
  walkEntry(phys: PhysAddr, snoops: boolean): U64 {
    const at = this.cells.byteAt(phys)
    if (at % ENTRY_BYTES !== 0) broken(`no entry of a page table lies at ${phys}`)
    const cached = snoops && this.cells.stateOf(CPU_LINE, Math.floor(at / LINE_SIZE)) !== INVALID
    const words = this.world.words[cached ? CPU_DATA : DRAM]
    const word = at / WORD_SIZE
    return u64(words?.[word + 1] ?? 0, words?.[word] ?? 0)
  }

  // What nobody asks for.

  prefetch(phys: PhysAddr, sizeBytes: number, mapped: boolean, some?: Some): number {
    if (this.platform.linAlias !== 'wb' && !mapped) return 0
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    const brought = this.cpuTake(chosen(first, end, some))
    if (brought > 0) this.tell('cache.prefetch', 'cpu', first, end, brought)
    return brought
  }
  evict(phys: PhysAddr, sizeBytes: number, some?: Some): number {
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    const { written, left } = this.cpu.flushIn(chosen(first, end, some))
    if (left > 0) this.tell('cache.evict', 'cpu', first, end, written)
    return left
  }
  gpuEvict(phys: PhysAddr, sizeBytes: number, some?: Some): number {
    const [first, end] = this.cells.linesOf(phys, sizeBytes)
    let written = 0
    let left = 0
    for (const [a, b] of chosen(first, end, some)) {
      written += this.gpuWriteBack(a, b)
      left += this.gpu.drop(a, b)
    }
    if (left > 0) this.tell('cache.evict', 'gpu', first, end, written)
    return left
  }
  drain(core: number, phys: PhysAddr, sizeBytes: number): number {
    return this.drained(core, this.wc.drain(core, ...this.cells.linesOf(phys, sizeBytes)), 'by itself')
  }

  // The movements behind the rules.

  /** The state of the one line around a range in the CPU's cache; INVALID: it is not there, or there are several. */
  private heldAround(phys: PhysAddr, sizeBytes: number): number {
    const line = this.cells.lineAround(phys, sizeBytes)
    return line < 0 ? INVALID : this.cells.stateOf(CPU_LINE, line)
  }

  /** Before a range is written: lines at its edges come in, and no other cache keeps a copy. */
  private cpuOwn(first: number, end: number, phys: PhysAddr, sizeBytes: number): void {
    // A line that is overwritten whole takes nothing in first: no old byte of it would be left.
    const [from, to] = this.cells.wholeLinesOf(phys, sizeBytes)
    this.cpuFill(first, Math.min(from, end))
    this.cpuFill(Math.max(to, first), end)
    if (this.snoops) this.snoopGpu(first, end, 'the CPU', true)
  }
  private cpuFill(first: number, end: number): void {
    if (first >= end || this.cells.all(CPU_LINE, first, end, HELD)) return
    const missing = this.cells.runs(CPU_LINE, first, end, ABSENT)
    if (missing.length === 0) return
    const [from] = missing[0]!
    const to = missing[missing.length - 1]![1]
    if (this.snoops) this.snoopGpu(from, to, 'the CPU', true, false)
    const brought = this.cpuTake([[from, to]])
    this.tell('cache.fill', 'cpu', from, to, brought)
  }
  /** Missing lines come in, from the GPU's cache where it is looked into and holds them. Answers how many. */
  private cpuTake(ranges: readonly Run[]): number {
    const missing = this.cells.runsIn(CPU_LINE, ranges, ABSENT)
    if (this.snoops) for (const [from, to] of missing) this.gpu.writeBack(from, to)
    this.cells.copyRuns(DRAM, CPU_DATA, missing)
    if (this.snoops) this.cells.copyRuns(GPU_DATA, CPU_DATA, this.cells.runsIn(GPU_LINE, missing, HELD))
    this.cells.markRuns(CPU_LINE, missing, CLEAN)
    return count(missing)
  }

  private gpuFill(first: number, end: number, outer: boolean): void {
    if (first >= end) return
    const missing = this.cells.runs(GPU_LINE, first, end, ABSENT)
    if (missing.length === 0) return
    const [from] = missing[0]!
    const to = missing[missing.length - 1]![1]
    if (this.snoops) for (const run of missing) this.snoopCpu(run[0], run[1], 'the GPU', true, false)
    for (const run of missing) {
      this.cells.copy(DRAM, GPU_DATA, run)
      if (this.snoops || (outer && this.platform.cls === 'IOC')) for (const held of this.cells.runs(CPU_LINE, run[0], run[1], HELD)) this.cells.copy(CPU_DATA, GPU_DATA, held)
      if (this.platform.cls === 'IOC') this.gpu.setOuter(run[0], run[1], outer)
      this.cells.mark(GPU_LINE, run, CLEAN)
    }
    this.tell('cache.fill', 'gpu', from, to, count(missing))
  }

  /** Written bytes leave the GPU's cache; where that is seen by the CPU's caches, their copies go. */
  private gpuWriteBack(first: number, end: number): number {
    const { cls } = this.platform
    if (cls === 'IOC') {
      for (const [from, to] of this.cells.runs(GPU_LINE, first, end, 1 << DIRTY)) for (const run of this.gpu.outer(from, to)) this.snoopCpu(run[0], run[1], 'the GPU', true)
    } else if (this.snoops) for (const run of this.cells.runs(GPU_LINE, first, end, 1 << DIRTY)) this.snoopCpu(run[0], run[1], 'the GPU', false)
    return this.gpu.writeBack(first, end)
  }

  /** An uncached access on a machine that looks after mixed attributes: no cache keeps the lines. */
  private pastCaches(first: number, end: number): void {
    if (this.platform.ncAlias !== 'selfsnoop') return
    this.snoopCpu(first, end, 'an uncached access', true)
    this.snoopGpu(first, end, 'an uncached access', true)
  }

  /** Others' access makes a cache write dirty lines back, unless they are overwritten whole (`saves`), and give them up (`drops`). */
  private snoopCpu(first: number, end: number, by: string, saves: boolean, drops = true): void {
    const { written, left } = saves && drops ? this.cpu.flush(first, end) : { written: saves ? this.cpu.writeBack(first, end) : 0, left: drops ? this.cpu.drop(first, end) : 0 }
    if (written + left > 0) this.snooped('cpu', first, end, written, by)
  }
  private snoopGpu(first: number, end: number, by: string, saves: boolean, drops = true): void {
    const written = saves ? this.gpuWriteBack(first, end) : 0
    const dropped = drops ? this.gpu.drop(first, end) : 0
    if (written + dropped > 0) this.snooped('gpu', first, end, written, by)
  }

  /** Cached copies of a range stand in for what memory holds. */
  private overlay(bytes: Uint8Array, phys: PhysAddr, states: string, from: string): void {
    const at = this.cells.byteAt(phys)
    for (const [first, end] of this.cells.runs(states, ...this.cells.linesOf(phys, bytes.length), HELD)) {
      const a = Math.max(at, first * LINE_SIZE)
      const b = Math.min(at + bytes.length, end * LINE_SIZE)
      bytes.set(this.cells.bytes(from, (phys + a - at) as PhysAddr, b - a), a - at)
    }
  }

  private tell(event: Exclude<CacheEventName, 'cache.snoop'>, agent: Agent, first: number, end: number, written: number): void {
    if (this.world.tells) this.world.emit(event, { agent, line: first, lines: end - first, written })
  }
  private snooped(agent: Agent, first: number, end: number, written: number, by: string): void {
    if (this.world.tells) this.world.emit('cache.snoop', { agent, line: first, lines: end - first, written, by })
  }
  private drained(core: number, lines: number, why: string): number {
    if (lines > 0 && this.world.tells) this.world.emit('wc.drain', { core, lines, why })
    return lines
  }
}

/** Lines of a range: all, or the first few of each so many. */
function chosen(first: number, end: number, some?: Some): Run[] {
  if (!some) return [[first, end]]
  const step = Math.ceil(some.everyBytes / LINE_SIZE)
  const run = Math.min(step, Math.ceil(some.runBytes / LINE_SIZE))
  return Array.from({ length: Math.ceil((end - first) / step) }, (_, i): Run => [first + i * step, Math.min(end, first + i * step + run)])
}
