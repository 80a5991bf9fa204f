/** Holes in memory files. Mirrors: madvise_remove, shmem_fallocate with PUNCH_HOLE. Leaves out: parts of pages; the frames stay with the file. */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import { zeroPage } from './page.ts'
import { zap } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'memfd.punch': { memfd: Id<'memfd'>; index: number; pages: number } }
}
export const says: Says = { 'memfd.punch': '{pages} {pages#page|pages} of {memfd} from page {index} on {pages#is|are} **emptied**: zeros are read there.' }

/** Only a memory file can give pages back. */
export function punchHoleAnywhere(k: Kernel, id: Id<'vma'>, start: number, end: number): void | Fail {
  const { world } = k
  const vma = world.get(id)
  const { kind, priv } = world.get(vma.file!)
  if (kind !== 'memfd' && kind !== 'shmem') return fail('ENODEV')
  const memfd = priv as Id<'memfd'>
  emptyRange(k, memfd, vma.pgoff + (start - vma.start) / PAGE_SIZE, (end - start) / PAGE_SIZE)
}

/** Empties pages of a memory file, and takes them out of every area that shows them. */
export function emptyRange(k: Kernel, memfd: Id<'memfd'>, first: number, pages: number): void {
  const { world } = k
  punch(k, memfd, first, pages)
  for (const task of world.ids('task')) {
    for (const other of world.get(task).vmas) {
      const { file, pgoff, start: from, end: to } = world.get(other)
      if (!file || world.get(file).priv !== memfd) continue
      const at = (index: number): number => Math.min(to, Math.max(from, from + (index - pgoff) * PAGE_SIZE))
      zap(k, other, at(first), at(first + pages))
    }
  }
}

export function punch(k: Kernel, memfd: Id<'memfd'>, first: number, pages: number): void {
  const { world } = k
  const now = world.get(memfd).pages
  for (let i = first; i < first + pages; i++) if ((now[i] ?? -1) >= 0) zeroPage(k, now[i]!)
  world.emit('memfd.punch', { memfd, index: first, pages })
}
