/** mremap(2). The work is in mm-change.ts. */
import { done, isFail } from '../fail.ts'
import { doMremap, type MremapArgs } from '../mm-change.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** flags: `MREMAP_MAYMOVE`, `MREMAP_FIXED`; newAddr null with FIXED: a fresh place. */
    mremap: { args: MremapArgs; result: number }
  }
}

export default syscall({
  name: 'mremap',
  run(k, args) {
    const addr = doMremap(k, args)
    return isFail(addr) ? addr : done(addr)
  },
})
