/** Reading /proc/self/smaps for a range. Mirrors: show_map_vma, show_smap_vma_flags (fs/proc/task_mmu.c). Leaves out: the counters of pages. */
import { PAGE_SIZE } from '../../base/brand.ts'
import { done } from '../fail.ts'
import { inodeOf } from '../inode.ts'
import { syscall } from '../syscall.ts'
import { vmasIn } from '../vma.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { Kernel } from '../context.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls {
    smaps: {
      args: { addr: number; length: number }
      result: readonly { start: number; length: number; perms: string; pgoff: number; file: string; ino: string | null; vmflags: string }[]
    }
  }
}

/** `card0`, `/dmabuf:NAME`, `anon_inode:dmabuf`, `/memfd:m (deleted)`. */
function pathOf(k: Kernel, file: Id<'file'>): string {
  const { kind, name, priv } = k.world.get(file)
  if (kind === 'drm') return `/dev/dri/${name}`
  if (kind !== 'dmabuf') return name
  return k.parts.anonymousDmaBufs ? 'anon_inode:dmabuf' : `/dmabuf:${k.world.get(priv as Id<'dma_buf'>).name}`
}

export default syscall({
  name: 'smaps',
  run(k, { addr, length }) {
    return done(vmasIn(k, addr, addr + length).map(id => {
      const { start, end, flags, pgoff, file } = k.world.get(id)
      const perms = (flags.includes('rd') ? 'r' : '-') + (flags.includes('wr') ? 'w' : '-') + (flags.includes('ex') ? 'x' : '-') + (flags.includes('ms') ? 's' : 'p')
      const isBuffer = file !== null && k.world.get(file).kind === 'dmabuf' && !k.parts.anonymousDmaBufs
      return {
        start, length: end - start, perms, pgoff: pgoff * PAGE_SIZE, file: file ? pathOf(k, file) : '', ino: isBuffer ? inodeOf(k, file).ino : null,
        vmflags: flags.join(' '),
      }
    }))
  },
})
