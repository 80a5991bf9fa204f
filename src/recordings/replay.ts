/** Plays a recorded sequence on the simulated kernel of its release, and compares every answer. */
import { fill } from '../base/fill.ts'
import { bootKernel, drivers, type DeviceToBoot } from '../kernel/boot.ts'
import { flavours } from '../kernel/flavours.ts'
import type { KernelParts } from '../kernel/parts.ts'
import { logOf } from '../kernel/log.ts'
import { killTask } from '../kernel/task.ts'
import { World } from '../world/world.ts'
import { Replayer, type Node, type Result } from './ops.ts'
import type { Recording, Sequence } from './read.ts'
import { SENTENCES } from './sentences.ts'
import { simpleHardware } from './simple-hardware.ts'

export function devicesOf(nodes: readonly Node[]): DeviceToBoot[] {
  const renders = new Map(nodes.filter(n => n.node === 'render').map(n => [n.driver, `renderD${n.minor}`]))
  return nodes.filter(n => n.node === 'card').map(n => ({ driver: n.driver, card: `card${n.minor}`, render: renders.get(n.driver) ?? null }))
    .filter(d => drivers[d.driver.replace(/#\d+$/, '')])
}

/** Plain data, the same in every part. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false
  if (Array.isArray(a)) return a.length === (b as unknown[]).length && a.every((item, i) => same(item, (b as unknown[])[i]))
  let parts = 0
  for (const key in a) {
    if (!same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false
    parts++
  }
  for (const _ in b) parts--
  return parts === 0
}

/** Fields of a result that differ, `loose` ones apart. */
export function differences(got: Result | undefined, want: Result): string[] {
  if (!got) return ['not modelled']
  if (same(got, want)) return []
  const loose = (want.loose ?? []) as string[]
  const strip = (value: unknown, prefix: string): unknown => {
    if (Array.isArray(value)) return value.map(v => strip(v, prefix))
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).filter(([key]) => !loose.includes(`${prefix}${key}`)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, v]) => [key, strip(v, `${prefix}${key}.`)]))
    }
    return value
  }
  const found: string[] = []
  for (const key of new Set([...Object.keys(got), ...Object.keys(want)])) {
    if (key === 'loose' || loose.includes(key)) continue
    const a = JSON.stringify(strip(got[key], `${key}.`))
    const b = JSON.stringify(strip(want[key], `${key}.`))
    if (a !== b) found.push(fill(SENTENCES.differs, { field: key, got: a ?? SENTENCES.nothing, recorded: b ?? SENTENCES.nothing }))
  }
  return found
}

export interface Replayed {
  /** Index of the first operation answered differently, or -1. */
  readonly at: number
  readonly why: string
  readonly got?: Result
  readonly crashed?: boolean
}

/** An assertion is an opcode that does not exist: on the recorded machine, an x86, a line of its own follows. */
const TRAP = 'invalid opcode'
/** The recorder keeps so many lines of a sequence's log. */
const LINES_KEPT = 4
const kept = (log: readonly string[]): readonly string[] => log.flatMap(line => (line.startsWith('kernel BUG') ? [line, TRAP] : [line])).slice(0, LINES_KEPT)
/** A recorded line without processor, process and place in the compiled code. */
const plainLine = (line: string): string => (line.startsWith(TRAP) ? TRAP : line.replace(/CPU: \d+ PID: \w+ /, '').replace(/\+0x[0-9a-f]+\/0x[0-9a-f]+$/, ''))

/** What is different once all processes are gone: dma-bufs that are left, and what the kernel wrote to its log. */
function afterwards(world: World, { left: recorded = 0, log = [] }: Sequence): string {
  const left = world.ids('dma_buf').length
  if (left !== recorded) return fill(SENTENCES.left, { count: left, recorded })
  const [written, wanted] = [kept(logOf(world)), log.map(plainLine)]
  return same(written, wanted) ? '' : fill(SENTENCES.log, { written: JSON.stringify(written), recorded: JSON.stringify(wanted) })
}

/** `heed` is told before each operation, while the state is still as it was. */
export function replay(
  recording: Recording, sequence: Sequence, flavour: string | KernelParts, world = new World({ history: 'none' }), heed?: (replayer: Replayer, i: number) => void,
): Replayed {
  const booted = bootKernel(world, simpleHardware(world), typeof flavour === 'string' ? flavours[flavour]! : flavour, devicesOf(recording.nodes))
  const replayer = new Replayer(booted, recording.nodes)
  for (let i = 0; i < sequence.ops.length; i++) {
    world.call = `r.${i + 1}`
    heed?.(replayer, i)
    let got: Result | undefined
    try {
      got = replayer.run(sequence.ops[i]!)
    } catch (error) {
      return { at: i, why: fill(SENTENCES.ownError, { error: (error as Error).stack?.split('\n').slice(0, 4).join(' ') ?? '' }), crashed: true }
    }
    const found = differences(got, sequence.results[i]!)
    if (found.length) return { at: i, why: found.join('; '), got }
  }
  for (const task of world.ids('task')) if (world.get(task).state !== 'exited') killTask(booted.context(task), 'exit')
  return { at: -1, why: afterwards(world, sequence) }
}
