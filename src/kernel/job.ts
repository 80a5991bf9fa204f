/**
 * GPU jobs: a list of ranged reads and writes, and the fence that says when it is done. A job holds the buffers it names until it is over.
 * Mirrors: panfrost_job_push, panfrost_job_run, panfrost_job_irq (panfrost_job.c) and what other drivers have in their place; and of the scheduler that jobs of a device run in order, each
 * when the fences that were on its buffers have signalled. Leaves out: slots, a queue for each file, resets, time-outs.
 */
import type { Id, Objects } from '../journal/vocabulary.ts'
import { fn, type Arguments, type Kernel } from './context.ts'
import type { JobFunctions } from './hooks.ts'
import { createFence, putFence, signalFence } from './fence.ts'
import { hooksOf, putGem } from './gem.ts'
import { holds, take } from './ref.ts'
import type { World } from '../world/world.ts'
import { addFence, pendingFences } from './resv.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'job.start': { job: Id<'job'>; flush: Flush | 'spared' }
    'job.queue': { job: Id<'job'>; parts: number }
    'job.waits': { job: Id<'job'>; fences: number }
    'job.done': { job: Id<'job'>; fence: Id<'fence'> }
    'job.failed': { job: Id<'job'>; fence: Id<'fence'> }
    'job.free': { job: Id<'job'> }
  }
}
export const says: Says = {
  'job.start:cleanInv': 'The GPU begins {job}, and first its cache **writes everything back and forgets it**, as its driver asks.',
  'job.start:clean': 'The GPU begins {job}, and first its cache **writes everything back** and keeps it, as its driver asks.',
  'job.start:spared': 'The GPU begins {job}. Its cache **was flushed since the job was submitted**, so the flush at the start is left out.',
  'job.start': 'The GPU begins {job}. **Its cache keeps what it holds**: nobody has asked it to forget.',
  'job.queue': 'A job of {parts} {parts#part|parts} **waits for the GPU**. The buffers that it touches may not be touched before its fence signals.',
  'job.waits': 'Somebody else is not done with the buffers of {job}: it **may not begin** before {fences} {fences#fence|fences} have signalled.',
  'job.done': 'The GPU has **finished** {job}.',
  'job.failed': '{job} **ends with an error**. Its fence signals all the same, so that nobody waits for ever.',
  'job.free': '{job} is forgotten.',
}

export type JobOps = Objects['job']['ops']
export type Flush = Objects['job']['startFlush']

const FENCE = 'done'
const bo = (n: number): string => `bo ${n}`

const lastTurn = (world: World, device: Id<'device'>): number => Math.max(0, ...world.ids('job').map(id => world.get(id)).filter(job => job.device === device).map(job => job.turn))

/** The jobs that are not over and name a buffer. */
export const jobsWith = (k: Kernel, gem: Id<'gem'>): Id<'job'>[] =>
  k.world.ids('job').filter(job => k.world.get(job).gems.some((held, n) => held === gem && holds(k.world, job, bo(n))))

/** A buffer of a job: what its fence is on it, and whether the job waits for those who read it too. */
export interface JobBo { readonly gem: Id<'gem'>; readonly usage: 'read' | 'write'; readonly afterReaders: boolean }

const PANFROST: JobFunctions = { push: 'panfrost_job_push', run: 'panfrost_job_run', irq: 'panfrost_job_irq_handler' }
/** The body, under the name that it has in the driver of this device. */
const named = <A extends Arguments>(which: keyof JobFunctions, deviceOf: (k: Kernel, ...args: A) => Id<'device'>, body: (k: Kernel, ...args: A) => void) =>
  (k: Kernel, ...args: A): void => fn((k.drivers[deviceOf(k, ...args)]!.sched ?? PANFROST)[which], body)(k, ...args)

/** An address below zero is one at the upper end of what the GPU can say. */
const inSpace = (op: JobOps[number]): JobOps[number] => (op.gpuVa < 0 ? { ...op, gpuVa: op.gpuVa + 2 ** 48 } : op)

