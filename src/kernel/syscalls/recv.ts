/** recv(2): waits for a message without a file; a sender that is gone ends the wait. Mirrors: unix_stream_recvmsg. Leaves out: the socket itself, the bytes. */
import type { Id } from '../../journal/vocabulary.ts'
import { blocked, done } from '../fail.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** Result: 1 for a message, 0 when the other process is gone. */
    recv: { args: { from: Id<'task'> }; result: number }
  }
  interface Events { 'message.receive': { from: Id<'task'> }; 'message.hangup': { from: Id<'task'> } }
}

export default syscall({
  name: 'recv',
  says: { 'message.receive': 'The message of {from} has **arrived**.', 'message.hangup': '**{from} is gone**: no message will ever come, and the wait is over.' },
  run(k, { from }) {
    const { world } = k
    const box: Id<'letterbox'> = `letterbox:${k.task.slice(5)}`
    const waiting = world.find(box)?.waiting ?? []
    const at = waiting.indexOf(from)
    if (at >= 0) {
      if (waiting.length > 1) world.set(box, 'waiting', waiting.filter((_, i) => i !== at))
      else world.remove(box)
      world.emit('message.receive', { from })
      return done(1)
    }
    if ((world.find(from)?.state ?? 'exited') !== 'exited') return blocked(box)
    world.emit('message.hangup', { from })
    return done(0)
  },
})
