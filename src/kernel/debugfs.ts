/** Who may read in debugfs. Mirrors: the mode 0700 of its root. Leaves out: mount options. */
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'debugfs.refused': { uid: number }; 'debugfs.refused.path': { device: string } }
}
export const says: Says = {
  'debugfs.refused': 'User {uid} **may not look** into debugfs: EACCES.',
  'debugfs.refused.path': 'debugfs has **no such file** for {device}: ENOENT.',
}

/** undefined: it may be read. */
export function debugfs(k: Kernel, device = '', exists = true): undefined | Fail {
  const { uid } = k.world.get(k.task)
  if (uid !== 0) {
    k.world.emit('debugfs.refused', { uid })
    return fail('EACCES')
  }
  if (exists) return undefined
  k.world.emit('debugfs.refused.path', { device })
  return fail('ENOENT')
}
