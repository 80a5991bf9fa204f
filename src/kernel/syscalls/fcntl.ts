/**
 * fcntl(2): flags of a number, flags of its file, seals of a memory file.
 * Mirrors: do_fcntl, setfl (fs/fcntl.c), memfd_fcntl. Leaves out: locks, leases, owners, F_DUPFD.
 */
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { addSeals } from '../seals.ts'
import { syscall } from '../syscall.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { setCloexec } from '../vfs-ioctl.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** cmd: F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_ADD_SEALS, F_GET_SEALS. arg: words (`FD_CLOEXEC`, `O_NONBLOCK`, `F_SEAL_SHRINK`). Answers words for the getters. */
    fcntl: { args: { fd: number; cmd: string; arg: readonly string[] }; result: number | readonly string[] }
  }
  interface Events { 'fcntl.refused': { file: Id<'file'>; cmd: string }; 'fd.flags': { fd: number; cloexec: boolean }; 'file.flags': { file: Id<'file'>; flags: string } }
}

/** `O_RDONLY` first, then what F_SETFL may change. */
export function statusWords({ fmode, flags }: { fmode: { read: boolean; write: boolean }; flags: readonly string[] }): string[] {
  return [fmode.write ? (fmode.read ? 'O_RDWR' : 'O_WRONLY') : 'O_RDONLY', ...['NONBLOCK', 'APPEND'].filter(f => flags.includes(f)).map(f => `O_${f}`)]
}

export default syscall({
  name: 'fcntl',
  says: {
    'fd.flags': 'Close-on-exec of descriptor {fd} is now **{cloexec}**. It belongs to the number, not to the file.',
    'fcntl.refused': '{file} **does not answer** {cmd}: EINVAL.',
    'file.flags': '{file} has the flags `{flags}` now. **Its access mode cannot be changed** this way.',
  },
  run(k, { fd, cmd, arg }) {
    const { world, task } = k
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const record = world.get(file)
    const { fds } = world.get(task)
    switch (cmd) {
      case 'F_GETFD': return done(fds[fd]!.cloexec ? ['FD_CLOEXEC'] : [])
      case 'F_SETFD': return setCloexec(k, fd, file, arg.includes('FD_CLOEXEC'))
      case 'F_GETFL': return done(statusWords(record))
      case 'F_SETFL': {
        const flags = ['NONBLOCK', 'APPEND'].filter(f => arg.includes(`O_${f}`))
        world.set(file, 'flags', flags)
        world.emit('file.flags', { file, flags: flags.join(' | ') || '0' })
        return done(0)
      }
      case 'F_ADD_SEALS': return addSeals(k, file, arg)
      case 'F_GET_SEALS': if (record.kind === 'memfd') return done(world.get(record.priv as Id<'memfd'>).seals)
    }
    world.emit('fcntl.refused', { file, cmd })
    return fail('EINVAL')
  },
})
