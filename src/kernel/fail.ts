/** How simulated calls end. Errors are values: a simulated refusal is never an exception of ours. */
import type { Errno, Id } from '../journal/vocabulary.ts'

export class Fail {
  readonly errno: Errno
  constructor(errno: Errno) { this.errno = errno }
}
const fails = new Map<Errno, Fail>()
/** The one Fail of that errno. */
export function fail(errno: Errno): Fail {
  let found = fails.get(errno)
  if (!found) fails.set(errno, (found = new Fail(errno)))
  return found
}
export const isFail = (value: unknown): value is Fail => value instanceof Fail

/** What one phase of a call answers. `value` is plain data: a number, or the fields that an ioctl fills in. */
export type Outcome =
  | { readonly done: unknown }
  | Fail
  /** The task sleeps until the object changes, then runs `phase` again (or the same phase when absent). */
  | { readonly blockedOn: Id; readonly phase?: string }
  /** The call goes on in another phase; other actors may run before it does. `locals` travel along as data. */
  | { readonly then: string; readonly locals?: Record<string, unknown> }
  /** The kernel hit an assertion: the process ends here (`"r":"killed"` in a recording). */
  | { readonly killed: string }

export const done = (value: unknown = 0): Outcome => ({ done: value })
export const blocked = (on: Id, phase?: string): Outcome => ({ blockedOn: on, phase })
/** Not called `then`: a module that exports that name is taken for a promise when it is imported dynamically. */
export const thenPhase = (phase: string, locals?: Record<string, unknown>): Outcome => ({ then: phase, locals })
