/**
 * One test in three modes, on the machine's own memory: lazy (nothing happens by itself), explore (all that may happen,
 * state by state, each state once), random (something may happen, drawn by a seed).
 */
import { broken } from '../../base/assert.ts'
import { physAddr, type PhysAddr } from '../../base/brand.ts'
import type { Hardware, Platform } from '../../hardware/hardware.ts'
import { wrongLines } from '../invariants.ts'
import { DRAM } from '../../journal/areas.ts'
import type { Kernel } from '../../kernel/context.ts'
import { syncSingleForCpu, syncSingleForDevice } from '../../kernel/dma-map.ts'
import { flavours } from '../../kernel/flavours.ts'
import type { Direction } from '../../kernel/hooks.ts'
import { World } from '../../world/world.ts'
import { registersOf, tupleText, type Op } from './notation.ts'
import type { Setting } from './setting.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events { 'litmus.op': { op: string } }
}
export const says = { 'litmus.op': '`{op}`' } as const

export type Make = (world: World, platform: Platform, pick: (count: number) => number) => Hardware
type Registers = Readonly<Record<string, number>>
/** Something that may happen; `one`: how many ways it can go is asked of `pick`. */
type Action = () => void

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
  private pick: (count: number) => number = () => 0

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
    const results = new Set<string>()
    const seen = new Set<string>()
    const spontaneous = this.spontaneous()
    const walk = (next: number): void => {
      const { hi, lo } = this.world.hash
      const key = `${next} ${hi} ${lo} ${this.text()}`
      if (seen.has(key)) return
      seen.add(key)
      const op = this.ops[next]
      if (!op) return void results.add(this.text())
      for (const action of spontaneous) this.eachWay(action, () => walk(next))
      this.eachWay(() => this.do(op), () => walk(next + 1))
    }
    walk(0)
    this.end()
    return { results: [...results].sort(), states: seen.size }
  }

  random(seed: number): string {
    let state = (Math.imul(seed + 1, 0x9e3779b1) | 1) >>> 0
    this.pick = count => {
      state ^= state << 13
      state ^= state >>> 17
      state = (state ^ (state << 5)) >>> 0
      return state % count
    }
    const spontaneous = this.spontaneous()
    for (const op of this.ops) {
      while (this.pick(3) === 0) this.act(spontaneous[this.pick(spontaneous.length)]!)
      this.do(op)
    }
    return this.end()
  }

  private text(): string { return tupleText(this.names.map(name => this.registers[name] ?? -1)) }
  /** The result so far; memory is put back for the next run. */
  private end(): string {
    const text = this.text()
    this.world.undo(this.begin)
    this.registers = {}
    return text
  }

  /** Does it every way it can go, and each time what follows. */
  private eachWay(action: Action, then: () => void): void {
    const mark = this.world.steps.length
    const { registers } = this
    const ways: number[][] = [[]]
    for (let way = ways.pop(); way; way = ways.pop()) {
      let asked = 0
      const chosen = way
      this.pick = count => {
        if (asked === chosen.length) {
          for (let other = 1; other < count; other++) ways.push([...chosen, other])
          chosen.push(0)
        }
        return chosen[asked++]!
      }
      this.act(action)
      then()
      this.world.undo(mark)
      this.registers = registers
    }
  }

  private at(place: string): PhysAddr {
    return physAddr(this.setting.platform.dramBase + this.lines.indexOf(place[0]!) * LINE + Number(place[1] ?? 0) * SLOT)
  }

  private spontaneous(): Action[] {
    const cached = this.ops.some(op => op.args[0] === 'wb')
    return this.lines.flatMap(line => {
      const at = this.at(line)
      return [() => this.hw.prefetch(at, LINE, cached), () => this.hw.evict(at, LINE), () => this.hw.gpuEvict(at, LINE), ...CORES.map(core => () => this.hw.drain(core, at, LINE))]
    })
  }

  private do(op: Op): void {
    this.act(() => {
      const value = this.perform(op)
      if (op.register !== null) this.registers = { ...this.registers, [op.register]: value! }
    }, op.text)
  }
  private act(action: Action, op = 'by itself'): void {
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
      case '!pf': return hw.prefetch(at(0), LINE, this.ops.some(op => op.args[0] === 'wb'))
      case '!ev': return hw.evict(at(0), LINE)
      case '!gev': return hw.gpuEvict(at(0), LINE)
      case '!wcd': return CORES.forEach(one => hw.drain(one, at(0), LINE))
      default: throw new Error(`bufscope: no operation ${form}`)
    }
  }
}
