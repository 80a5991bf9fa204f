/** dup(2): another number for the same open file. Mirrors: ksys_dup (fs/file.c). Leaves out: that the limit on open files can be changed. */
import { done, isFail } from '../fail.ts'
import { getFile, installFd } from '../file.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { dup: { args: { fd: number }; result: number } }
}

export default syscall({
  name: 'dup',
  run(k, { fd }) {
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const copy = installFd(k, file, false)
    return isFail(copy) ? copy : done(copy)
  },
})
