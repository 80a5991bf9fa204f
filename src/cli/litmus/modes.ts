/**
 * One test in three modes, on the machine's own memory: lazy (nothing happens by itself), explore (all that may happen, by the same
 * search that explores stories), random (something may happen, drawn by a seed).
 */
import { broken } from '../../base/assert.ts'
import { physAddr, type PhysAddr } from '../../base/brand.ts'
import { byItself, letHappen } from '../../hardware/by-itself.ts'
import type { Hardware, Platform } from '../../hardware/hardware.ts'
import { wrongLines } from '../invariants.ts'
import { DRAM } from '../../journal/areas.ts'
import type { Kernel } from '../../kernel/context.ts'
import { syncSingleForCpu, syncSingleForDevice } from '../../kernel/dma-map.ts'
import { flavours } from '../../kernel/flavours.ts'
import type { Direction } from '../../kernel/hooks.ts'
import { nextState, stateOf, type Pick } from '../../machine/choices.ts'
import { Branching } from '../../machine/explore/branching.ts'
import { Exploration } from '../../machine/explore/exploration.ts'
import { hashText } from '../../base/hash.ts'
import { World } from '../../world/world.ts'
import { registersOf, tupleText, type Op } from './notation.ts'
import type { Setting } from './setting.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'litmus.op': { op: string } }
}
export const says = { 'litmus.op': '`{op}`' } as const

export type Make = (world: World, platform: Platform, pick: Pick) => Hardware
type Registers = Readonly<Record<string, number>>

const LINE = 64
const SLOT = 8
const CORES = [0, 1] as const
const bytesOf = (value: number): Uint8Array => new Uint8Array(BigUint64Array.of(BigInt(value)).buffer)
const valueOf = (bytes: Uint8Array): number => Number(new BigUint64Array(bytes.slice().buffer)[0])

export class Bench {
  private readonly world = new World({ hashing: true })
  private readonly hw: Hardware
  private readonly k: Kernel
  private readonly ops: readonly Op[]
  private readonly names: readonly string[]
  private readonly setting: Setting
  /** Lines that the operations name, in alphabetical order: their places in one page. */
  private readonly lines: readonly string[]
  private readonly begin: number
  private registers: Registers = {}
  /** The operation that comes next. */
  private next = 0
  private pick: Pick = () => 0

  constructor(make: Make, setting: Setting, ops: readonly Op[]) {
    this.setting = setting
    this.ops = ops
    this.names = registersOf(ops)
    this.hw = make(this.world, setting.platform, count => this.pick(count))
    this.k = { world: this.world, hw: this.hw, parts: flavours.KNOW!, drivers: {}, task: 'task:boot' }
    this.lines = [...new Set([...ops.flatMap(op => op.args.filter(arg => /^[A-Z][0-7]?$/.test(arg)).map(arg => arg[0]!)), ...Object.keys(setting.memory)])].sort()
    for (const [line, value] of Object.entries(setting.memory)) for (const slot of [0, 1]) this.world.write(DRAM, (this.at(line) + slot * SLOT) / 4, new Uint32Array(bytesOf(value).buffer))
    this.world.emit('litmus.op', { op: 'memory' })
    this.begin = this.world.steps.length
  }

  lazy(): string {
    this.pick = () => 0
    for (const op of this.ops) this.do(op)
    return this.end()
  }

  explore(): { readonly results: readonly string[]; readonly states: number } {
    const exploration = new Exploration(new Walk(this))
    while (exploration.go(10_000));
    const results = exploration.outcomes().map(({ text }) => text).sort()
    this.end()
    return { results, states: exploration.states }
  }

  random(seed: number): string {
    let state = stateOf(seed)
    this.pick = count => (state = nextState(state)) % count
    for (const op of this.ops) {
      while (this.pick(3) === 0) {
        const count = this.mayHappen().length
        if (count > 0) this.happen(this.pick(count))
      }
      this.do(op)
    }
    return this.end()
  }

  // What a search asks.

  get hash() { return this.world.hash }
  /** Where it stands, to come back to. */
  get place() { return { mark: this.world.steps.length, registers: this.registers, next: this.next } }
  /** What the hash of the world does not say. */
  get beside(): string { return `${this.next} ${this.text()}` }
  get over(): boolean { return this.next >= this.ops.length }
  back({ mark, registers, next }: Bench['place']): void {
    this.world.undo(mark)
    this.registers = registers
    this.next = next
  }
  /** What may happen by itself now, on the lines that the operations name. */
  mayHappen() { return byItself(this.world, this.setting.platform, this.lines.map(line => this.at(line) / LINE), this.cached) }
  /** One of those happens. */
  happen(number: number): void { this.act(() => letHappen(this.world, this.hw, this.mayHappen()[number]!)) }
  step(): void { this.do(this.ops[this.next]!) }
  answer(pick: Pick): void { this.pick = pick }

