/**
 * The GPU: takes the oldest job and does its parts one after the other; between two of them others may run.
 * Mirrors: a Mali job slot. Leaves out: its caches and page tables: a GPU address is looked up in the list of buffers.
 */
import { PAGE_SIZE, WORDS_PER_PAGE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { Kernel } from '../../kernel/context.ts'
import { framesOf } from '../../kernel/frames.ts'
import { jobIrq } from '../../kernel/job.ts'
import { pixels } from '../../userspace/pictures.ts'
import type { World } from '../../world/world.ts'
import type { Actor } from '../actors.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'job.read': { job: Id<'job'>; gpuVa: number; sizeBytes: number }
    'job.write': { job: Id<'job'>; gpuVa: number; sizeBytes: number; pattern: string }
    'job.fault': { job: Id<'job'>; gpuVa: number }
  }
}
export const says = {
  'job.read': 'The GPU **reads {sizeBytes} bytes** from its address {gpuVa}.',
  'job.write': 'The GPU **draws {pattern}**, {sizeBytes} bytes at its address {gpuVa}.',
  'job.fault': 'The GPU finds **no buffer** at its address {gpuVa}.',
} as const

const oldest = (world: World): Id<'job'> | undefined => world.ids('job')[0]

/** The frame behind a GPU address. */
function frameAt(k: Kernel, device: Id<'device'>, gpuVa: number): number | undefined {
  for (const id of k.world.ids('gem')) {
    const gem = k.world.get(id)
    if (gem.device !== device || gem.gpuVa === null || gpuVa < gem.gpuVa || gpuVa >= gem.gpuVa + gem.sizeBytes) continue
    return framesOf(k, id)?.[Math.floor((gpuVa - gem.gpuVa) / PAGE_SIZE)]
  }
  return undefined
}

export default {
  id: 'gpu',
  ready: (world: World) => oldest(world) !== undefined,
  step(k: Kernel) {
    const { world } = k
    const job = oldest(world)!
    const { device, ops, at } = world.get(job)
    const part = ops[at]
    if (!part) return jobIrq(k, job)
    const { op, gpuVa, sizeBytes, pattern } = part
    world.set(job, 'state', 'running')
    world.set(job, 'at', at + 1)
    const drawn = op === 'write' ? pixels(pattern!, sizeBytes) : null
    for (let offset = 0; offset < sizeBytes; offset += PAGE_SIZE) {
      const frame = frameAt(k, device, gpuVa + offset)
      if (frame === undefined) {
        world.set(job, 'at', ops.length)
        world.emit('job.fault', { job, gpuVa: gpuVa + offset })
        return
      }
      const base = frame * WORDS_PER_PAGE
      const count = Math.min(WORDS_PER_PAGE, (sizeBytes - offset) / 4)
      if (drawn) world.write('dram', base, drawn.subarray(offset / 4, offset / 4 + count))
      else world.write('gpu.seen', base, Uint32Array.from({ length: count }, (_, i) => world.word('dram', base + i)))
    }
    if (drawn) world.emit('job.write', { job, gpuVa, sizeBytes, pattern: pattern! })
    else world.emit('job.read', { job, gpuVa, sizeBytes })
  },
} satisfies Actor
