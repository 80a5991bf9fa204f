/** Which code maps which kind of open file. Mirrors: file_operations.mmap. */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { mmapInternal } from './dma-buf.ts'
import { deviceOf } from './node.ts'
import type { Fail } from './fail.ts'
import { mmapMemfd } from './memfd-mmap.ts'

type Mmap = (k: Kernel, file: Id<'file'>, vma: Id<'vma'>) => void | Fail

const byKind: Readonly<Record<string, Mmap>> = {
  drm: (k, file, vma) => {
    const own = k.drivers[deviceOf(k, file)]!.mmap
    return own ? own(k, file, vma) : (k.parts.gemMmap(k, file, vma) as void | Fail)
  },
  dmabuf: mmapInternal,
  memfd: mmapMemfd,
  shmem: mmapMemfd,
  video: (k, file, vma) => k.parts.queues[k.world.get(file).name]!.mmap(k, file, vma),
}

export const hasMmap = (k: Kernel, file: Id<'file'>): boolean => k.world.get(file).kind in byKind
export const mmapFile: Mmap = (k, file, vma) => byKind[k.world.get(file).kind]!(k, file, vma)
