/** munmap(2). Mirrors: __vm_munmap (mm/mmap.c). Leaves out: userfaultfd and sealed memory. */
import { PAGE_SIZE, pageAlign } from '../../base/brand.ts'
import { done, fail } from '../fail.ts'
import { TASK_SIZE } from '../mm.ts'
import { syscall } from '../syscall.ts'
import { unmapRange } from '../vma.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { munmap: { args: { addr: number; length: number }; result: number } }
}

export default syscall({
  name: 'munmap',
  run(k, { addr, length }) {
    if (addr % PAGE_SIZE !== 0 || length <= 0 || addr > TASK_SIZE || length > TASK_SIZE - addr) {
      k.world.emit('mm.refused.alignment', { addr })
      return fail('EINVAL')
    }
    unmapRange(k, addr, addr + pageAlign(length))
    return done(0)
  },
})
