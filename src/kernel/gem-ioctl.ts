/**
 * The fake offset as drivers' own ioctls tell it, with the flags or padding that must be nothing.
 * Mirrors: etnaviv_ioctl_gem_info, msm_ioctl_gem_info, v3d_mmap_bo_ioctl. Leaves out: nothing that a caller sees.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'offset.refused.empty': { gem: Id<'gem'> }; 'offset.refused.argument': { name: string; value: string }; 'bo.refused.flags': { driver: string; size: number; flags: string }; 'submit.refused.bo': { handle: number; flags: string } }
}
export const says: Says = {
  'offset.refused.empty': '{gem} has **no bytes at all**, and no range of offsets is that short: ENOSPC.',
  'offset.refused.argument': 'Its **{name}** is {value}, and that is nothing this call knows: EINVAL.',
  'bo.refused.flags': '{driver} makes **no buffer of {size} bytes with** `{flags}`: EINVAL.',
  'submit.refused.bo': 'A job may not name handle {handle} **with** `{flags}`: EINVAL.',
}

export function refuseArgument(k: Kernel, name: string, value: number | string): Fail {
  k.world.emit('offset.refused.argument', { name, value: String(value) })
  return fail('EINVAL')
}
export function refuseFlags(k: Kernel, driver: string, size: number, flags: readonly string[]): Fail {
  k.world.emit('bo.refused.flags', { driver, size, flags: flags.join(' | ') || '0' })
  return fail('EINVAL')
}

export function refuseEmpty(k: Kernel, gem: Id<'gem'>): Fail {
  k.world.emit('offset.refused.empty', { gem })
  return fail('ENOSPC')
}

/** A buffer that a job names, with what the job does to it. */
export interface SubmitBo { readonly handle: number; readonly flags: readonly string[] }

/** The objects of a job's list; each has one of the known flags, else EINVAL; `unknown`: what a wrong handle is called. */
export function lookupBos(k: Kernel, drmFile: Id<'drm_file'>, bos: readonly SubmitBo[], [read, write]: readonly [string, string], unknown: 'EINVAL' | 'ENOENT', needsFlags = true): readonly { gem: Id<'gem'>; usage: 'read' | 'write'; afterReaders: boolean }[] | Fail {
  const found: { gem: Id<'gem'>; usage: 'read' | 'write'; afterReaders: boolean }[] = []
  for (const { handle, flags } of bos) {
    if (needsFlags && (flags.length === 0 || flags.some(flag => flag !== read && flag !== write))) {
      k.world.emit('submit.refused.bo', { handle, flags: flags.join(' | ') || '0' })
      return fail('EINVAL')
    }
    const gem = k.world.get(drmFile).handles[handle]
    if (!gem) {
      k.world.emit('gem.lookup.unknown', { handle, drmFile })
      return fail(unknown)
    }
    const writes = flags.includes(write)
    found.push({ gem, usage: writes ? 'write' : 'read', afterReaders: writes })
  }
  return found
}
