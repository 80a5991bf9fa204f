/** The words of a program text. `;` ends a line like a line break does. */
import type { Place } from './ast.ts'
import { Mistake } from './mistake.ts'

export interface Token {
  /** `name`: with a small letter somewhere · `word`: a constant such as O_RDWR. */
  readonly kind: 'name' | 'word' | 'number' | 'text' | 'sign' | 'comment' | 'end-line' | 'end'
  readonly text: string
  readonly at: Place
}

const PATTERNS: readonly [Token['kind'] | 'space', RegExp][] = [
  ['space', /[ \t\r]+/y],
  ['comment', /#[^\n]*/y],
  ['number', /-?(0x[0-9a-fA-F]+|\d+)(?![A-Za-z_0-9])/y],
  ['word', /[A-Z][A-Z0-9_]*(?![A-Za-z0-9_])/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['text', /"[^"\n]*"/y],
  ['sign', /[={}(),|+*]/y],
  ['end-line', /[;\n]/y],
]

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  let lineStart = 0
  let at = 0
  while (at < text.length) {
    let found = false
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at
      const match = pattern.exec(text)?.[0]
      if (match === undefined) continue
      found = true
      const place = { line, column: at - lineStart + 1 }
      if (kind !== 'space') tokens.push({ kind, text: match, at: place })
      at += match.length
      if (match === '\n') {
        line++
        lineStart = at
      }
      break
    }
    if (!found) {
      const place = { line, column: at - lineStart + 1 }
      if (text[at] === '"') throw new Mistake('The text has no closing quotation mark.', 'Put " where it ends, on the same line.', place)
      throw new Mistake(`The sign ${text[at]} has no meaning here.`, 'Programs consist of names, numbers, "text", and the signs = ( ) { } , | + *', place)
    }
  }
  tokens.push({ kind: 'end-line', text: '', at: { line, column: at - lineStart + 1 } }, { kind: 'end', text: '', at: { line, column: at - lineStart + 1 } })
  return tokens
}
