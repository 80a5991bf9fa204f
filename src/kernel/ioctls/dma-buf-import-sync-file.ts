/**
 * DMA_BUF_IOCTL_IMPORT_SYNC_FILE: fences from elsewhere join the buffer.
 * Mirrors: dma_buf_import_sync_file; since 6.0.
 * Leaves out: usages other than read and write (bookkeeping fences).
 */
import { fn, type Kernel } from '../context.ts'
import { done, fail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { addFence } from '../resv.ts'
import { badDirection } from './dma-buf-export-sync-file.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface Args { readonly flags: readonly string[]; readonly fd: number }
declare module '../../journal/vocabulary.ts' {
  interface Events { 'sync.refused.fd': { fd: number } }
}

export default ioctl<Args>({
  name: 'DMA_BUF_IOCTL_IMPORT_SYNC_FILE',
  on: 'dmabuf',
  since: '6.0',
  says: { 'sync.refused.fd': 'Descriptor {fd} is **no sync file**: EINVAL.' },
  run: fn('dma_buf_import_sync_file', (k: Kernel, file: Id<'file'>, { flags, fd }: Args): Outcome => {
    const { world } = k
    if (badDirection(k, flags)) return fail('EINVAL')
    const source = world.get(k.task).fds[fd]?.file
    if (!source || world.get(source).kind !== 'sync_file') {
      world.emit('sync.refused.fd', { fd })
      return fail('EINVAL')
    }
    const { resv } = world.get(world.get(file).priv as Id<'dma_buf'>)
    const usage = flags.includes('DMA_BUF_SYNC_WRITE') ? 'write' : 'read'
    for (const fence of world.get(world.get(source).priv as Id<'sync_file'>).fences) addFence(k, resv, fence, usage)
    return done(0)
  }),
})
