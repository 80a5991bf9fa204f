/** poll(2) without waiting. Mirrors: do_poll, dma_buf_poll. Leaves out: wait queues of files other than dma-bufs. */
import { pollDmaBuf } from '../dma-buf-poll.ts'
import { done } from '../fail.ts'
import { syscall } from '../syscall.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** events: POLLIN, POLLOUT; the result is the words that hold now. */
    poll: { args: { fd: number; events: readonly string[] }; result: readonly string[] }
  }
}

export default syscall({
  name: 'poll',
  run(k, { fd, events }) {
    const { world } = k
    const entry = world.get(k.task).fds[fd]
    if (fd < 0) return done([])
    if (!entry) return done(['POLLNVAL'])
    const { kind, priv } = world.get(entry.file)
    const asked = { in: events.includes('POLLIN'), out: events.includes('POLLOUT') }
    if (kind === 'dmabuf') {
      const ready = pollDmaBuf(k, priv as Id<'dma_buf'>, asked)
      return done(events.filter(e => (e === 'POLLIN' && ready.in) || (e === 'POLLOUT' && ready.out)))
    }
    if (kind === 'sync_file') {
      const signalled = world.get(priv as Id<'sync_file'>).fences.every(f => world.get(f).signalled)
      return done(signalled && asked.in ? ['POLLIN'] : [])
    }
    if (kind === 'drm') return done([])
    return done(events.filter(e => e === 'POLLIN' || e === 'POLLOUT'))
  },
})
