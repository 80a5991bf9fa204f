/**
 * The size of a memory file.
 * Mirrors: shmem_setattr, shmem_truncate_range, unmap_mapping_range.
 * Leaves out: memory that is swapped out, huge pages.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import { noRoom } from './limits.ts'
import { emptyBytes, unmapPages } from './punch-hole.ts'

export function truncateMemfd(k: Kernel, file: Id<'file'>, length: number): undefined | Fail {
  const { world } = k
  const memfd = world.get(file).priv as Id<'memfd'>
  const { sizeBytes, seals, pages } = world.get(memfd)
  if ((length < sizeBytes && seals.includes('SHRINK')) || (length > sizeBytes && seals.includes('GROW'))) {
    world.emit('memfd.refused.seal', { memfd })
    return fail('EPERM')
  }
  const short = noRoom(k, length, 'EFBIG')
  if (short) return short
  if (length <= sizeBytes) {
    // Areas may show pages that the file does not have: private copies behind its end.
    unmapPages(k, memfd, Math.ceil(length / PAGE_SIZE), Number.MAX_SAFE_INTEGER, true)
    emptyBytes(k, memfd, length, pages.length * PAGE_SIZE, true)
  }
  world.set(memfd, 'sizeBytes', length)
  world.emit('memfd.resize', { memfd, sizeBytes: length })
  return undefined
}
