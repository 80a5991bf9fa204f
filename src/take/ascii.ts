/** Text for a mail: plain ASCII, so that every reader's columns are as wide, and no line longer than 80. */
export const COLUMNS = 80

const SPELLED: Readonly<Record<string, string>> = {
  '→': '->', '←': '<-', '↑': '^', '↓': 'v', '…': '...', '·': '-', '×': 'x', '–': '-', '—': '-', '−': '-', '“': '"', '”': '"', '‘': "'", '’': "'", '≤': '<=', '≥': '>=', '≠': '!=', '⊃': '>', 'µ': 'u', ' ': ' ',
  '✓': '[ok]', '✗': '[fails]', '⚠': '[stale]', '◐': '[by luck]',
}

/** What ASCII lacks is spelled. */
export const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/gu, (sign) => SPELLED[sign] ?? '?')

/** As much of a line as fits. */
export const clip = (text: string, width = COLUMNS): string => (text.length <= width ? text : `${text.slice(0, width - 3)}...`)

/** Broken between words; a word that is longer than a line is broken as well. The first line keeps the spaces before it; `indent` stands before the others. */
export function wrap(text: string, width = COLUMNS, indent = ''): string[] {
  const lines: string[] = []
  let line = /^ */.exec(text)![0]
  let empty = true
  for (const word of text.trim().split(/ +/)) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
    for (; line.length > width; line = indent + line.slice(width)) lines.push(line.slice(0, width))
  }
  return [...lines, line]
}
