/** exit(2): mappings go, then descriptors. Mirrors: do_exit. Leaves out: exit codes and parents that wait. */
import { done } from '../fail.ts'
import { syscall } from '../syscall.ts'
import { exitTask } from '../task.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** how: `exit`, or the signal that ends it (`SIGABRT`, `SIGBUS`). */
    exit: { args: { how: string }; result: number }
  }
}

export default syscall({
  name: 'exit',
  run(k, { how }) {
    exitTask(k, how)
    return done(0)
  },
})
