/**
 * close(2): the number is free again; the file goes when nothing else holds it.
 * Mirrors: close_fd (fs/open.c) and __fput (fs/file_table.c). Leaves out: flush and its error.
 */
import { done, isFail } from '../fail.ts'
import { closeFd, getFile } from '../file.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { close: { args: { fd: number }; result: number } }
}

export default syscall({
  name: 'close',
  run(k, { fd }) {
    const file = getFile(k, fd)
    if (isFail(file)) return file
    closeFd(k, fd)
    return done(0)
  },
})
