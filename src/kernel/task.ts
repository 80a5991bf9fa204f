/**
 * Tasks: their start, their copies and their end.
 * Mirrors: fork (kernel/fork.c: copy_files, dup_mmap) and do_exit (kernel/exit.c: exit_mm, exit_files, exit_task_work).
 * Leaves out: threads, sessions, signals with handlers, waiting for a child.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { closeFd, deferReleases, fdSlot, runWork } from './file.ts'
import { take } from './ref.ts'
import { closeMailbox } from './mailbox.ts'
import { copyAreas } from './mm-fork.ts'
import { freeTables } from './pgtable.ts'
import { unmapRange } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'task.start': { task: Id<'task'>; name: string }
    'task.fork': { parent: Id<'task'>; child: Id<'task'>; fds: number; areas: number }
    'task.exiting': { task: Id<'task'>; how: string }
    'task.exit': { task: Id<'task'>; how: string }
  }
}
export const says: Says = {
  'task.start': 'Process **{name}** starts with an empty address space and no files.',
  'task.fork': '**{child} is a copy of {parent}**: the same open files, and copies of its areas.',
  'task.exit': '**{task} is gone** ({how}).',
  'task.exiting': '**{task} ends** ({how}): its mappings go first, then its descriptors, and last what those were the last names of.',
}

/** Where mmap places the first area of a process; the next ones follow at a distance, so that no hole is filled by accident. */
export const MMAP_BASE = 0xffff80000000

export function createTask(k: Pick<Kernel, 'world'>, id: Id<'task'>, name: string, letter: string, uid = 0): Id<'task'> {
  const { world } = k
  const { nextPid: pid } = world.get('kernel:0')
  world.set('kernel:0', 'nextPid', pid + 1)
  world.create(id, {
    name, letter, pid, uid, fds: {}, vmas: [], ttbr0: null, asid: pid, mmapNext: MMAP_BASE, state: 'ready', ended: null,
  })
  world.emit('task.start', { task: id, name })
  return id
}

/** The child has the same files under the same numbers, and copies of the areas. */
export const forkTask = fn('kernel_clone', (k: Kernel, child: Id<'task'>, name: string, letter: string) => {
  const { world, task } = k
  const parent = world.get(task)
  createTask(k, child, name, letter, parent.uid)
  world.set(child, 'mmapNext', parent.mmapNext)
  world.set(child, 'fds', parent.fds)
  world.emit('task.fork', { parent: task, child, fds: Object.keys(parent.fds).length, areas: parent.vmas.length })
  for (const [fd, entry] of Object.entries(parent.fds)) take(world, child, fdSlot(Number(fd)), entry.file, 'fCount')
  copyAreas(k, child)
  return world.get(child).pid
})

/** Mappings disappear before descriptors, and both before the release of what they were the last to hold. */
export const exitTask = fn('do_exit', (k: Kernel, how: string) => {
  const { world, task } = k
  deferReleases(k)
  world.emit('task.exiting', { task, how })
  unmapRange(k, 0, Number.MAX_SAFE_INTEGER)
  freeTables(k, task)
  for (const fd of Object.keys(world.get(task).fds).map(Number).sort((a, b) => a - b)) closeFd(k, fd)
  closeMailbox(k, task)
  runWork(k)
  world.set(task, 'state', 'exited')
  world.set(task, 'ended', how)
  world.emit('task.exit', { task, how })
})

export function killTask(k: Kernel, how: string): void {
  if (k.world.get(k.task).state !== 'exited') exitTask(k, how)
}
