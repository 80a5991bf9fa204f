/**
 * The GPU: takes the oldest job and does its parts one after the other, one contiguous range of memory at a time; between
 * two of them others may run. Before the first and after the last its cache is flushed as the job asks.
 * Mirrors: a Mali job slot. Leaves out: its page tables: a GPU address is looked up in the list of buffers.
 */
import { GPU_SEEN } from '../../journal/areas.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { Kernel } from '../../kernel/context.ts'
import { framesOf } from '../../kernel/frames.ts'
import { jobIrq, type Flush } from '../../kernel/job.ts'
import { pixels } from '../../userspace/pictures.ts'
import type { World } from '../../world/world.ts'
import type { Actor } from '../actors.ts'
import { rangeAt, type Range } from '../ranges.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'job.start': { job: Id<'job'>; flush: Flush }
    'job.read': { job: Id<'job'>; gpuVa: number; phys: number; sizeBytes: number }
    'job.write': { job: Id<'job'>; gpuVa: number; phys: number; sizeBytes: number; pattern: string }
    'job.fault': { job: Id<'job'>; gpuVa: number }
    'job.end': { job: Id<'job'>; flush: Flush }
  }
}
export const says = {
  'job.start': 'The GPU begins {job}, with this flush of its cache first: **{flush}**.',
  'job.read': 'The GPU **reads {sizeBytes} bytes** from its address {gpuVa}.',
  'job.write': 'The GPU **draws {pattern}**, {sizeBytes} bytes at its address {gpuVa}.',
  'job.fault': 'The GPU finds **no buffer** at its address {gpuVa}.',
  'job.end': 'The last part of {job} is done, with this flush of the GPU\'s cache: **{flush}**.',
} as const

const oldest = (world: World): Id<'job'> | undefined => world.ids('job')[0]

/** The piece of memory behind a GPU address, and whether the entry asks for outer shareability. */
function translate(k: Kernel, device: Id<'device'>, gpuVa: number, sizeBytes: number): (Range & { readonly outer: boolean }) | undefined {
  const { world } = k
  for (const id of world.ids('gem')) {
    const gem = world.get(id)
    if (gem.device !== device || gem.gpuVa === null || gpuVa < gem.gpuVa || gpuVa >= gem.gpuVa + gem.sizeBytes) continue
    const range = rangeAt(k, framesOf(k, id) ?? [], gpuVa - gem.gpuVa, Math.min(sizeBytes, gem.gpuVa + gem.sizeBytes - gpuVa))
    return range && { ...range, outer: true }
  }
  return undefined
}

function flush(k: Kernel, kind: Flush): void {
  if (kind === 'cleanInv') k.hw.gpuCleanInvalidate()
  else if (kind === 'clean') k.hw.gpuClean()
}

export default {
  id: 'gpu',
  ready: (world: World) => oldest(world) !== undefined,
  step(k: Kernel) {
    const { world } = k
    const job = oldest(world)!
    const { device, ops, at, offset, state, startFlush, endFlush } = world.get(job)
    if (state === 'queued') {
      world.set(job, 'state', 'running')
      world.emit('job.start', { job, flush: startFlush })
      return flush(k, startFlush)
    }
    const part = ops[at]
    if (!part) {
      world.emit('job.end', { job, flush: endFlush })
      flush(k, endFlush)
      return jobIrq(k, job)
    }
    const { op, sizeBytes: whole, pattern } = part
    const gpuVa = part.gpuVa + offset
    const range = translate(k, device, gpuVa, whole - offset)
    if (!range) {
      world.set(job, 'at', ops.length)
      world.set(job, 'offset', 0)
      world.emit('job.fault', { job, gpuVa })
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
