/**
 * Functions of user-space libraries. One is a list of named steps; a step answers what happens next. A running function is a
 * frame: plain data with the name of the step it stands in, so a process can be left and taken up again anywhere.
 */
import type { Errno, Id } from '../journal/vocabulary.ts'
import type { World } from '../world/world.ts'
import type { Value } from './call.ts'
import type { MesaParts } from './mesa/parts.ts'

type Vars = Readonly<Record<string, unknown>>

export interface Frame {
  readonly fn: string
  /** The step that runs next. */
  readonly at: string
  readonly vars: Vars
}

/** What a step is given. `answer` and `errno` are those of the call that the step before it made. */
export interface User {
  readonly world: World
  readonly task: Id<'task'>
  readonly mesa: MesaParts
  readonly answer: never
  readonly errno: Errno | null
}

export type Next =
  /** Into the kernel; the answer is there in the next step, or in `then`. */
  | { readonly trap: string; readonly args: Vars; readonly then?: string; readonly keep?: Vars }
  | { readonly call: string; readonly vars: Vars; readonly then?: string; readonly keep?: Vars }
  | { readonly give: number | Pick<Value, 'value' | 'length' | 'obj'> }
  | { readonly fail: Errno }
  /** A failed assertion: SIGABRT. */
  | { readonly abort: string }
  | { readonly go: string; readonly keep?: Vars }

/** `vars` is what the function was given and what earlier steps kept; each function knows its own. */
export type StepFn = (user: User, vars: never) => Next

/** Steps whose variables only they know. */
export const steps = (list: Readonly<Record<string, unknown>>): Readonly<Record<string, StepFn>> => list as Readonly<Record<string, StepFn>>

export interface UserFunction { readonly name: string; readonly steps: Readonly<Record<string, StepFn>> }
export function userFunction(name: string, steps: Readonly<Record<string, StepFn>>): UserFunction {
  return { name, steps }
}

export const frame = (fn: UserFunction, vars: Vars): Frame => ({ fn: fn.name, at: Object.keys(fn.steps)[0]!, vars })

/** The step behind this one. */
export function stepAfter(fn: UserFunction, at: string): string | undefined {
  const names = Object.keys(fn.steps)
  return names[names.indexOf(at) + 1]
}

/** A function around one ioctl: asks, and gives the answer or the error on. */
export function around<V extends Vars>(name: string, ask: (vars: V) => { fd: number; request: string; arg: Vars }, value: (answer: never, vars: V) => number = () => 0): UserFunction {
  return userFunction(name, {
    ask: (_user, vars: V) => ({ trap: 'ioctl', args: { ...ask(vars) } }),
    answer: ({ answer, errno }, vars: V) => (errno === null ? { give: value(answer, vars) } : { fail: errno }),
  } as Readonly<Record<string, StepFn>>)
}
