/**
 * GPU jobs: a list of ranged reads and writes, and the fence that says when it is done.
 * Mirrors: panfrost_job_push, panfrost_job_run, panfrost_job_irq (panfrost_job.c). Leaves out: slots, dependencies between jobs, resets, time-outs.
 */
import type { Id, Objects } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { createFence, putFence, signalFence } from './fence.ts'
import { addFence } from './resv.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'job.queue': { job: Id<'job'>; parts: number }
    'job.done': { job: Id<'job'>; fence: Id<'fence'> }
    'job.free': { job: Id<'job'> }
  }
}
export const says: Says = {
  'job.queue': 'A job of {parts} {parts#part|parts} **waits for the GPU**. The buffers that it touches may not be touched before its fence signals.',
  'job.done': 'The GPU has **finished** {job}.',
  'job.free': '{job} is forgotten.',
}

export type JobOps = Objects['job']['ops']
export type Flush = Objects['job']['startFlush']

const FENCE = 'done'

export const pushJob = fn('panfrost_job_push', (k: Kernel, device: Id<'device'>, ops: JobOps, gems: readonly Id<'gem'>[]) => {
  const { world } = k
  const job = world.newId('job')
  // JS_CONFIG_START_FLUSH_CLEAN_INVALIDATE and JS_CONFIG_END_FLUSH_CLEAN_INVALIDATE: the driver always asks for both.
  world.create(job, { device, ops, at: 0, offset: 0, startFlush: 'cleanInv', endFlush: 'cleanInv', state: 'queued', fence: world.newId('fence') })
  world.emit('job.queue', { job, parts: ops.length })
  const fence = createFence(k, 'panfrost', job, FENCE)
  for (const gem of gems) addFence(k, world.get(gem).resv, fence, 'write')
})

/** The interrupt at the end of a job. */
export const jobIrq = fn('panfrost_job_irq_handler', (k: Kernel, job: Id<'job'>) => {
  const { world } = k
  const { fence } = world.get(job)
  signalFence(k, fence)
  world.set(job, 'state', 'done')
  world.emit('job.done', { job, fence })
  putFence(k, job, FENCE)
  world.remove(job)
  world.emit('job.free', { job })
})
