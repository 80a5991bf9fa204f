/** dup(2): another number for the same open file. Mirrors: ksys_dup (fs/file.c). Leaves out: the limit on open files (RLIMIT_NOFILE). */
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
    return isFail(file) ? file : done(installFd(k, file, false))
  },
})
