/**
 * Shelf helper: the calls that a program can make. A call is plain data and small functions: what it is given, and what
 * it asks of the kernel. Calls that are functions of a library name that function instead (function.ts).
 */
import type { Id, Objects } from '../journal/vocabulary.ts'

/** What a name of a program stands for: a number, with a length when it is a mapping, or with an object of a library. */
export interface Value {
  readonly value: number
  readonly length: number
  readonly obj: Id | null
  /** False when the call that should have given it failed. */
  readonly ok: boolean
}

/** An argument that is a place in a mapping: `rest` bytes of it lie behind `addr`. */
export interface Place { readonly addr: number; readonly rest: number; readonly start: number; readonly length: number }
/** One operation of a GPU job. `bo` is an object of the library, else `va` and `size` say where; `uses` has a handle in `va`. */
export interface JobPart { readonly op: 'read' | 'write' | 'uses'; readonly bo: Id | null; readonly va: number; readonly size: number; readonly pattern: string | null }

export interface Param {
  readonly name: string
  /** fd: a failed name is -1 · handle, number: 0 · mapping, bo: the line is skipped · others are written out. */
  readonly kind: 'fd' | 'handle' | 'number' | 'words' | 'text' | 'bytes' | 'process' | 'mapping' | 'bo' | 'picture' | 'device' | 'job'
  /** What it is when left out; undefined: it cannot be. */
  readonly absent?: unknown
  /** Constants that are known here, for completion and for did-you-mean. A number such as 0x8 is always allowed. */
  readonly words?: readonly string[]
  /** Takes all arguments that are left. */
  readonly rest?: boolean
}

/** Arguments by the names of the parameters; which type each has is said by its kind. */
export type Args = Readonly<Record<string, never>>

/** What a call in progress asks for. */
export type Ask =
  | { readonly ask: 'trap'; readonly name: string; readonly args: Readonly<Record<string, unknown>> }
  | { readonly ask: 'load'; readonly addr: number; readonly count: number }
  | { readonly ask: 'store'; readonly addr: number; readonly bytes: string }
  /** Loads through one mapping and stores what it read through another. */
  | { readonly ask: 'copy'; readonly to: number; readonly from: number; readonly count: number }
  /** Draws a picture, one 32-bit pixel after the other. */
  | { readonly ask: 'fill'; readonly addr: number; readonly picture: string; readonly size: number }
  /** The hardware does something by itself, at the pages of a mapping: the first `run` bytes of each `stride`; stride 0: all of them. */
  | { readonly ask: 'hardware'; readonly event: 'evict' | 'evict_linear' | 'prefetch' | 'gpu_evict' | 'drain'; readonly addr: number; readonly size: number; readonly stride: number; readonly run: number }
  /** A process of this program begins. */
  | { readonly ask: 'spawn'; readonly task: Id<'task'> }
  /** These signals do not end this process any more. */
  | { readonly ask: 'catch'; readonly signals: readonly string[] }

export interface Call {
  readonly name: string
  readonly docs: string
  readonly params: readonly Param[]
  /** What the answer is, in one word for the reader: `fd`, `handle`, `mapping`. */
  readonly gives?: string
  readonly ask?: (args: Args, task: Readonly<Objects['task']>) => Ask
  /** The number that a name for the answer stands for. */
  readonly value?: (answer: never, args: Args) => number | Pick<Value, 'value' | 'length'>
  /** What its end means for the program, once it has worked; absent: the words that every call has. */
  readonly done?: string
  /** The same for a call that failed. */
  readonly failed?: string
  /** No call of the process: something that hardware does by itself at this place. Where nothing happens it is no stop. */
  readonly byItself?: true
  /** The function of a library that does it; absent: `ask`. */
  readonly fn?: string
}

const param = (kind: Param['kind']) => (name: string, absent?: unknown): Param => (absent === undefined ? { name, kind } : { name, kind, absent })
export const fd = param('fd')
export const handle = param('handle')
export const number = param('number')
export const text = param('text')
export const bytes = param('bytes')
export const mapping = param('mapping')
export const process = param('process')
export const device = param('device')
export const words = (name: string, known: readonly string[], absent?: readonly string[]): Param =>
  absent === undefined ? { name, kind: 'words', words: known } : { name, kind: 'words', words: known, absent }

/** A system call whose arguments have the names of the parameters, perhaps rearranged. */
export const trap = (name: string, args: (a: Args) => Record<string, unknown> = a => ({ ...a })) => (a: Args): Ask => ({ ask: 'trap', name, args: args(a) })
/** An ioctl on the parameter `fd`; the other parameters are its structure. */
export const ioctl = (request: string, arg: (a: Args) => Record<string, unknown> = ({ fd: _fd, ...rest }) => rest) => (a: Args): Ask =>
  ({ ask: 'trap', name: 'ioctl', args: { fd: a.fd, request, arg: arg(a) } })
/** One field of what an ioctl filled in. */
export const field = (name: string) => (answer: Readonly<Record<string, number>>): number => answer[name]!
