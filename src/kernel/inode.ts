/** What an open file's inode says about itself. Mirrors: dma_buf_getfile's inode, anon_inode (5.2), shmem and character device inodes. */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'

export interface Inode { readonly ino: string; readonly type: string; readonly perm: string; readonly size: number; readonly blocks: number; readonly nlink: number; readonly dmabuf: boolean }

export function inodeOf(k: Kernel, file: Id<'file'>): Inode {
  const { kind, priv, name } = k.world.get(file)
  if (kind === 'dmabuf' && !k.parts.anonymousDmaBufs) {
    const { ino, sizeBytes } = k.world.get(priv as Id<'dma_buf'>)
    return { ino: `dmabuf ${ino}`, type: 'none', perm: '600', size: sizeBytes, blocks: sizeBytes / 512, nlink: 1, dmabuf: true }
  }
  if (kind === 'dmabuf' || kind === 'sync_file') return { ino: 'anon_inode', type: 'none', perm: '600', size: 0, blocks: 0, nlink: 1, dmabuf: k.parts.anonymousDmaBufs }
  if (kind === 'memfd' || kind === 'shmem') {
    const { sizeBytes, pages } = k.world.get(priv as Id<'memfd'>)
    return { ino: priv!, type: 'reg', perm: '777', size: sizeBytes, blocks: (pages.filter(p => p >= 0).length * PAGE_SIZE) / 512, nlink: 0, dmabuf: false }
  }
  return { ino: name, type: 'chr', perm: '666', size: 0, blocks: 0, nlink: 1, dmabuf: false }
}
