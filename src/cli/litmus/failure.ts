/** What is wrong with a litmus file: where, and how to put it right. */
export class Misread extends Error {
  readonly line: number
  readonly column: number
  readonly remedy: string
  constructor(line: number, column: number, message: string, remedy: string) {
    super(message)
    this.line = line
    this.column = column
    this.remedy = remedy
  }
}

/** A piece of a file's text and where it begins; both count from 1. */
export interface Piece { readonly text: string; readonly line: number; readonly column: number }

export const misread = ({ line, column }: Piece, at: number, message: string, remedy: string): never => {
  throw new Misread(line, column + at, message, remedy)
}
