/**
 * DMA_BUF_IOCTL_EXPORT_SYNC_FILE: the fences that an access would wait for, as a descriptor.
 * Mirrors: dma_buf_export_sync_file; since 6.0.
 * Leaves out: the copy to user space that can fail after the number is taken.
 */
import { fn, type Kernel } from '../context.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { openFd } from '../file.ts'
import { ioctl } from '../ioctl.ts'
import { pendingFences } from '../resv.ts'
import { createSyncFile } from '../sync-file.ts'
import type { Id } from '../../journal/vocabulary.ts'

export interface SyncFlags { readonly flags: readonly string[] }

/** READ, WRITE or both, and nothing else. */
export function badDirection(k: Kernel, flags: readonly string[]): boolean {
  const bad = flags.length === 0 || flags.some(f => f !== 'DMA_BUF_SYNC_READ' && f !== 'DMA_BUF_SYNC_WRITE')
  if (bad) k.world.emit('sync.refused.flags', { flags: flags.join(' | ') || '0' })
  return bad
}

export default ioctl<SyncFlags>({
  name: 'DMA_BUF_IOCTL_EXPORT_SYNC_FILE',
  on: 'dmabuf',
  since: '6.0',
  run: fn('dma_buf_export_sync_file', (k: Kernel, file: Id<'file'>, { flags }: SyncFlags): Outcome => {
    if (badDirection(k, flags)) return fail('EINVAL')
    const { resv } = k.world.get(k.world.get(file).priv as Id<'dma_buf'>)
    const fd = openFd(k, true, () => createSyncFile(k, pendingFences(k, resv, flags.includes('DMA_BUF_SYNC_WRITE'))))
    return isFail(fd) ? fd : done({ fd })
  }),
})
