/** setresuid(2) to an ordinary user. Mirrors: __sys_setresuid (kernel/sys.c). Leaves out: groups, capabilities, the way back. */
import { done } from '../fail.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { setuid: { args: { uid: number }; result: number } }
  interface Events { 'task.uid': { uid: number } }
}

export default syscall({
  name: 'setuid',
  says: { 'task.uid': 'The process is user **{uid}** from now on.' },
  run(k, { uid }) {
    k.world.set(k.task, 'uid', uid)
    k.world.emit('task.uid', { uid })
    return done(0)
  },
})
