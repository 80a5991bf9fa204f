/**
 * The end of an open file, by kind: what it stood for is given back.
 * Mirrors: f_op->release of each kind of file, called by __fput (fs/file_table.c).
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { releaseDmaBuf } from './dma-buf.ts'
import { releaseDrmFile } from './drm-file.ts'
import { releaseMemfd } from './memfd.ts'
import { releaseSyncFile } from './sync-file.ts'

export const fileReleases: Readonly<Record<string, (k: Kernel, file: Id<'file'>) => void>> = {
  drm: releaseDrmFile,
  dmabuf: releaseDmaBuf,
  memfd: releaseMemfd,
  // The file behind a GEM object is nothing of its own.
  shmem: (k, file) => (k.world.get(file).priv ? releaseMemfd(k, file) : undefined),
  sync_file: releaseSyncFile,
  video: (k, file) => k.parts.queues[k.world.get(file).name]!.release(k, file),
}
