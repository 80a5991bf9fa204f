/** send(2): a message without a file, "go on". Mirrors: unix_stream_sendmsg. Leaves out: the socket itself, the bytes. */
import type { Id } from '../../journal/vocabulary.ts'
import { done, fail } from '../fail.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Objects {
    /** Messages without files on their way to a process, by sender. */
    letterbox: { waiting: readonly Id<'task'>[] }
  }
  interface Syscalls { send: { args: { to: Id<'task'> }; result: number } }
  interface Events { 'message.send': { to: Id<'task'> }; 'message.refused': { to: Id<'task'> } }
}

export default syscall({
  name: 'send',
  says: { 'message.send': 'A message is **on its way** to {to}: go on.', 'message.refused': '**{to} is gone**, nobody reads this: EPIPE in reality, EINVAL here.' },
  run(k, { to }) {
    const { world } = k
    if ((world.find(to)?.state ?? 'exited') === 'exited') {
      world.emit('message.refused', { to })
      return fail('EINVAL')
    }
    const box: Id<'letterbox'> = `letterbox:${to.slice(5)}`
    if (world.has(box)) world.set(box, 'waiting', [...world.get(box).waiting, k.task])
    else world.create(box, { waiting: [k.task] })
    world.emit('message.send', { to })
    return done(0)
  },
})
