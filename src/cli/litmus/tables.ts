/** The tables of a litmus file, as they stand in its markdown: rows with the place of every cell. */
import { Misread, type Piece } from './failure.ts'

/** Part A: operations on memory. Part B: translation, where the sequence is words or one pure function. */
export type Row =
  | { readonly part: 'A'; readonly id: string; readonly cls: Piece; readonly init: Piece; readonly operations: Piece; readonly registers: Piece; readonly lazy: Piece; readonly allowed: Piece }
  | { readonly part: 'B'; readonly id: string; readonly input: Piece; readonly expected: Piece }

const A = ['Id', 'Class', 'Init', 'Operations', 'Registers', 'Lazy', 'Allowed']
const B = ['Id', 'Input / sequence', 'Expected']

const cellsOf = (text: string, line: number): Piece[] => {
  const cells: Piece[] = []
  let start = text.indexOf('|') + 1
  for (let i = start; i < text.length; i++) {
    if (text[i] !== '|' || text[i - 1] === '\\') continue
    const raw = text.slice(start, i)
    const lead = raw.length - raw.trimStart().length
    cells.push({ text: raw.trim(), line, column: start + lead + 1 })
    start = i + 1
  }
  return cells
}
const isLitmusId = (text: string): boolean => /^[A-Za-z]+\d+$/.test(text)

/** All rows, and what could not be read; a row that is no row of a known table is no silence but a mistake. */
export function readTables(text: string): { readonly rows: readonly Row[]; readonly mistakes: readonly Misread[] } {
  const rows: Row[] = []
  const mistakes: Misread[] = []
  const seen = new Map<string, number>()
  let header: readonly string[] | null = null
  text.split('\n').forEach((source, i) => {
    const line = i + 1
    if (!source.trimStart().startsWith('|')) {
      header = null
      return
    }
    if (/^[\s|:-]+$/.test(source)) return
    const cells = cellsOf(source, line)
    const named = cells.map(cell => cell.text)
    if (header === null) {
      header = named
      const wanted = named.includes('Operations') ? A : named.includes('Expected') ? B : null
      const missing = wanted?.filter(name => !named.includes(name)) ?? []
      if (missing.length > 0) mistakes.push(new Misread(line, 1, `the table has no column ${missing.join(', ')}`, `Its header must name ${wanted!.join(', ')}.`))
      return
    }
    const names = header
    const [first] = cells
    const known = A.every(name => names.includes(name)) ? 'A' : B.every(name => names.includes(name)) ? 'B' : null
    if (known === null || !first) {
      if (first && isLitmusId(first.text)) mistakes.push(new Misread(line, first.column, `${first.text} stands in a table that is no litmus table`, `Give the table the columns ${A.join(', ')}, or ${B.join(', ')}.`))
      return
    }
    const id = first.text
    if (!isLitmusId(id)) return void mistakes.push(new Misread(line, first.column, `"${id}" is no name of a test`, 'A name is letters and a number, such as M01.'))
    if (cells.length !== names.length) return void mistakes.push(new Misread(line, source.length, `${id} has ${cells.length} cells where its table has ${names.length}`, 'Give every column one cell; a bar inside a cell is written \\|.'))
    if (seen.has(id)) return void mistakes.push(new Misread(line, first.column, `${id} stands in line ${seen.get(id)} already`, 'Give every test a name of its own.'))
    seen.set(id, line)
    const cell = (name: string): Piece => cells[names.indexOf(name)]!
    rows.push(known === 'A'
      ? { part: 'A', id, cls: cell('Class'), init: cell('Init'), operations: cell('Operations'), registers: cell('Registers'), lazy: cell('Lazy'), allowed: cell('Allowed') }
      : { part: 'B', id, input: cell('Input / sequence'), expected: cell('Expected') })
  })
  return { rows, mistakes }
}
