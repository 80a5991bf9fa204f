/**
 * Memory is short: every driver is asked for what it may throw away, as root asks for it through /proc/sys/vm/drop_caches.
 * Mirrors: drop_slab, shrink_slab (mm/vmscan.c).
 * Leaves out: caches of files, swapping, how much is asked for, and that it comes by itself when memory is short.
 */
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import { done, type Outcome } from '../fail.ts'
import { syscall } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Syscalls { drop_caches: { args: Record<string, never>; result: number } }
  interface Events { 'memory.short': { buffers: number } }
}

export default syscall({
  name: 'drop_caches',
  says: { 'memory.short': 'Memory is short: the drivers gave back the pages of **{buffers} {buffers#buffer|buffers}**.' },
  run: fn('drop_slab', (k: Kernel): Outcome => {
    const devices = Object.keys(k.drivers) as Id<'device'>[]
    const buffers = devices.reduce((sum, device) => sum + (k.drivers[device]!.shrink?.(k, device) ?? 0), 0)
    k.world.emit('memory.short', { buffers })
    return done(0)
  }),
})
