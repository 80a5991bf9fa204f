/** fstat(2). Mirrors: vfs_getattr. Before 5.3 all dma-bufs share the anonymous inode. Leaves out: times, owners, device numbers. */
import { done, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { inodeOf } from '../inode.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    fstat: { args: { fd: number }; result: { ino: string; type: string; perm: string; size: number; blocks: number; nlink: number; dmabuf: boolean } }
  }
}

export default syscall({
  name: 'fstat',
  run(k, { fd }) {
    const file = getFile(k, fd)
    return isFail(file) ? file : done(inodeOf(k, file))
  },
})
