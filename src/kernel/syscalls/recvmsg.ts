/** recvmsg(2) with SCM_RIGHTS: the file gets the lowest free number here. Mirrors: receive_fd. Never close-on-exec here. */
import { blocked, done } from '../fail.ts'
import { installFd, putFile } from '../file.ts'
import { holds } from '../ref.ts'
import { syscall } from '../syscall.ts'
import { mailboxOf } from './sendmsg.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { recvmsg: { args: Record<string, never>; result: number } }
  interface Events { 'fd.receive': { file: Id<'file'> }; 'mailbox.open': { task: Id<'task'> } }
}

export default syscall({
  name: 'recvmsg',
  says: {
    'mailbox.open': '{task} waits for a message.',
    'fd.receive': '{file} has **arrived**: the same open file, with a number of this process.',
  },
  run(k) {
    const { world } = k
    const box = mailboxOf(k.task)
    if (!world.has(box)) {
      world.create(box, { messages: [], next: 1 })
      world.emit('mailbox.open', { task: k.task })
    }
    const { messages } = world.get(box)
    const [first, ...rest] = messages
    if (first === undefined) return blocked(box)
    const file = holds(world, box, `message ${first}`) as Id<'file'>
    world.set(box, 'messages', rest)
    world.emit('fd.receive', { file })
    const fd = installFd(k, file, false)
    putFile(k, box, `message ${first}`)
    return done(fd)
  },
})
