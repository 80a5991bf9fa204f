/** mmap(2). The work is in mm.ts. */
import { done, isFail } from '../fail.ts'
import { ksysMmapPgoff, type MmapArgs } from '../mm.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { mmap: { args: MmapArgs; result: number } }
}

export default syscall({
  name: 'mmap',
  run(k, args) {
    const addr = ksysMmapPgoff(k, args)
    return isFail(addr) ? addr : done(addr)
  },
})
