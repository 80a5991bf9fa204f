/** Seals of memory files. Mirrors: memfd_add_seals (mm/memfd.c). Leaves out: waiting for pinned pages, F_SEAL_EXEC. */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { done, fail, type Outcome } from './fail.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'memfd.seal': { memfd: Id<'memfd'>; seals: string }; 'memfd.refused.seal': { memfd: Id<'memfd'> }; 'memfd.refused.mapped': { memfd: Id<'memfd'> }; 'memfd.refused.kind': { file: Id<'file'> } }
}
export const says: Says = {
  'memfd.seal': '{memfd} is **sealed**: {seals}.',
  'memfd.refused.seal': '{memfd} is **sealed against that**: EPERM.',
  'memfd.refused.kind': '{file} **cannot be sealed** so: only a memory file open for writing can, and with seals that are known.',
  'memfd.refused.mapped': '{memfd} is **mapped for writing** and cannot be sealed against it: EBUSY.',
}

/** Seals as they are said: `F_SEAL_SHRINK` comes in, `SHRINK` is kept. */
export function addSeals(k: Kernel, file: Id<'file'>, words: readonly string[]): Outcome {
  const { world } = k
  const { kind, priv, fmode } = world.get(file)
  if (!fmode.write || kind !== 'memfd' || words.some(word => /^\d/.test(word))) {
    world.emit('memfd.refused.kind', { file })
    return fail(fmode.write ? 'EINVAL' : 'EPERM')
  }
  const memfd = priv as Id<'memfd'>
  const { seals } = world.get(memfd)
  const add = words.map(w => w.replace('F_SEAL_', ''))
  if (seals.includes('SEAL')) {
    world.emit('memfd.refused.seal', { memfd })
    return fail('EPERM')
  }
  if (add.includes('WRITE') && !seals.includes('WRITE') && (world.get(memfd).pagesUse > 0 || writableMappings(k, memfd))) {
    world.emit('memfd.refused.mapped', { memfd })
    return fail('EBUSY')
  }
  const all = ['SEAL', 'SHRINK', 'GROW', 'WRITE', 'FUTURE_WRITE'].filter(s => seals.includes(s) || add.includes(s))
  world.set(memfd, 'seals', all)
  world.emit('memfd.seal', { memfd, seals: all.join(', ') })
  return done(0)
}

/** Shared areas of the file that may be written, in any process. */
function writableMappings(k: Kernel, memfd: Id<'memfd'>): boolean {
  return k.world.ids('vma').some(id => {
    const { file, flags } = k.world.get(id)
    return file !== null && k.world.get(file).priv === memfd && flags.includes('sh')
  })
}
