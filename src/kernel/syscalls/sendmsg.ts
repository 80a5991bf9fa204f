/**
 * sendmsg(2) with SCM_RIGHTS: an open file travels to another process; while it travels the message holds it.
 * Mirrors: unix_attach_fds, scm_fp_copy. Leaves out: what mailbox.ts leaves out.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { postFile } from '../mailbox.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { sendmsg: { args: { to: Id<'task'>; fd: number }; result: number } }
  interface Events { 'fd.send': { fd: number; file: Id<'file'>; to: Id<'task'> }; 'fd.refused.receiver': { to: Id<'task'> } }
}

export default syscall({
  name: 'sendmsg',
  says: {
    'fd.refused.receiver': '{to} is **not there** to receive anything.',
    'fd.send': '{file} is **on its way** to {to}. The message holds a reference of its own, so the sender may close its number.',
  },
  run(k, { to, fd }) {
    const { world } = k
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const target = world.find(to)
    if (!target || target.state === 'exited') {
      world.emit('fd.refused.receiver', { to })
      return fail('EINVAL')
    }
    postFile(k, to, file)
    world.emit('fd.send', { fd, file, to })
    return done(1)
  },
})
