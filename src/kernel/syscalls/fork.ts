/** fork(2): the child gets copies of the numbers and areas. Mirrors: kernel_clone. Leaves out: everything of a process but descriptors and memory. */
import type { Id } from '../../journal/vocabulary.ts'
import { done } from '../fail.ts'
import { syscall } from '../syscall.ts'
import { forkTask } from '../task.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** The caller of the trap chooses the child's id (`task:B`) and name. */
    fork: { args: { child: Id<'task'>; name: string }; result: number }
  }
}

export default syscall({ name: 'fork', run: (k, { child, name }) => done(forkTask(k, child, name, child.slice(5))) })
