/**
 * The end of an open file: what it stood for is given back.
 * Mirrors: __fput (fs/file_table.c) calling f_op->release of each kind of file.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { releaseDmaBuf } from './dma-buf.ts'
import { releaseDrmFile } from './drm-file.ts'
import { releaseMemfd } from './memfd.ts'
import { releaseSyncFile } from './sync-file.ts'

const byKind: Record<string, (k: Kernel, file: Id<'file'>) => void> = {
  drm: releaseDrmFile,
  dmabuf: releaseDmaBuf,
  memfd: releaseMemfd,
  shmem: releaseMemfd,
  sync_file: releaseSyncFile,
}

export const releaseFile = fn('__fput', (k: Kernel, file: Id<'file'>) => {
  const { kind, name } = k.world.get(file)
  byKind[kind]?.(k, file)
  k.world.remove(file)
  k.world.emit('file.release', { file, name })
})
