/** msync(2) with MS_SYNC. The work is in mm-change.ts. */
import { done, isFail } from '../fail.ts'
import { doMsync } from '../mm-change.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { msync: { args: { addr: number; length: number }; result: number } }
}

export default syscall({
  name: 'msync',
  run(k, { addr, length }) {
    const refused = doMsync(k, addr, length)
    return isFail(refused) ? refused : done(0)
  },
})
