/** Shelf helper: one system call, one file in `syscalls/`. */
import type { EventName, Syscalls } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import type { Outcome } from './fail.ts'

/** A plain call is one `run`; a call that others may interrupt is named phases, atomic each, starting with the first. */
export type Phases<A> = Record<string, (k: Kernel, args: A, locals: Record<string, unknown>) => Outcome>

/** Sentences for the events of a file, keyed by event; `{field}` stands for a field of the event. Keyed, so that they can be translated. */
/** Templates by event; `event:word` where a field has that word as its value. */
export type Says = Partial<Record<EventName | `${EventName}:${string}`, string>>

export interface Syscall<A = Record<string, unknown>> {
  readonly name: string
  readonly says?: Says
  readonly run?: (k: Kernel, args: A) => Outcome
  readonly phases?: Phases<A>
}

export function syscall<N extends keyof Syscalls & string>(call: { name: N } & Omit<Syscall<Syscalls[N] extends { args: infer A } ? A : never>, 'name'>): Syscall {
  return call as unknown as Syscall
}
