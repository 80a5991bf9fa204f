/** A program as plain data: process blocks with one call per line, and perhaps an explicit schedule. */

/** Lines and columns count from 1. */
export interface Place { readonly line: number; readonly column: number }

export type Expr =
  | { readonly kind: 'number'; readonly value: number; /** As written: a mask may be larger than a number is exact. */ readonly text: string; readonly at: Place }
  | { readonly kind: 'text'; readonly value: string; readonly at: Place }
  /** `O_RDWR | O_CLOEXEC`; a bit without a name is a hexadecimal number. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly at: Place }
  /** A name of this process, of another process, or of a picture: the parameter says which. */
  | { readonly kind: 'name'; readonly name: string; readonly add: number; readonly at: Place }
  /** One operation of a GPU job: `read(bo)`. */
  | { readonly kind: 'call'; readonly call: string; readonly args: readonly Expr[]; readonly at: Place }

export interface CallLine {
  readonly kind: 'call'
  /** The name that the answer gets, or null. */
  readonly as: string | null
  readonly call: string
  readonly args: readonly Expr[]
  readonly at: Place
  readonly comment: string | null
}
export interface LandmarkLine { readonly kind: 'landmark'; readonly name: string; readonly at: Place; readonly comment: string | null }
export interface CommentLine { readonly kind: 'comment'; readonly comment: string; readonly at: Place }
export type Line = CallLine | LandmarkLine | CommentLine

export interface ProcessBlock {
  readonly kind: 'process'
  readonly name: string
  readonly letter: string
  /** Does not begin by itself, only when another process forks or spawns it (which is enough of a reason without this word). */
  readonly later: boolean
  readonly lines: readonly Line[]
  readonly at: Place
}
/** Runs the next `count` calls of a process. */
export interface Turn { readonly process: string; readonly count: number; readonly at: Place }
export interface ScheduleLine { readonly kind: 'schedule'; readonly turns: readonly Turn[]; readonly at: Place }
/** Names that all processes have in common; others belong to the process that gives them. */
export interface SharedLine { readonly kind: 'shared'; readonly names: readonly string[]; readonly at: Place }

export type Item = ProcessBlock | ScheduleLine | SharedLine | CommentLine
export interface Program { readonly items: readonly Item[] }

export const processesOf = (program: Program): readonly ProcessBlock[] => program.items.filter(item => item.kind === 'process')
export const callsOf = (block: ProcessBlock): readonly CallLine[] => block.lines.filter(line => line.kind === 'call')
export const sharedOf = (program: Program): readonly string[] => program.items.flatMap(item => (item.kind === 'shared' ? item.names : []))
/** null: no schedule is given, the current process runs until it waits. */
export function scheduleOf(program: Program): readonly Turn[] | null {
  const lines = program.items.filter(item => item.kind === 'schedule')
  return lines.length ? lines.flatMap(line => line.turns) : null
}
