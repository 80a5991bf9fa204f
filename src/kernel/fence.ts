/**
 * Fences: promises that some work will have ended.
 * Mirrors: dma_fence_init, dma_fence_signal, dma_fence_put (dma-fence.c).
 * Leaves out: callbacks other than those of dma-buf polls, deadlines, errors, time-outs of vgem's test fences.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { putFile } from './file.ts'
import { drop, take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'fence.create': { fence: Id<'fence'>; driver: string }
    'fence.signal': { fence: Id<'fence'>; driver: string }
    'fence.stub': { fence: Id<'fence'> }
    'poll.wake': { dmaBuf: Id<'dma_buf'>; dir: string }
    'fence.free': { fence: Id<'fence'> }
  }
}
export const says: Says = {
  'fence.create': 'A new fence of {driver}, **not signalled yet**.',
  'fence.signal': '**{fence} signals**: the work that it stands for has ended.',
  'fence.stub': 'Nothing is pending: a fence that is **signalled already** stands in.',
  'poll.wake': 'The poll of {dmaBuf} for {dir} **wakes up**.',
  'fence.free': '{fence} is freed.',
}

/** A fence on a timeline of its own that `from` holds in its slot. */
export function createFence(k: Kernel, driver: string, from: Id, slot: string): Id<'fence'> {
  const { world } = k
  const fence = world.newId('fence')
  world.create(fence, {
    driver, timeline: fence, seqno: 1, signalled: false, refcount: 0, waiters: [],
  })
  world.emit('fence.create', { fence, driver })
  take(world, from, slot, fence, 'refcount')
  return fence
}

/** The fence that stands for nothing: signalled from the start. */
export function createStub(k: Kernel): Id<'fence'> {
  const fence = k.world.create(k.world.newId('fence'), { driver: 'stub', timeline: 'stub', seqno: 0, signalled: true, refcount: 0, waiters: [] })
  k.world.emit('fence.stub', { fence })
  return fence
}

export const signalFence = fn('dma_fence_signal', (k: Kernel, fence: Id<'fence'>) => {
  const { signalled, waiters, driver } = k.world.get(fence)
  if (signalled) return
  k.world.set(fence, 'signalled', true)
  k.world.set(fence, 'waiters', [])
  k.world.emit('fence.signal', { fence, driver })
  for (const { dmaBuf, dir } of waiters) endPoll(k, dmaBuf, dir)
})

export function putFence(k: Kernel, from: Id, slot: string): void {
  const { to, count } = drop(k.world, from, slot)
  if (count > 0) return
  k.world.remove(to)
  k.world.emit('fence.free', { fence: to as Id<'fence'> })
}

/** The slot in which a waiting poll holds its own buffer. */
export const pollSlot = (dir: 'in' | 'out'): string => `poll ${dir}`

function endPoll(k: Kernel, dmaBuf: Id<'dma_buf'>, dir: 'in' | 'out'): void {
  const { world } = k
  world.set(dmaBuf, 'poll', { ...world.get(dmaBuf).poll, [dir]: null })
  world.emit('poll.wake', { dmaBuf, dir })
  if (k.parts.pollHoldsFile) putFile(k, dmaBuf, pollSlot(dir))
}
