/**
 * recvmsg(2) with SCM_RIGHTS: the file gets the lowest free number here.
 * Mirrors: receive_fd. Never close-on-exec here.
 * Leaves out: bytes beside the files, and several files in one message.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { blocked, done, isFail } from '../fail.ts'
import { installFd } from '../file.ts'
import { mailboxOf, oldestFile } from '../mailbox.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { recvmsg: { args: Record<string, never>; result: number } }
  interface Events { 'fd.receive': { file: Id<'file'> } }
}

export default syscall({
  name: 'recvmsg',
  says: { 'fd.receive': '{file} has **arrived**: the same open file, with a number of this process.' },
  run(k) {
    const box = mailboxOf(k, k.task)
    const found = oldestFile(k, box)
    if (!found) return blocked(box)
    k.world.emit('fd.receive', { file: found.file })
    const fd = installFd(k, found.file, false)
    found.forget()
    // Without a free number the message arrives without its file, which is dropped (MSG_CTRUNC).
    return done(isFail(fd) ? -1 : fd)
  },
})
