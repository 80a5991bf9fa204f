/** setresuid(2) to an ordinary user. Mirrors: __sys_setresuid (kernel/sys.c). Leaves out: groups, capabilities, the way back. */
import { done, fail } from '../fail.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { setuid: { args: { uid: number }; result: number } }
  interface Events { 'task.uid': { uid: number }; 'task.uid.refused': { uid: number } }
}

export default syscall({
  name: 'setuid',
  says: { 'task.uid': 'The process is user **{uid}** from now on.', 'task.uid.refused': 'An ordinary user **cannot become user {uid}**: EPERM.' },
  run(k, { uid }) {
    const own = k.world.get(k.task).uid
    if (own !== 0 && uid !== own) {
      k.world.emit('task.uid.refused', { uid })
      return fail('EPERM')
    }
    k.world.set(k.task, 'uid', uid)
    k.world.emit('task.uid', { uid })
    return done(0)
  },
})
