/**
 * sendmsg(2) with SCM_RIGHTS: an open file travels to another process; while it travels the message holds it.
 * Mirrors: unix_attach_fds, scm_fp_copy. Leaves out: the socket itself (every process has one mailbox), bytes, credentials.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { take } from '../ref.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Objects {
    /** A process's mailbox: the files on their way to it, oldest first, by number of the message. */
    mailbox: { messages: readonly number[]; next: number }
  }
  interface Syscalls { sendmsg: { args: { to: Id<'task'>; fd: number }; result: number } }
  interface Events { 'fd.send': { fd: number; file: Id<'file'>; to: Id<'task'> } }
}

export const mailboxOf = (task: Id<'task'>): Id<'mailbox'> => `mailbox:${task.slice(5)}`

export default syscall({
  name: 'sendmsg',
  says: { 'fd.send': '{file} is **on its way** to {to}. The message holds a reference of its own, so the sender may close its number.' },
  run(k, { to, fd }) {
    const { world } = k
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const target = world.find(to)
    if (!target || target.state === 'exited') return fail('EINVAL')
    const box = mailboxOf(to)
    if (!world.has(box)) world.create(box, { messages: [], next: 1 })
    const { messages, next } = world.get(box)
    world.set(box, 'messages', [...messages, next])
    world.set(box, 'next', next + 1)
    world.emit('fd.send', { fd, file, to })
    take(world, box, `message ${next}`, file, 'fCount')
    return done(1)
  },
})
