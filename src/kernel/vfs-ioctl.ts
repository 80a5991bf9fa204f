/**
 * Requests that every file answers, whatever it stands for, by their numbers and with an argument of zeros. They come before the file's own.
 * Mirrors: do_vfs_ioctl (fs/ioctl.c).
 * Leaves out: freezing, cloning and extents of file systems.
 */
import type { Kernel } from './context.ts'
import { done, fail, type Outcome } from './fail.ts'
import type { Id } from '../journal/vocabulary.ts'

const [FIBMAP, FIGETBSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX, FIOASYNC, FIOQSIZE] = [0x1, 0x2, 0x541b, 0x5421, 0x5450, 0x5451, 0x5452, 0x5460]

/** undefined: it is the file's own affair. */
export function vfsIoctl(k: Kernel, fd: number, request: number): Outcome | undefined {
  const { world, task } = k
  const { fds } = world.get(task)
  const { file } = fds[fd]!
  const regular = world.get(file).kind === 'memfd'
  switch (request) {
    case FIOCLEX:
    case FIONCLEX:
      return setCloexec(k, fd, file, request === FIOCLEX)
    case FIONBIO: {
      const flags = world.get(file).flags.filter(f => f !== 'NONBLOCK')
      world.set(file, 'flags', flags)
      world.emit('file.flags', { file, flags: flags.join(' | ') || '0' })
      return done(0)
    }
    case FIOASYNC:
    case FIGETBSZ:
      return done(0)
    case FIOQSIZE: return regular ? done(0) : fail('ENOTTY')
    case FIONREAD: return regular ? done(0) : undefined
    case FIBMAP: return regular ? fail('EINVAL') : undefined
  }
  return undefined
}

/** Close-on-exec belongs to the number. */
export function setCloexec({ world, task }: Kernel, fd: number, file: Id<'file'>, cloexec: boolean): Outcome {
  world.set(task, 'fds', { ...world.get(task).fds, [fd]: { file, cloexec } })
  world.emit('fd.flags', { fd, cloexec })
  return done(0)
}
