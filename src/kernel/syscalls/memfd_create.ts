/** memfd_create(2). Mirrors: mm/memfd.c. Leaves out: huge pages. */
import { done, isFail } from '../fail.ts'
import { openFd } from '../file.ts'
import { createMemfd } from '../memfd.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** flags: `MFD_CLOEXEC`, `MFD_ALLOW_SEALING`. */
    memfd_create: { args: { name: string; flags: readonly string[] }; result: number }
  }
}

export default syscall({
  name: 'memfd_create',
  run(k, { name, flags }) {
    const fd = openFd(k, flags.includes('MFD_CLOEXEC'), () => createMemfd(k, name, flags.includes('MFD_ALLOW_SEALING') ? [] : ['SEAL']))
    return isFail(fd) ? fd : done(fd)
  },
})
