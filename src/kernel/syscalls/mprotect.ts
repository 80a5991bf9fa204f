/** mprotect(2). The work is in mm-change.ts. */
import { done, isFail } from '../fail.ts'
import { doMprotect } from '../mm-change.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { mprotect: { args: { addr: number; length: number; prot: readonly string[] }; result: number } }
}

export default syscall({
  name: 'mprotect',
  run(k, { addr, length, prot }) {
    const refused = doMprotect(k, addr, length, prot)
    return isFail(refused) ? refused : done(0)
  },
})
