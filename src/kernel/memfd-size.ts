/**
 * The size of a memory file.
 * Mirrors: shmem_setattr, shmem_truncate_range, unmap_mapping_range.
 * Leaves out: memory that is swapped out, huge pages and holes inside the last page.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import { freePage } from './page.ts'
import { zap } from './vma.ts'

export function truncateMemfd(k: Kernel, file: Id<'file'>, length: number): undefined | Fail {
  const { world } = k
  const memfd = world.get(file).priv as Id<'memfd'>
  const { sizeBytes, seals, pages } = world.get(memfd)
  if ((length < sizeBytes && seals.includes('SHRINK')) || (length > sizeBytes && seals.includes('GROW'))) {
    world.emit('memfd.refused.seal', { memfd })
    return fail('EPERM')
  }
  const keep = Math.ceil(length / PAGE_SIZE)
  if (pages.length > keep) {
    for (const task of world.ids('task')) {
      for (const id of world.get(task).vmas) {
        const { file: of, start, end, pgoff } = world.get(id)
        if (!of || world.get(of).priv !== memfd) continue
        zap(k, id, Math.min(end, Math.max(start, start + (keep - pgoff) * PAGE_SIZE)), end)
      }
    }
    for (const frame of pages.slice(keep)) if (frame >= 0) freePage(k, frame)
    world.set(memfd, 'pages', pages.slice(0, keep))
  }
  world.set(memfd, 'sizeBytes', length)
  world.emit('memfd.resize', { memfd, sizeBytes: length })
  return undefined
}