export const pushJob = named('push', (_k, device: Id<'device'>) => device, (k: Kernel, device: Id<'device'>, ops: JobOps, bos: readonly JobBo[]) => {
  const { world } = k
  const gems = bos.map(({ gem }) => gem)
  const job = world.newId('job')
  const { startFlush, endFlush } = k.parts.mali
  world.create(job, { device, ops: ops.map(inSpace), gems, at: 0, offset: 0, startFlush, endFlush, flushId: flushIdFor(k, device), state: 'queued', turn: lastTurn(world, device) + 1, waits: [], fence: world.newId('fence') })
  world.emit('job.queue', { job, parts: ops.length })
  const fence = createFence(k, world.get(device).driver.replace(/#\d+$/, ''), job, FENCE)
  gems.forEach((gem, n) => take(world, job, bo(n), gem, 'refcount'))
  const waits = [...new Set(bos.flatMap(({ gem, afterReaders }) => pendingFences(k, world.get(gem).resv, afterReaders)))]
  for (const other of waits) take(world, job, waitsFor(other), other, 'refcount')
  if (waits.length > 0) {
    world.set(job, 'waits', waits)
    world.emit('job.waits', { job, fences: waits.length })
  }
  for (const { gem, usage } of bos) addFence(k, world.get(gem).resv, fence, usage)
})

/** panfrost_gpu_get_latest_flush_id, where its jobs ask for it (JS_CONFIG_ENABLE_FLUSH_REDUCTION). */
function flushIdFor({ world, parts }: Kernel, device: Id<'device'>): number | null {
  const { mmu } = world.get(device)
  return mmu && parts.mali.flushReduction ? world.get(mmu).flushes : null
}
/** One more flush of the GPU's cache; told by the caller's event. */
export function countFlush({ world, parts }: Kernel, mmu: Id<'gpu_mmu'> | null): void {
  if (mmu && parts.mali.flushReduction) world.set(mmu, 'flushes', world.get(mmu).flushes + 1)
}
/** What a job's start does to the GPU's cache: nothing, where there was a flush since it was submitted. */
function startFlushOf({ world }: Kernel, job: Id<'job'>): Flush | 'spared' {
  const { device, flushId, startFlush } = world.get(job)
  const { mmu } = world.get(device)
  return flushId !== null && mmu !== null && world.get(mmu).flushes !== flushId ? 'spared' : startFlush
}

const waitsFor = (fence: Id<'fence'>): string => `waits for ${fence}`

/** The job that a device may go on with: the oldest of its jobs, once what it waits for has signalled. */
export function nextJob(world: World): Id<'job'> | undefined {
  const first = new Map<Id<'device'>, Id<'job'>>()
  for (const id of world.ids('job')) {
    const { device, turn } = world.get(id)
    const other = first.get(device)
    if (!other || turn < world.get(other).turn) first.set(device, id)
  }
  return [...first.values()].find(id => world.get(id).waits.every(fence => world.get(fence).signalled))
}

/** The scheduler hands a job to the GPU. */
const deviceOfJob = (k: Kernel, job: Id<'job'>): Id<'device'> => k.world.get(job).device
export const runJob = named('run', deviceOfJob, (k: Kernel, job: Id<'job'>) => {
  const { waits, device } = k.world.get(job)
  const flush = startFlushOf(k, job)
  if (flush === 'spared') k.world.set(job, 'startFlush', 'none')
  else if (flush !== 'none') countFlush(k, k.world.get(device).mmu)
  k.world.set(job, 'waits', waits.length ? [] : waits)
  k.world.set(job, 'state', 'running')
  k.world.emit('job.start', { job, flush })
  for (const fence of waits) putFence(k, job, waitsFor(fence))
})

/** The interrupt at the end of a job. */
export const jobIrq = named('irq', deviceOfJob, (k: Kernel, job: Id<'job'>) => {
  const { world } = k
  const { fence, gems, state } = world.get(job)
  signalFence(k, fence)
  if (state === 'faulted') world.emit('job.failed', { job, fence })
  else {
    world.set(job, 'state', 'done')
    world.emit('job.done', { job, fence })
  }
  putFence(k, job, FENCE)
  gems.forEach((gem, n) => {
    const { jobPut } = hooksOf(k, gem)
    putGem(k, job, bo(n))
    if (world.has(gem)) jobPut?.(k, gem)
  })
  world.remove(job)
  world.emit('job.free', { job })
})
