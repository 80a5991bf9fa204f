/**
 * What a run costs, as counts: how often each dear thing was done, and in which calls of the program. Counts can be compared between
 * variants; times would depend on a machine that nobody has.
 * Leaves out: what a page-table walk reads, instructions, contention. A line moves whole: 64 bytes, however few of them changed.
 */
import { LINE_SIZE, WORD_SIZE } from '../base/brand.ts'
import type { Journal } from './run.ts'
import { is, type Step } from './step.ts'

export const COSTS = ['syscalls', 'faults', 'cleaned', 'invalidated', 'gpuFlushed', 'drained', 'bus', 'tlbCpu', 'tlbGpu', 'jobs'] as const
export type Cost = (typeof COSTS)[number]

export interface Costs {
  readonly total: Readonly<Record<Cost, number>>
  /** By call key, in the order in which they came to cost anything; '' is what belongs to no call: devices, and hardware by itself. */
  readonly calls: Readonly<Record<Cost, ReadonlyMap<string, number>>>
}

/** Lines that a cache's event moved over the bus: into it, or out of it. */
const MOVED = /^cache\.(fill|prefetch|clean|flush|evict|invalidate|snoop)$/

/** What one step costs. */
export function costOf(step: Step): Readonly<Partial<Record<Cost, number>>> {
  if (is(step, 'trap.enter')) return { syscalls: 1 }
  if (is(step, 'fault.enter') || is(step, 'mmu.fault')) return { faults: 1 }
  if (is(step, 'job.start')) return { jobs: 1 }
  if (is(step, 'tlb.flush')) return step.fields.agent === 'cpu' ? { tlbCpu: 1 } : { tlbGpu: 1 }
  if (is(step, 'wc.drain')) return { drained: step.fields.lines, bus: step.fields.lines * LINE_SIZE }
  if (is(step, 'display.scanout')) return { bus: step.fields.pixels * WORD_SIZE }
  if (is(step, 'load.bytes')) return step.fields.attr === 'wb' ? {} : { bus: step.fields.sizeBytes }
  if (is(step, 'store.bytes')) return step.fields.attr === 'uc' ? { bus: step.fields.sizeBytes } : {}
  if (!MOVED.test(step.event)) return {}
  const { agent, lines, written } = step.fields as { agent: string; lines: number; written: number }
  const bus = written * LINE_SIZE
  const event: string = step.event
  if (agent === 'gpu') return event === 'cache.flush' || event === 'cache.clean' ? { gpuFlushed: lines, bus } : { bus }
  return { bus, ...(event === 'cache.clean' || event === 'cache.flush' ? { cleaned: lines } : {}), ...(event === 'cache.invalidate' || event === 'cache.flush' ? { invalidated: lines } : {}) }
}

/** What the steps of a run up to one cost; the machine's start costs nothing. */
export function costsOf({ header, steps }: Journal, seq: number): Costs {
  const total = Object.fromEntries(COSTS.map((cost) => [cost, 0])) as Record<Cost, number>
  const calls = Object.fromEntries(COSTS.map((cost) => [cost, new Map<string, number>()])) as Record<Cost, Map<string, number>>
  for (const step of steps.slice(header.start, seq + 1)) {
    for (const [cost, count] of Object.entries(costOf(step)) as [Cost, number][]) {
      if (count === 0) continue
      total[cost] += count
      calls[cost].set(step.call, (calls[cost].get(step.call) ?? 0) + count)
    }
  }
  return { total, calls }
}
