/** lseek(2). Mirrors: ksys_lseek, dma_buf_llseek, noop_llseek. Leaves out: holes of memory files. */
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { deviceOf } from '../node.ts'
import { syscall } from '../syscall.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { lseek: { args: { fd: number; offset: number; whence: string }; result: number } }
  interface Events { 'lseek.refused.whence': { whence: string }; 'lseek.refused.pipe': { file: Id<'file'> }; 'lseek.refused': { file: Id<'file'>; whence: string; offset: number }; 'file.seek': { file: Id<'file'>; pos: number } }
}

export default syscall({
  name: 'lseek',
  says: {
    'lseek.refused': '{file} only tells **its size**: SEEK_END or SEEK_SET with offset 0. Anything else is EINVAL.',
    'lseek.refused.whence': '{whence} is **no way to seek**: EINVAL.',
    'lseek.refused.pipe': '{file} **has no position**: ESPIPE.',
    'file.seek': '{file} stands at {pos} now.',
  },
  run(k, { fd, offset, whence }) {
    const { world } = k
    const file = getFile(k, fd)
    if (isFail(file)) return file
    const { kind, priv, pos } = world.get(file)
    if (!['SEEK_SET', 'SEEK_CUR', 'SEEK_END', 'SEEK_DATA', 'SEEK_HOLE'].includes(whence)) {
      world.emit('lseek.refused.whence', { whence })
      return fail('EINVAL')
    }
    if (kind === 'sync_file' || (kind === 'drm' && k.drivers[deviceOf(k, file)]!.noSeek)) {
      world.emit('lseek.refused.pipe', { file })
      return fail('ESPIPE')
    }
    if (kind === 'dmabuf') {
      if ((whence === 'SEEK_END' || whence === 'SEEK_SET') && offset === 0) return done(whence === 'SEEK_END' ? world.get(priv as Id<'dma_buf'>).sizeBytes : 0)
      world.emit('lseek.refused', { file, whence, offset })
      return fail('EINVAL')
    }
    if (kind !== 'memfd') return done(pos)
    const { sizeBytes } = world.get(priv as Id<'memfd'>)
    const to = whence === 'SEEK_SET' ? offset : whence === 'SEEK_CUR' ? pos + offset : whence === 'SEEK_END' || whence === 'SEEK_HOLE' ? sizeBytes : offset
    if (to < 0) return fail('EINVAL')
    world.set(file, 'pos', to)
    world.emit('file.seek', { file, pos: to })
    return done(to)
  },
})
