/**
 * DMA_HEAP_IOCTL_ALLOC: a buffer from the heap that was opened; the flags decide the mode of its file.
 * Mirrors: dma_heap_ioctl_allocate.
 * Leaves out: memory that is short.
 */
import { fn, type Kernel } from '../context.ts'
import { firstFd } from '../dma-buf.ts'
import { exporterAt } from '../exporter-shelf.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { noRoom } from '../limits.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Alloc {
  readonly len: number
  /** `O_RDONLY`, `O_WRONLY`, `O_RDWR`, `O_CLOEXEC`. */
  readonly fd_flags: readonly string[]
  readonly heap_flags: readonly string[]
}
declare module '../../journal/vocabulary.ts' {
  interface Events { 'heap.refused': { len: number; flags: string } }
}

export default ioctl<Alloc>({
  name: 'DMA_HEAP_IOCTL_ALLOC',
  on: 'heap',
  says: { 'heap.refused': 'A length of {len} with the flags `{flags}` is **not possible**: EINVAL.' },
  run: fn('dma_heap_ioctl_allocate', (k: Kernel, file: Id<'file'>, { len, fd_flags, heap_flags }: Alloc): Outcome => {
    if (len === 0 || heap_flags.length > 0 || fd_flags.some(f => !['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_CLOEXEC'].includes(f))) {
      k.world.emit('heap.refused', { len, flags: [...fd_flags, ...heap_flags].join(' | ') })
      return fail('EINVAL')
    }
    const short = noRoom(k, len)
    if (short) return short
    const write = fd_flags.includes('O_RDWR') || fd_flags.includes('O_WRONLY')
    const { allocate } = exporterAt(k.world.get(file).name)!
    const fd = firstFd(k, allocate!(k, len, { read: !fd_flags.includes('O_WRONLY'), write }), fd_flags.includes('O_CLOEXEC'))
    return isFail(fd) ? fd : done({ fd })
  }),
})
