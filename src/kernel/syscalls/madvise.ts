/** madvise(2). The work is in mm-change.ts. */
import { done, isFail } from '../fail.ts'
import { doMadvise } from '../mm-change.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** advice: NORMAL, DONTNEED, REMOVE, DONTFORK, DOFORK, WIPEONFORK, DODUMP, DONTDUMP. */
    madvise: { args: { addr: number; length: number; advice: string }; result: number }
  }
}

export default syscall({
  name: 'madvise',
  run(k, { addr, length, advice }) {
    const refused = doMadvise(k, addr, length, advice)
    return isFail(refused) ? refused : done(0)
  },
})
