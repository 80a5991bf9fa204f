/**
 * Open files and the numbers that name them.
 * Mirrors: struct file, fd_install, close_fd, fget, fput and __fput (fs/file.c, fs/file_table.c).
 * Leaves out: deferred release outside of a task's exit (there a last put releases at once), O_PATH, file positions of devices.
 */
import { without } from '../base/without.ts'
import type { Id, Objects } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { drop, take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects {
    /** Files whose release waits until their task has let go of everything (task_work). */
    work: { files: readonly Id<'file'>[] }
  }
  interface Events {
    'fd.install': { fd: number; file: Id<'file'>; cloexec: boolean }
    'fd.refused.bad': { fd: number }
    'fd.refused.many': { most: number }
    'fd.close': { fd: number; file: Id<'file'> }
    'file.open': { file: Id<'file'>; name: string; mode: string }
    'file.defer': { file: Id<'file'>; task: Id<'task'> }
    'file.release': { file: Id<'file'>; name: string }
  }
}
export const says: Says = {
  'fd.install': 'Descriptor **{fd}** now names {file}.',
  'fd.refused.bad': '**Descriptor {fd} names nothing**, so the call ends with EBADF.',
  'fd.refused.many': '**All {most} descriptors of this process are taken**: EMFILE.',
  'fd.close': 'Descriptor **{fd}** no longer names {file}.',
  'file.open': 'A new open file, {name}, **open for {mode}**. Descriptors will share it.',
  'file.defer': 'Nothing names {file} any more. **Its release waits** until {task} has closed the rest.',
  'file.release': '**Nothing names {name} any more**, so the kernel gives back what it held.',
}

/** How an access mode is said and shown. */
export function modeText({ read, write }: { read: boolean; write: boolean }): string {
  return read ? (write ? 'reading and writing' : 'reading only') : 'writing only'
}

/** A new open file that nobody holds yet. */
export function createFile(k: Kernel, spec: Omit<Objects['file'], 'fCount' | 'pos' | 'flags'> & { flags?: readonly string[] }): Id<'file'> {
  const file = k.world.newId('file')
  k.world.create(file, { flags: [], ...spec, fCount: 0, pos: 0 })
  if (k.world.tells) k.world.emit('file.open', { file, name: spec.name, mode: modeText(spec.fmode) })
  return file
}

export const fdSlot = (fd: number): string => `fd ${fd}`

/** RLIMIT_NOFILE, as most systems set it: numbers stay below. */
const MOST_FDS = 1024

/** The lowest free number from 3 on; 0, 1 and 2 are taken by the terminal. */
export const unusedFd = fn('get_unused_fd_flags', (k: Kernel): number | Fail => {
  const { fds } = k.world.get(k.task)
  let fd = 3
  while (fds[fd] !== undefined) fd++
  if (fd < MOST_FDS) return fd
  k.world.emit('fd.refused.many', { most: MOST_FDS })
  return fail('EMFILE')
})

/** Gives the file a number in the task's table: one more reference. */
export const fdInstall = fn('fd_install', (k: Kernel, fd: number, file: Id<'file'>, cloexec: boolean) => {
  k.world.set(k.task, 'fds', { ...k.world.get(k.task).fds, [fd]: { file, cloexec } })
  k.world.emit('fd.install', { fd, file, cloexec })
  take(k.world, k.task, fdSlot(fd), file, 'fCount')
})

/** Both at once, for a file that somebody else holds. */
export function installFd(k: Kernel, file: Id<'file'>, cloexec: boolean): number | Fail {
  const fd = unusedFd(k)
  if (!isFail(fd)) fdInstall(k, fd, file, cloexec)
  return fd
}

/** A number first, and then the file that it will name: what is made is never left without one. */
export function openFd(k: Kernel, cloexec: boolean, open: () => Id<'file'> | Fail): number | Fail {
  const fd = unusedFd(k)
  if (isFail(fd)) return fd
  const file = open()
  if (isFail(file)) return file
  fdInstall(k, fd, file, cloexec)
  return fd
}

/** The file that a number names in the calling task. */
export function getFile(k: Kernel, fd: number): Id<'file'> | Fail {
  const found = k.world.get(k.task).fds[fd]
  if (found) return found.file
  k.world.emit('fd.refused.bad', { fd })
  return fail('EBADF')
}

/** The number is free again; the file goes when nothing else holds it. */
export function closeFd(k: Kernel, fd: number, task: Id<'task'> = k.task): void {
  const { fds } = k.world.get(task)
  const { file } = fds[fd]!
  k.world.set(task, 'fds', without(fds, fd))
  k.world.emit('fd.close', { fd, file })
  putFile(k, task, fdSlot(fd))
}

/** Drops the reference that `from` holds in its slot; the last one releases the file. */
export function putFile(k: Kernel, from: Id, slot: string): void {
  const { to, count } = drop(k.world, from, slot)
  if (count === 0) lastPut(k, to as Id<'file'>)
}

/** Nobody holds the file (any more). */
export function lastPut(k: Kernel, file: Id<'file'>): void {
  const work = workOf(k.task)
  if (!k.world.has(work)) return releaseFile(k, file)
  k.world.set(work, 'files', [...k.world.get(work).files, file])
  k.world.emit('file.defer', { file, task: k.task })
}

const workOf = (task: Id<'task'>): Id<'work'> => `work:${task.slice(5)}`

/** From here on the last puts of this task only queue the release. */
export const deferReleases = (k: Kernel): Id<'work'> => k.world.create(workOf(k.task), { files: [] })

/** What was queued is released, the youngest first, and what that queues, until nothing is left. */
export const runWork = fn('task_work_run', (k: Kernel) => {
  const work = workOf(k.task)
  for (;;) {
    const { files } = k.world.get(work)
    const file = files.at(-1)
    if (!file) break
    k.world.set(work, 'files', files.slice(0, -1))
    releaseFile(k, file)
  }
  k.world.remove(work)
})

const releaseFile = fn('__fput', (k: Kernel, file: Id<'file'>) => {
  const { kind, name } = k.world.get(file)
  k.parts.fileReleases[kind]?.(k, file)
  // An assertion failed on the way: the rest of the release never happens.
  if (k.world.get('kernel:0').bug) return
  k.world.remove(file)
  k.world.emit('file.release', { file, name })
})
