/** What a slide says in the room that it has: whole sentences of a caption, else whole parts of one; the rest is for the notes. */
import { plainText } from '../../journal/say.ts'
import { wordsWidth, wrapWords } from '../../stage/glyphs/text.tsx'

/** Of the letters of a sentence, in units of a slide. */
export const SENTENCE = 36
/** Lines that the slide keeps free for it. */
export const LINES = 4
/** Where one bench has the whole width, and on a screen that stands upright. */
export const LONG_LINES = 3
export const SHORT_LINES = 7
/** Bold letters and identifiers are wider than plain words. */
const WIDER = 1.07

/** Parts with the marks between them; a mark inside bold or an identifier ends nothing. */
function partsOf(rich: string, end: RegExp): string[] {
  const parts: string[] = []
  for (const piece of rich.split(end)) {
    const open = parts.at(-1)
    const whole = open === undefined || ((open.match(/\*\*/g)?.length ?? 0) % 2 === 0 && (open.match(/`/g)?.length ?? 0) % 2 === 0)
    if (whole) parts.push(piece)
    else parts[parts.length - 1] = `${open} ${piece}`
  }
  return parts
}

const linesOf = (rich: string, width: number): number => wrapWords(plainText(rich), width, SENTENCE, Infinity, (text, size) => wordsWidth(text, size) * WIDER).length

/** As many parts from the first on as fit; at least one. */
function most(parts: readonly string[], width: number, lines: number): string {
  let count = parts.length
  while (count > 1 && linesOf(parts.slice(0, count).join(' '), width) > lines) count--
  return parts.slice(0, count).join(' ')
}

/** `width` in units of a slide; `rest`: whether something is left for the notes. */
export function fitSentence(rich: string, width: number, lines = LINES): { readonly text: string; readonly rest: boolean } {
  const sentences = most(partsOf(rich, /(?<=[.!?]\*{0,2}) (?=[A-Z0-9*`])/), width, lines)
  if (linesOf(sentences, width) <= lines) return { text: sentences, rest: sentences !== rich }
  const clauses = most(partsOf(sentences, /(?<=[:;,]\*{0,2}) /), width, lines)
  return { text: clauses === sentences ? clauses : `${clauses.replace(/[:;,](\**)$/, '$1')}.`, rest: true }
}