  text(): string { return tupleText(this.names.map(name => this.registers[name] ?? -1)) }
  /** The result so far; memory is put back for the next run. */
  private end(): string {
    const text = this.text()
    this.back({ mark: this.begin, registers: {}, next: 0 })
    return text
  }
  private get cached(): boolean { return this.ops.some(op => op.args[0] === 'wb') }

  private at(place: string): PhysAddr {
    return physAddr(this.setting.platform.dramBase + this.lines.indexOf(place[0]!) * LINE + Number(place[1] ?? 0) * SLOT)
  }

  private do(op: Op): void {
    this.next++
    this.act(() => {
      const value = this.perform(op)
      if (op.register !== null) this.registers = { ...this.registers, [op.register]: value! }
    }, op.text)
  }
  private act(action: () => void, op = 'by itself'): void {
    const mark = this.world.steps.length
    action()
    this.world.emit('litmus.op', { op })
    const wrong = wrongLines(this.world, this.setting.platform.cls, this.world.steps.slice(mark).flatMap(step => step.words))
    if (wrong.length > 0) broken(`after ${op}: ${wrong.join('; ')}`)
  }

  private perform({ form, core, args }: Op): number | void {
    const { hw, k } = this
    const { outer, platform } = this.setting
    const at = (n: number): PhysAddr => this.at(args[n]!)
    const bytes = (n: number): Uint8Array => bytesOf(Number(args[n]))
    switch (form) {
      case 'C.ld': return valueOf(hw.load(core, at(1), args[0] as 'wb', SLOT))
      case 'C.st': return hw.store(core, at(1), args[0] as 'wb', bytes(2))
      case 'C.bar': case 'C.sys': case 'C.writel': return hw.barrier(core)
      case 'C.mmio': return hw.doorbell(core)
      case 'K.clean': return hw.clean(at(0), LINE)
      case 'K.inv': return hw.invalidate(at(0), LINE)
      case 'K.civac': case 'K.clflush': return hw.cleanInvalidate(at(0), LINE)
      case 'A.map': case 'A.fd': return args[3] === 'skip' ? undefined : syncSingleForDevice(k, args[0]!, at(2), LINE, args[1] as Direction)
      case 'A.unmap': case 'A.fc': return args[3] === 'skip' ? undefined : syncSingleForCpu(k, args[0]!, at(2), LINE, args[1] as Direction)
      case 'G.ld': return valueOf(hw.gpuLoad(at(0), SLOT, outer))
      case 'G.st': return hw.gpuStore(at(0), bytes(1), outer)
      case 'G.flush': return hw.gpuCleanInvalidate()
      case 'G.clean': return hw.gpuClean()
      case 'D.scan': return valueOf(hw.deviceRead('disp', at(0), SLOT))
      case 'V.rd': return valueOf(hw.deviceRead('v', at(0), SLOT))
      case 'V.wr': return hw.deviceWrite('v', at(0), bytes(1))
      case 'V.wrl': return hw.deviceWrite('v', at(0), Uint8Array.from({ length: LINE }, (_, i) => bytes(1)[i % SLOT]!))
      case 'M.peek': return this.world.word(DRAM, (at(0) - platform.dramBase) / 4) + this.world.word(DRAM, (at(0) - platform.dramBase) / 4 + 1) * 2 ** 32
      case '!pf': return hw.prefetch(at(0), LINE, this.cached)
      case '!ev': return hw.evict(at(0), LINE)
      case '!gev': return hw.gpuEvict(at(0), LINE)
      case '!wcd': return CORES.forEach(one => hw.drain(one, at(0), LINE))
      default: throw new Error(`bufscope: no operation ${form}`)
    }
  }
}

/** A test, to be explored: the next operation, or something that happens by itself before it. */
class Walk extends Branching {
  lo = 0
  hi = 0
  private readonly bench: Bench
  private readonly places: Bench['place'][] = []
  constructor(bench: Bench) {
    super()
    this.bench = bench
    bench.answer(this.pick)
    this.key()
  }

  protected mains(): readonly number[] { return this.bench.over ? [] : Array.from({ length: 1 + this.bench.mayHappen().length }, (_, way) => way) }
  protected take(main: number): void {
    this.places.push(this.bench.place)
    if (main === 0) this.bench.step()
    else this.bench.happen(main - 1)
    this.key()
  }
  protected takeBack(): void {
    this.bench.back(this.places.pop()!)
    this.key()
  }
  outcome(): string | null { return this.bench.over ? this.bench.text() : null }

  private key(): void {
    const { hash, beside } = this.bench
    this.lo = (hash.lo + hashText(beside, 0)) | 0
    this.hi = (hash.hi + hashText(beside, 1)) | 0
  }
}
