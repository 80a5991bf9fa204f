/** What the kernel's common events say; every other file says its own. */
import type { Says } from './syscall.ts'

export const says: Says = {
  'fn.enter': 'The kernel enters **{fn}**.',
  'trap.enter': 'The call goes **into the kernel**: `{text}`.',
  'trap.leave': '{name} comes back to user space with **{result}**.',
  'ref.take': '{from} **holds** {to} ({slot}): {counter} is now {count}.',
  'ref.drop': '{from} **lets go of** {to} ({slot}): {counter} is now {count}.',
  'ref.lost': '{by} returns **without putting its reference** to {to}: nobody can put it any more.',
}
