/** ftruncate(2) of memory files. Mirrors: do_sys_ftruncate, shmem_setattr. Leaves out: pages cut off in the middle. */
import type { Id } from '../../journal/vocabulary.ts'
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { truncateMemfd } from '../memfd-size.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { ftruncate: { args: { fd: number; length: number }; result: number } }
  interface Events { 'ftruncate.refused': { file: Id<'file'> } }
}

export default syscall({
  name: 'ftruncate',
  says: { 'ftruncate.refused': '{file} has **no size that can be set**: EINVAL.' },
  run(k, { fd, length }) {
    const file = getFile(k, fd)
    if (isFail(file)) return file
    if (k.world.get(file).kind !== 'memfd' || length < 0) {
      k.world.emit('ftruncate.refused', { file })
      return fail('EINVAL')
    }
    return truncateMemfd(k, file, length) ?? done(0)
  },
})
