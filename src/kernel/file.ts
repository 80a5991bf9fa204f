/**
 * Open files and the numbers that name them.
 * Mirrors: struct file, fd_install, close_fd, fget, fput and __fput (fs/file.c, fs/file_table.c).
 * Leaves out: deferred release (a last put releases at once), O_PATH, file positions of devices.
 */
import type { Id, Objects } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import { drop, take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'fd.install': { fd: number; file: Id<'file'>; cloexec: boolean }
    'fd.refused.bad': { fd: number }
    'fd.close': { fd: number; file: Id<'file'> }
    'file.open': { file: Id<'file'>; name: string; mode: string }
    'file.release': { file: Id<'file'>; name: string }
  }
}
export const says: Says = {
  'fd.install': 'Descriptor **{fd}** now names {file}.',
  'fd.refused.bad': '**Descriptor {fd} names nothing**, so the call ends with EBADF.',
  'fd.close': 'Descriptor **{fd}** no longer names {file}.',
  'file.open': 'A new open file, {name}, **open for {mode}**. Descriptors will share it.',
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
  if (count === 0) releaseFile(k, to as Id<'file'>)
}

const releaseFile = fn('__fput', (k: Kernel, file: Id<'file'>) => {
  const { kind, name } = k.world.get(file)
  k.parts.fileReleases[kind]?.(k, file)
  // An assertion failed on the way: the rest of the release never happens.
  if (k.world.get('kernel:0').bug) return
  k.world.remove(file)
  k.world.emit('file.release', { file, name })
})
