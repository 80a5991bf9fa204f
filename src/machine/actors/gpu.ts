/**
 * The GPU: takes the oldest job and does its parts one after the other, one contiguous range of memory at a time; between
 * two of them others may run. Before the first and after the last its cache is flushed as the job asks. A fault of its MMU ends the job.
 * Mirrors: a Mali job slot. Leaves out: several slots and address spaces at work at once, the shaders of a job; the page tables of
 * Adreno, of old Malis and of graphics cards: they find memory by the DMA addresses that their driver mapped, and ask no cache of the CPU.
 */
import { gpuTranslate, isGpuFault, type GpuFault, type GpuRange } from '../../hardware/gpu-mmu.ts'
import { GPU_SEEN } from '../../journal/areas.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { Kernel } from '../../kernel/context.ts'
import { countFlush, jobIrq, nextJob, runJob, type Flush } from '../../kernel/job.ts'
import { gpuPiece } from '../../kernel/gpu-va.ts'
import { enableMmu, mmuIrq, SPACE } from '../../kernel/panfrost-mmu.ts'
import { pixels } from '../../userspace/pictures.ts'
import type { World } from '../../world/world.ts'
import type { Actor } from '../actors.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'job.read': { job: Id<'job'>; gpuVa: number; phys: number; sizeBytes: number }
    'job.write': { job: Id<'job'>; gpuVa: number; phys: number; sizeBytes: number; pattern: string }
    'job.unmapped': { job: Id<'job'>; gpuVa: number }
    'job.fault': { job: Id<'job'>; gpuVa: number; status: number; level: number }
    'job.end': { job: Id<'job'>; flush: Flush }
  }
}
export const says = {
  'job.read': 'The GPU **reads {sizeBytes} bytes** from its address {gpuVa}.',
  'job.write': 'The GPU **draws {pattern}**, {sizeBytes} bytes at its address {gpuVa}.',
  'job.unmapped': 'The GPU **cannot go on** at its address {gpuVa}: its driver mapped nothing there.',
  'job.fault': 'The GPU **cannot go on** at its address {gpuVa}: its MMU stops at level {level}.',
  'job.end:cleanInv': 'The last part of {job} is done. The cache of the GPU **writes everything back and forgets it**, as its driver asks.',
  'job.end:clean': 'The last part of {job} is done. The cache of the GPU **writes everything back** and keeps it, as its driver asks.',
  'job.end': 'The last part of {job} is done; **what it wrote may still lie in the cache of the GPU**.',
} as const

function flush(k: Kernel, kind: Flush): void {
  if (kind === 'cleanInv') k.hw.gpuCleanInvalidate()
  else if (kind === 'clean') k.hw.gpuClean()
}

/** The memory behind a GPU address, by the tables of this GPU; null: it can go on nowhere. */
function memoryAt(k: Kernel, device: Id<'device'>, gpuVa: number, sizeBytes: number, op: 'read' | 'write'): GpuRange | GpuFault | null {
  const { mmu } = k.world.get(device)
  if (mmu) return gpuTranslate(k.world, k.hw, { space: SPACE, transtab: k.world.get(mmu).transtab }, gpuVa, sizeBytes, op)
  const { tables } = k.drivers[device]!
  return tables ? tables.reach(k, device, gpuVa, sizeBytes, op) : gpuPiece(k, device, gpuVa, sizeBytes)
}

export default {
  id: 'gpu',
  ready: (world: World) => nextJob(world) !== undefined,
  step(k: Kernel) {
    const { world } = k
    const job = nextJob(world)!
    const { device, ops, at, offset, state, endFlush } = world.get(job)
    const { mmu } = world.get(device)
    if (state === 'faulted') return jobIrq(k, job)
    if (state === 'queued') {
      if (mmu && world.get(mmu).transtab === 0) enableMmu(k, mmu)
      k.drivers[device]!.tables?.begin(k, device)
      runJob(k, job)
      return flush(k, world.get(job).startFlush)
    }
    const part = ops[at]
    if (!part) {
      if (endFlush !== 'none') countFlush(k, mmu)
      world.emit('job.end', { job, flush: endFlush })
      flush(k, endFlush)
      return jobIrq(k, job)
    }
    const { op, sizeBytes: whole, pattern } = part
    const gpuVa = part.gpuVa + offset
    const range = memoryAt(k, device, gpuVa, whole - offset, op)
    if (range === null) {
      world.set(job, 'state', 'faulted')
      world.emit('job.unmapped', { job, gpuVa })
      return
    }
    if (isGpuFault(range)) {
      if (mmuIrq(k, mmu!, range)) return
      world.set(job, 'state', 'faulted')
      world.emit('job.fault', { job, gpuVa: range.gpuVa, status: range.status, level: range.level })
      return
    }
    const { phys, sizeBytes, outer } = range
    const last = offset + sizeBytes >= whole
    if (op === 'write') k.hw.gpuStore(phys, new Uint8Array(pixels(pattern!, whole).buffer, offset, sizeBytes), outer)
    else {
      const bytes = k.hw.gpuLoad(phys, sizeBytes, outer)
      const words = new Uint32Array(Math.ceil(sizeBytes / 4))
      new Uint8Array(words.buffer).set(bytes)
      world.write(GPU_SEEN, (phys - k.hw.platform.dramBase) / 4, words)
    }
    world.set(job, 'at', last ? at + 1 : at)
    world.set(job, 'offset', last ? 0 : offset + sizeBytes)
    if (op === 'write') world.emit('job.write', { job, gpuVa, phys, sizeBytes, pattern: pattern! })
    else world.emit('job.read', { job, gpuVa, phys, sizeBytes })
  },
} satisfies Actor
