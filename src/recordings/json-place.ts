/** Where in a JSON text a value stands, as line and column. The text has been parsed before, so it is well formed. */
import { fill } from '../base/fill.ts'
import { SENTENCES } from './sentences.ts'

/** One token: a text, a number or word, or a sign. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s"{}[\],:]+|[{}[\],:]/gy

/** `line 3, column 7`: the place of the value at a path (names and indexes), or of the nearest value around it that is there. */
export function placeIn(text: string, path: readonly (string | number)[]): string {
  const tokens: { text: string; at: number }[] = []
  for (let at = 0; ; ) {
    while (/\s/.test(text[at] ?? '')) at++
    TOKEN.lastIndex = at
    const [found] = TOKEN.exec(text) ?? []
    if (found === undefined) break
    tokens.push({ text: found, at })
    at += found.length
  }
  let next = 0
  let wanted = tokens[0]?.at ?? 0
  /** Passes over one value; `rest` is the part of the path that leads into it, null: it is none of ours. */
  const value = (rest: readonly (string | number)[] | null): void => {
    const open = tokens[next++]!
    if (rest) wanted = open.at
    if (open.text !== '{' && open.text !== '[') return
    const end = open.text === '{' ? '}' : ']'
    for (let i = 0; tokens[next] && tokens[next]!.text !== end; i++) {
      let key: string | number = i
      if (end === '}') {
        key = JSON.parse(tokens[next]!.text) as string
        next += 2
      }
      value(rest && rest.length > 0 && rest[0] === key ? rest.slice(1) : null)
      if (tokens[next]?.text === ',') next++
    }
    next++
  }
  value(path)
  return lineAndColumn(text, wanted)
}

export function lineAndColumn(text: string, at: number): string {
  const before = text.slice(0, at).split('\n')
  return fill(SENTENCES.place, { line: before.length, column: before.at(-1)!.length + 1 })
}

const VALUE = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy

/** Where a text stops being JSON: engines say it in words of their own, or not at all. The end, if it only stops too early. */
export function brokenAt(text: string): number {
  let at = 0
  const space = (): void => { while (/[ \t\r\n]/.test(text[at] ?? '')) at++ }
  const sign = (wanted: string): boolean => {
    space()
    if (text[at] !== wanted) return false
    at++
    return true
  }
  const plain = (): boolean => {
    space()
    VALUE.lastIndex = at
    const found = VALUE.exec(text)
    if (found) at += found[0].length
    return found !== null
  }
  /** Items between brackets, with commas. */
  const list = (end: string, item: () => boolean): boolean => {
    if (sign(end)) return true
    do if (!item()) return false
    while (sign(','))
    return sign(end)
  }
  const name = (): boolean => {
    space()
    return text[at] === '"' && plain() && sign(':') && value()
  }
  const value = (): boolean => (sign('{') ? list('}', name) : sign('[') ? list(']', value) : plain())
  if (value()) space()
  return at
}
