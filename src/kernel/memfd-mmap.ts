/** Mapping a memory file. Mirrors: shmem_mmap, shmem_fault. Leaves out: the accessed time, huge pages. */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import type { VmOps } from './hooks.ts'
import { memfdPage } from './memfd.ts'
import { withFlags } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'mmap.memfd': { vma: Id<'vma'>; memfd: Id<'memfd'> }; 'mmap.refused.seal': { memfd: Id<'memfd'> } }
}
export const says: Says = {
  'mmap.memfd': '{vma} will show the pages of {memfd}.',
  'mmap.refused.seal': '{memfd} is **sealed against writing**: EPERM.',
}

export const mmapMemfd = fn('shmem_mmap', (k: Kernel, file: Id<'file'>, id: Id<'vma'>): void | Fail => {
  const memfd = k.world.get(file).priv as Id<'memfd'>
  const vma = k.world.get(id)
  const { seals } = k.world.get(memfd)
  if (seals.includes('WRITE') || seals.includes('FUTURE_WRITE')) {
    if (vma.flags.includes('ms') && vma.flags.includes('wr')) {
      k.world.emit('mmap.refused.seal', { memfd })
      return fail('EPERM')
    }
    if (vma.flags.includes('ms')) k.world.set(id, 'flags', withFlags(vma.flags, [], ['mw']))
  }
  k.world.set(id, 'ops', 'shmem_vm_ops')
  k.world.emit('mmap.memfd', { vma: id, memfd })
})

export const shmemFileVmOps: VmOps = {
  fault: fn('shmem_fault', (k, id: Id<'vma'>, addr: number) => {
    const vma = k.world.get(id)
    const memfd = k.world.get(vma.file!).priv as Id<'memfd'>
    const index = vma.pgoff + (addr - vma.start) / PAGE_SIZE
    return index * PAGE_SIZE < k.world.get(memfd).sizeBytes ? memfdPage(k, memfd, index) : 'SIGBUS'
  }),
}
