/**
 * Rows of part B that are one pure function: what stands first in the row names it. Each lies in a file of its own in
 * `pure/`; rows that name none are tests by hand.
 */
import { nearest } from '../../userspace/program/mistake.ts'
import { misread, type Piece } from './failure.ts'

export interface Pure {
  /** The words in capitals that rows of it begin with, if any do. */
  readonly words?: readonly string[]
  /** Does this row belong to it? */
  readonly reads: (input: string) => boolean
  /** The row's expectation and what the machine's own code gives; throws a Misread when the row cannot be read. */
  readonly check: (input: Piece, expected: Piece) => { readonly want: string; readonly got: string }
}

const files = import.meta.glob<{ default: Pure }>(['./pure/*.ts', '!./pure/*.test.ts', '!./pure/_*.ts'], { eager: true })
export const pure: readonly Pure[] = Object.values(files).map(file => file.default)

const WORDS = pure.flatMap(({ words = [] }) => words)

/** A row that nobody reads is prose, unless it begins with a word in capitals that is nearly one of those known. */
export function notMisspelt(input: Piece): void {
  const [first] = /^[A-Z]{4,}(?![\w.])/.exec(input.text) ?? []
  const meant = first === undefined ? null : nearest(first, WORDS)
  if (meant !== null) misread(input, 0, `nothing is called ${first}`, `Did you mean ${meant}? A row by hand begins with another word.`)
}
