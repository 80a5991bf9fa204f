/** Reading /proc/self/fdinfo/N. Mirrors: seq_show (fs/proc/fd.c), dma_buf_show_fdinfo. Leaves out: mnt_id, what DRM files add in later releases. */
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { inodeOf } from '../inode.ts'
import { syscall } from '../syscall.ts'
import { statusWords } from './fcntl.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    fdinfo: { args: { fd: number }; result: { pos: number; flags: readonly string[]; ino?: string; size?: number; count?: number; exp_name?: string; name?: string } }
  }
}

declare module '../../journal/vocabulary.ts' {
  interface Events { 'fdinfo.refused': { uid: number } }
}

export default syscall({
  name: 'fdinfo',
  says: { 'fdinfo.refused': 'User {uid} has changed its identity and **may not look** into its own fdinfo in this release: EACCES.' },
  run(k, { fd }) {
    const { world } = k
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const { uid } = world.get(k.task)
    if (uid !== 0 && !k.parts.fdinfoAfterSetuid) {
      world.emit('fdinfo.refused', { uid })
      return fail('EACCES')
    }
    const record = world.get(file)
    const [mode, ...status] = statusWords(record)
    const flags = [mode!, ...(world.get(k.task).fds[fd]!.cloexec ? ['O_CLOEXEC'] : []), ...status]
    if (k.parts.anonymousDmaBufs) return done({ pos: record.pos, flags })
    const general = { pos: record.pos, flags, ino: inodeOf(k, file).ino }
    if (record.kind !== 'dmabuf') return done(general)
    const { sizeBytes, expName, name, named } = world.get(record.priv as Id<'dma_buf'>)
    return done({ ...general, size: sizeBytes, count: record.fCount, exp_name: expName, ...(named ? { name } : {}) })
  },
})
