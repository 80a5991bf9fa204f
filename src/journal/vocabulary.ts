/**
 * The words of the journal. Three empty lists that files of the machine add to (`declare module`), so that the stage
 * knows every object, event and call by type without importing the kernel.
 */

/** Object kinds: name → record. Records are replaced, never edited. */
export interface Objects {}
/** Event kinds: name (`noun.verb`) → fields. */
export interface Events {}
/** System calls and program calls: name → arguments and result. */
export interface Syscalls {}

export type Kind = keyof Objects & string
/** `kind:key`; the key comes from the call that made the object, so counterparts in two runs have equal ids. */
export type Id<K extends string = string> = `${K}:${string}`
export type EventName = keyof Events & string

export const kindOf = (id: Id): string => id.slice(0, id.indexOf(':'))

/** An errno name, spelled as in Linux. */
export type Errno =
  | 'EACCES' | 'EBADF' | 'EBADFD' | 'EBUSY' | 'EEXIST' | 'EFAULT' | 'EFBIG' | 'EINTR' | 'EINVAL' | 'EMFILE' | 'ENODEV' | 'ENOENT'
  | 'ENOMEM' | 'ENOSPC' | 'ENOSYS' | 'ENOTTY' | 'ENXIO' | 'EOPNOTSUPP' | 'EOVERFLOW' | 'EPERM' | 'ERANGE' | 'ESPIPE' | 'ETIME' | 'ETIMEDOUT' | 'EAGAIN' | 'ESRCH'

declare module './vocabulary.ts' {
  interface Objects {
    /**
     * A reference: `from` holds `to` in its slot, counted in that field of `to`; '' for a name that is not counted.
     * `lost`: taken by a function that returned without dropping it; nobody can put it any more.
     */
    ref: { from: Id; slot: string; to: Id; counter: string; lost: boolean }
  }
  interface Events {
    /** A function of the simulated kernel or of Mesa begins to run; it stands last in the step's stack. */
    'fn.enter': { fn: string }
    /** A call of the program begins. `line` counts from 1 in the program text; `text` is that line. */
    'call.enter': { name: string; text: string; line: number }
    /** The call crosses the syscall boundary into the kernel; what user space really asked. */
    'trap.enter': { name: string; text: string }
    /** And back: `result` is what user space sees. */
    'trap.leave': { name: string; result: string; errno: Errno | null }
    'call.leave': { name: string; result: string; errno: string | null }
    'ref.take': { from: Id; slot: string; to: Id; counter: string; count: number }
    'ref.drop': { from: Id; slot: string; to: Id; counter: string; count: number }
    'ref.lost': { from: Id; slot: string; to: Id; counter: string; by: string }
  }
}
