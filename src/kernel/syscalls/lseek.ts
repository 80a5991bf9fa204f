/** lseek(2). Mirrors: ksys_lseek, dma_buf_llseek, noop_llseek, shmem_file_llseek. Leaves out: pages that are read in but not valid. */
import { PAGE_SIZE } from '../../base/brand.ts'
import { done, fail, isFail } from '../fail.ts'
import { getFile } from '../file.ts'
import { deviceOf } from '../node.ts'
import { syscall } from '../syscall.ts'
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { lseek: { args: { fd: number; offset: number; whence: string }; result: number } }
  interface Events { 'lseek.refused.whence': { whence: string }; 'lseek.refused.pipe': { file: Id<'file'> }; 'lseek.refused.end': { whence: string; offset: number }; 'lseek.refused': { file: Id<'file'>; whence: string; offset: number }; 'file.seek': { file: Id<'file'>; pos: number } }
}

export default syscall({
  name: 'lseek',
  says: {
    'lseek.refused': '{whence} with {offset} leads **nowhere** in {file}: EINVAL. A dma-buf only tells its size, with SEEK_END or SEEK_SET and 0.',
    'lseek.refused.end': '{whence} from {offset} on **finds nothing** before the end: ENXIO.',
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
    if (kind === 'sync_file' || kind === 'heap' || kind === 'udmabuf' || (kind === 'drm' && k.drivers[deviceOf(k, file)]!.noSeek)) {
      world.emit('lseek.refused.pipe', { file })
      return fail('ESPIPE')
    }
    if (kind === 'dmabuf') {
      if ((whence === 'SEEK_END' || whence === 'SEEK_SET') && offset === 0) return done(whence === 'SEEK_END' ? world.get(priv as Id<'dma_buf'>).sizeBytes : 0)
      world.emit('lseek.refused', { file, whence, offset })
      return fail('EINVAL')
    }
    if (kind !== 'memfd') return done(pos)
    const { sizeBytes, pages } = world.get(priv as Id<'memfd'>)
    let to = whence === 'SEEK_SET' ? offset : whence === 'SEEK_CUR' ? pos + offset : sizeBytes + offset
    if (whence === 'SEEK_DATA' || whence === 'SEEK_HOLE') {
      const wanted = (index: number): boolean => ((pages[index] ?? -1) >= 0) === (whence === 'SEEK_DATA')
      let index = Math.floor(offset / PAGE_SIZE)
      if (offset >= 0) while (index * PAGE_SIZE < sizeBytes && !wanted(index)) index++
      to = Math.max(offset, index * PAGE_SIZE)
      if (whence === 'SEEK_HOLE') to = Math.min(to, sizeBytes)
      if (offset < 0 || offset >= sizeBytes || (whence === 'SEEK_DATA' && to >= sizeBytes)) {
        world.emit('lseek.refused.end', { whence, offset })
        return fail('ENXIO')
      }
    }
    if (to < 0) {
      world.emit('lseek.refused', { file, whence, offset })
      return fail('EINVAL')
    }
    world.set(file, 'pos', to)
    world.emit('file.seek', { file, pos: to })
    return done(to)
  },
})
