/**
 * Rows of part B that are one pure function: what stands first in the row names it. Each lies in a file of its own in
 * `pure/`; rows that name none are tests by hand.
 */
import type { Piece } from './failure.ts'

export interface Pure {
  /** Does this row belong to it? */
  readonly reads: (input: string) => boolean
  /** The row's expectation and what the machine's own code gives; throws a Misread when the row cannot be read. */
  readonly check: (input: Piece, expected: Piece) => { readonly want: string; readonly got: string }
}

const files = import.meta.glob<{ default: Pure }>(['./pure/*.ts', '!./pure/*.test.ts', '!./pure/_*.ts'], { eager: true })
export const pure: readonly Pure[] = Object.values(files).map(file => file.default)
