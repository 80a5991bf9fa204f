/** ftruncate(2) of memory files. Mirrors: do_sys_ftruncate, shmem_setattr. Leaves out: files of other kinds. */
import type { Id } from '../../journal/vocabulary.ts'
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { truncateMemfd } from '../memfd-size.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { ftruncate: { args: { fd: number; length: number }; result: number } }
  interface Events { 'ftruncate.refused': { file: Id<'file'> }; 'ftruncate.refused.length': { length: number } }
}

export default syscall({
  name: 'ftruncate',
  says: {
    'ftruncate.refused': '{file} has **no size that can be set**, or is not open for writing: EINVAL.',
    'ftruncate.refused.length': '**{length} bytes** are no size: EINVAL, before the descriptor is looked at.',
  },
  run(k, { fd, length }) {
    if (length < 0) {
      k.world.emit('ftruncate.refused.length', { length })
      return fail('EINVAL')
    }
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const { kind, fmode } = k.world.get(file)
    if (kind !== 'memfd' || !fmode.write) {
      k.world.emit('ftruncate.refused', { file })
      return fail('EINVAL')
    }
    return truncateMemfd(k, file, length) ?? done(0)
  },
})
