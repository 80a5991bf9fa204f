/** A caption's two marks laid out in lines: `**bold**` for the claim, backticks for identifiers. */
import { monoWidth, wordsWidth } from '../stage/glyphs/text.tsx'

export interface Piece { readonly text: string; readonly bold: boolean; readonly code: boolean }

const CODE_SIZE = 0.93

const widthOf = ({ text, bold, code }: Piece, size: number): number => (code ? monoWidth(text, size * CODE_SIZE) : wordsWidth(text, size, bold ? 650 : 400))

/** Words with the spaces behind them. */
function words(text: string): Piece[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).flatMap((part) => {
    const bold = part.startsWith('**')
    const code = part.startsWith('`')
    const plain = bold ? part.slice(2, -2) : code ? part.slice(1, -1) : part
    return (plain.match(/\S+\s*|\s+/g) ?? []).map((word): Piece => ({ text: word, bold, code }))
  })
}

export function richLines(text: string, width: number, size: number): Piece[][] {
  const lines: Piece[][] = []
  let used = 0
  // Pieces without a space between them stay together.
  let glued: Piece[] = []
  const place = (): void => {
    const needed = glued.reduce((sum, each) => sum + widthOf({ ...each, text: each.text.trimEnd() }, size), 0)
    if (lines.length === 0 || used + needed > width) {
      lines.push([])
      used = 0
    }
    lines.at(-1)!.push(...glued)
    used += glued.reduce((sum, each) => sum + widthOf(each, size), 0)
    glued = []
  }
  for (const word of words(text)) {
    glued.push(word)
    if (/\s$/.test(word.text)) place()
  }
  if (glued.length > 0) place()
  return lines
}
