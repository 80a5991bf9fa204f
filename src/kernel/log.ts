/**
 * The kernel's log, as far as the kernel warns or stops there.
 * Mirrors: WARN_ON, WARN_ON_ONCE, BUG_ON (include/asm-generic/bug.h). Places are those of 5.2.1.
 * Leaves out: who ran where, the call chain and registers below a warning, and whatever drivers write of what is in order.
 */
import type { World } from '../world/world.ts'
import type { Kernel } from './context.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'kernel.warn': { fn: string; place: string } }
}
export const says: Says = { 'kernel.warn': 'The kernel finds something in {fn} that should not be, **writes a warning to its log** and goes on.' }

export const logOf = (world: World): readonly string[] => world.get('kernel:0').log ?? []

const write = ({ world }: Kernel, line: string): void => world.set('kernel:0', 'log', [...logOf(world), line])

/** WARN_ON: a line each time. `place`: file and line. */
export function warn(k: Kernel, fn: string, place: string): void {
  write(k, `WARNING: at ${place} ${fn}`)
  k.world.emit('kernel.warn', { fn, place })
}

/** WARN_ON_ONCE: one line until the next boot. */
export function warnOnce(k: Kernel, fn: string, place: string): void {
  if (!logOf(k.world).includes(`WARNING: at ${place} ${fn}`)) warn(k, fn, place)
}

/** BUG_ON: the line; who tells what was found says so in an event of its own. */
export const assertionFailed = (k: Kernel, place: string): void => write(k, `kernel BUG at ${place}!`)
