/** What this machine has room for in one object. A limit that is reached is a step that says so. Leaves out: that Linux promises more memory than there is, and finds out on first use. */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'memory.refused': { sizeBytes: number; mostBytes: number } }
}
export const says: Says = { 'memory.refused': '**{sizeBytes} bytes in one object** are more than this machine has room for ({mostBytes}).' }

export const MOST_BYTES = 16_384 * PAGE_SIZE

/** undefined: there is room. */
export function noRoom(k: Kernel, sizeBytes: number, errno: 'ENOMEM' | 'EFBIG' = 'ENOMEM'): undefined | Fail {
  if (sizeBytes <= MOST_BYTES) return undefined
  k.world.emit('memory.refused', { sizeBytes, mostBytes: MOST_BYTES })
  return fail(errno)
}
