/** The words of a program text. `;` ends a line like a line break does. */
import type { Place } from './ast.ts'
import { Mistake, say } from './mistake.ts'

export interface Token {
  /** `name`: with a small letter somewhere · `word`: a constant such as O_RDWR. */
  readonly kind: 'name' | 'word' | 'number' | 'text' | 'sign' | 'comment' | 'end-line' | 'end'
  readonly text: string
  readonly at: Place
}

const PATTERNS: readonly [Token['kind'] | 'space', RegExp][] = [
  ['space', /[ \t\r]+/y],
  ['comment', /#[^\n]*/y],
  ['number', /-?\d[A-Za-z_0-9]*/y],
  ['word', /[A-Z][A-Z0-9_]*(?![A-Za-z0-9_])/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['text', /"[^"\n]*("|(?=\n|$))/y],
  ['sign', /[={}(),|+*]/y],
  ['end-line', /[;\n]/y],
]

const NUMBER = /^-?(0x[0-9a-fA-F]+|\d+)$/
/** The value of a number as it is written; hexadecimal ones may have a sign too. */
export const numberOf = (text: string): number => (text.startsWith('-') ? -Number(text.slice(1)) : Number(text))

/** What cannot be read is said and passed over, so that one mistake does not hide the next. */
export function tokensOf(text: string, mistakes: Mistake[]): Token[] {
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
      if (kind === 'number' && !NUMBER.test(match)) mistakes.push(new Mistake(say('noNumber', { text: match }), say('writeNumber'), place))
      if (kind === 'text' && (match.length === 1 || !match.endsWith('"'))) mistakes.push(new Mistake(say('noClosing'), say('putClosing'), place))
      if (kind !== 'space') tokens.push({ kind, text: match, at: place })
      at += match.length
      if (match === '\n') {
        line++
        lineStart = at
      }
      break
    }
    if (!found) {
      const sign = String.fromCodePoint(text.codePointAt(at)!)
      mistakes.push(new Mistake(say('strangeSign', { sign }), say('knownSigns'), { line, column: at - lineStart + 1 }))
      at += sign.length
    }
  }
  tokens.push({ kind: 'end-line', text: '', at: { line, column: at - lineStart + 1 } }, { kind: 'end', text: '', at: { line, column: at - lineStart + 1 } })
  return tokens
}
