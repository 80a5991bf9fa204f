/**
 * Open files and the numbers that name them.
 * Mirrors: struct file, fd_install, close_fd, fget, fput and __fput (fs/file.c, fs/file_table.c).
 * Leaves out: deferred release outside of a task's exit (there a last put releases at once), O_PATH, file positions of devices.
 */
import type { Id, Objects } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
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
    'fd.close': { fd: number; file: Id<'file'> }
    'file.open': { file: Id<'file'>; name: string; mode: string }
    'file.defer': { file: Id<'file'>; task: Id<'task'> }
    'file.release': { file: Id<'file'>; name: string }
  }
}
export const says: Says = {
  'fd.install': 'Descriptor **{fd}** now names {file}.',
  'fd.refused.bad': '**Descriptor {fd} names nothing**, so the call ends with EBADF.',
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

/** The lowest free number from 3 on; 0, 1 and 2 are taken by the terminal. */
export function freeFd(k: Kernel, task: Id<'task'>): number {
  const { fds } = k.world.get(task)
  let fd = 3
  while (fds[fd] !== undefined) fd++
  return fd
}

/** Gives the file a number in the task's table: one more reference. */
export function installFd(k: Kernel, file: Id<'file'>, cloexec: boolean, task: Id<'task'> = k.task, fd = freeFd(k, task)): number {
  k.world.set(task, 'fds', { ...k.world.get(task).fds, [fd]: { file, cloexec } })
  k.world.emit('fd.install', { fd, file, cloexec })
  take(k.world, task, fdSlot(fd), file, 'fCount')
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
  const { [fd]: entry, ...fds } = k.world.get(task).fds
  k.world.set(task, 'fds', fds)
  k.world.emit('fd.close', { fd, file: entry!.file })
  putFile(k, task, fdSlot(fd))
}

/** Drops the reference that `from` holds in its slot; the last one releases the file. */
export function putFile(k: Kernel, from: Id, slot: string): void {
  const { to, count } = drop(k.world, from, slot)
  if (count > 0) return
  const file = to as Id<'file'>
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
