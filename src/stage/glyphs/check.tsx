/** What a check said no to, in a box beside the function that refused. The claim is bold, as in the caption. */
import { Words, wordsWidth } from './text.tsx'

interface Piece { readonly text: string; readonly bold: boolean }

const PLAIN = 450
const BOLD = 700

/** A caption's words with their weight, broken into lines. */
export function richLines(rich: string, width: number, size: number): Piece[][] {
  const words = rich.replace(/`/g, '').split('**').flatMap((part, i) => part.split(/(?<=\s)/).filter((text) => text !== '').map((text) => ({ text, bold: i % 2 === 1 })))
  const lines: Piece[][] = []
  let used = Infinity
  for (const word of words) {
    const w = wordsWidth(word.text, size, word.bold ? BOLD : 400)
    if (used + wordsWidth(word.text.trimEnd(), size, word.bold ? BOLD : 400) > width) {
      lines.push([])
      used = 0
    }
    const line = lines.at(-1)!
    const last = line.at(-1)
    if (last?.bold === word.bold) line[line.length - 1] = { ...last, text: last.text + word.text }
    else line.push(word)
    used += w
  }
  return lines
}

const LINE = 1.36
const AROUND = 11

/** How tall the box of a sentence is, and how many of its lines fit a height. */
export const checkHeight = (text: string, w: number, size: number): number => richLines(text, w - 2 * AROUND, size).length * size * LINE + AROUND

export function Check({ x, y, w, h, text, size }: { x: number; y: number; w: number; h: number; text: string; size: number }) {
  const lineH = size * LINE
  const most = Math.max(1, Math.floor((h - AROUND + 1) / lineH))
  const lines = richLines(text, w - 2 * AROUND, size)
  const shown = lines.slice(0, most)
  return (
    <g role="note" aria-label={text.replace(/\*\*|`/g, '')}>
      <rect x={x} y={y} width={w} height={shown.length * lineH + AROUND} rx={7} fill="var(--bad-ground)" stroke="var(--bad)" strokeWidth={1.5} />
      {shown.map((line, i) => (
        <Words key={i} x={x + AROUND} y={y + 6 + (i + 0.76) * lineH} size={size} weight={PLAIN} fill="var(--bad)">
          {line.map(({ text, bold }, j) => (bold ? <tspan key={j} fontWeight={BOLD}>{text}</tspan> : text))}
          {i === most - 1 && lines.length > most && '…'}
        </Words>
      ))}
    </g>
  )
}
