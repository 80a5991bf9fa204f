/**
 * kcmp(2) with KCMP_FILE: do two numbers name the same open file?
 * Mirrors: kernel/kcmp.c.
 * Leaves out: the other kinds of comparison, and the order of two different files.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** Result: 0 the same, 1 different. */
    kcmp: { args: { task2: Id<'task'>; fd: number; fd2: number }; result: number }
  }
  interface Events { 'kcmp.refused': { task2: Id<'task'> }; 'kcmp.refused.user': { task2: Id<'task'>; uid: number } }
}

export default syscall({
  name: 'kcmp',
  says: {
    'kcmp.refused': 'There is **no process {task2}** to compare with: ESRCH.',
    'kcmp.refused.user': 'User {uid} **may not look into {task2}**: EPERM.',
  },
  run(k, { task2, fd, fd2 }) {
    const other = k.world.find(task2)
    if (!other || other.state === 'exited') {
      k.world.emit('kcmp.refused', { task2 })
      return fail('ESRCH')
    }
    // ptrace_may_access: who has become another user may look at nobody but itself.
    const { uid } = k.world.get(k.task)
    if (uid !== 0 && task2 !== k.task) {
      k.world.emit('kcmp.refused.user', { task2, uid })
      return fail('EPERM')
    }
    const a = getFile(k, fd)
    if (isFail(a)) return a
    const b = getFile({ ...k, task: task2 }, fd2)
    if (isFail(b)) return b
    return done(a === b ? 0 : 1)
  },
})
