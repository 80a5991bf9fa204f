/**
 * Memory files: memfd_create's, and the shared-memory file behind a buffer object.
 * Mirrors: shmem_file_setup, memfd_add_seals, shmem_setattr, shmem_fault (mm/shmem.c, mm/memfd.c).
 * Leaves out: swap, huge pages, hole punching beyond whole pages.
 */
import { each } from './again.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { createFile } from './file.ts'
import { allocPage, freePage } from './page.ts'
import { drop, take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'memfd.create': { memfd: Id<'memfd'>; name: string }
    'memfd.resize': { memfd: Id<'memfd'>; sizeBytes: number }
    'memfd.page': { memfd: Id<'memfd'>; index: number }
    'memfd.free': { memfd: Id<'memfd'> }
  }
}
export const says: Says = {
  'memfd.create': 'A memory file named {name}, **empty**.',
  'memfd.resize': '{memfd} is now **{sizeBytes} bytes** long.',
  'memfd.page': 'Page {index} of {memfd} is **needed for the first time** and gets a frame.',
  'memfd.free': '{memfd} is gone with its pages.',
}

export function createMemfd(k: Kernel, name: string, seals: readonly string[] = []): Id<'file'> {
  const { world } = k
  const memfd = world.create(world.newId('memfd'), { name, sizeBytes: 0, pages: [], orphans: [], seals, pagesUse: 0, refcount: 0 })
  world.emit('memfd.create', { memfd, name })
  const file = createFile(k, { kind: 'memfd', name: `/memfd:${name} (deleted)`, fmode: { read: true, write: true }, priv: memfd })
  take(world, file, 'inode', memfd, 'refcount')
  return file
}

/** The frame of one page of the file, made on first use. */
export function memfdPage(k: Kernel, memfd: Id<'memfd'>, index: number): number {
  const { pages } = k.world.get(memfd)
  const now = pages[index] ?? -1
  if (now >= 0) return now
  const frame = allocPage(k)
  const filled = pages.slice()
  while (filled.length <= index) filled.push(-1)
  filled[index] = frame
  k.world.set(memfd, 'pages', filled)
  k.world.emit('memfd.page', { memfd, index })
  return frame
}

export function putMemfd(k: Kernel, from: Id, slot: string): void {
  const { to, count } = drop(k.world, from, slot)
  if (count > 0) return
  const memfd = to as Id<'memfd'>
  const { pages, orphans } = k.world.get(memfd)
  each(k.world, [...pages, ...orphans], frame => { if (frame >= 0) freePage(k, frame) })
  k.world.remove(memfd)
  k.world.emit('memfd.free', { memfd })
}

export function releaseMemfd(k: Kernel, file: Id<'file'>): void {
  putMemfd(k, file, 'inode')
}
