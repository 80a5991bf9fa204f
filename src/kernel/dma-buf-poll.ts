/**
 * Polling a dma-buf: ready when the fences that such an access waits for have signalled.
 * Mirrors: dma_buf_poll, dma_buf_poll_add_cb, dma_buf_poll_cb (dma-buf.c). Leaves out: the wait queue itself.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { pollSlot } from './fence.ts'
import { take } from './ref.ts'
import { pendingFences } from './resv.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'poll.busy': { dmaBuf: Id<'dma_buf'>; dir: string; fence: Id<'fence'> }
  }
}
export const says: Says = {
  'poll.busy': '{dmaBuf} is **busy** for {dir}: the poll waits for {fence}.',
}

/** Which of the asked directions are ready now. */
export const pollDmaBuf = fn('dma_buf_poll', (k: Kernel, dmaBuf: Id<'dma_buf'>, ask: { in: boolean; out: boolean }) => ({
  out: ask.out && pollOne(k, dmaBuf, 'out'),
  in: ask.in && pollOne(k, dmaBuf, 'in'),
}))

function pollOne(k: Kernel, dmaBuf: Id<'dma_buf'>, dir: 'in' | 'out'): boolean {
  const { world } = k
  const { poll, resv, file } = world.get(dmaBuf)
  if (poll[dir]) return false
  const fence = pendingFences(k, resv, dir === 'out')[0]
  if (!fence) return true
  world.set(dmaBuf, 'poll', { ...poll, [dir]: fence })
  world.set(fence, 'waiters', [...world.get(fence).waiters, { dmaBuf, dir }])
  world.emit('poll.busy', { dmaBuf, dir, fence })
  if (k.parts.pollHoldsFile) take(world, dmaBuf, pollSlot(dir), file, 'fCount')
  return false
}
