/**
 * fallocate(2) of memory files: room ahead of use, or a hole.
 * Mirrors: vfs_fallocate (fs/open.c), shmem_fallocate (mm/shmem.c).
 * Leaves out: other modes.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { done, fail, isFail, type Fail } from '../fail.ts'
import type { Kernel } from '../context.ts'
import { getFile } from '../file.ts'
import { noRoom } from '../limits.ts'
import { memfdPage } from '../memfd.ts'
import { punchHole } from '../punch-hole.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    /** mode: FALLOC_FL_PUNCH_HOLE and FALLOC_FL_KEEP_SIZE, or nothing. */
    fallocate: { args: { fd: number; mode: readonly string[]; offset: number; length: number }; result: number }
  }
  interface Events { 'fallocate.refused.range': { offset: number; length: number }; 'fallocate.refused.mode': { file: Id<'file'> }; 'fallocate.refused.flags': { mode: string }; 'fallocate.refused.kind': { file: Id<'file'> } }
}

/** A seal that stands against it. */
function sealed(k: Kernel, memfd: Id<'memfd'>, seals: readonly string[]): Fail | undefined {
  if (!k.world.get(memfd).seals.some(seal => seals.includes(seal))) return undefined
  k.world.emit('memfd.refused.seal', { memfd })
  return fail('EPERM')
}

export default syscall({
  name: 'fallocate',
  says: {
    'fallocate.refused.range': '**{length} bytes from {offset} on** are no range: EINVAL.',
    'fallocate.refused.mode': '{file} is **not open for writing**, so room cannot be made in it: EBADF.',
    'fallocate.refused.flags': 'The mode `{mode}` is **not known here**, or a hole would change the size: EOPNOTSUPP.',
    'fallocate.refused.kind': '{file} is **no regular file**: ENODEV.',
  },
  run(k, { fd, mode, offset, length }) {
    const { world } = k
    const file = getFile(k, fd)
    if (isFail(file)) return file
    if (offset < 0 || length <= 0) {
      world.emit('fallocate.refused.range', { offset, length })
      return fail('EINVAL')
    }
    const punch = mode.includes('FALLOC_FL_PUNCH_HOLE')
    const keep = mode.includes('FALLOC_FL_KEEP_SIZE')
    if ((punch && !keep) || mode.some(word => /^\d/.test(word))) {
      world.emit('fallocate.refused.flags', { mode: mode.join(' | ') })
      return fail('EOPNOTSUPP')
    }
    const { fmode, kind, priv } = world.get(file)
    if (!fmode.write) {
      world.emit('fallocate.refused.mode', { file })
      return fail('EBADF')
    }
    if (kind !== 'memfd') {
      world.emit('fallocate.refused.kind', { file })
      return fail('ENODEV')
    }
    const memfd = priv as Id<'memfd'>
    if (punch) return punchHole(k, memfd, offset, length) ?? done(0)
    const end = offset + length
    const grows = end > world.get(memfd).sizeBytes
    const refused = (grows ? sealed(k, memfd, ['GROW']) : undefined) ?? noRoom(k, end, 'EFBIG')
    if (refused) return refused
    for (let page = Math.floor(offset / PAGE_SIZE); page * PAGE_SIZE < end; page++) memfdPage(k, memfd, page)
    if (grows && !keep) {
      world.set(memfd, 'sizeBytes', end)
      world.emit('memfd.resize', { memfd, sizeBytes: end })
    }
    return done(0)
  },
})
