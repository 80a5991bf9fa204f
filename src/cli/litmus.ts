/**
 * `npm run litmus -- FILE…`: reads the tables of litmus files as they stand and runs every test on the machine's own memory:
 * the lazy result must be equal, the explored set must be equal, and a thousand seeds must stay inside it.
 * Rows whose sequence is prose are listed as by hand. The last line counts what passed and what failed.
 */
import { readFileSync, statSync } from 'node:fs'
import { Memory } from '../hardware/memory.ts'
import { Misread, misread } from './litmus/failure.ts'
import { Bench, type Make } from './litmus/modes.ts'
import { namesIn, parseOperations, parseSet, parseTuple, registersOf } from './litmus/notation.ts'
import { notMisspelt, pure } from './litmus/pure.ts'
import { settingOf } from './litmus/setting.ts'
import { readTables, type Row } from './litmus/tables.ts'

export interface Result { readonly id: string; readonly outcome: 'pass' | 'fail' | 'by hand'; readonly text: string }

const SEEDS = 1000
const memory: Make = (world, platform, pick) => new Memory(world, platform, pick)
const setText = (values: readonly string[]): string => `{${values.join(', ')}}`

function runA(row: Extract<Row, { part: 'A' }>, make: Make, seeds: number): Result {
  const { id } = row
  const ops = parseOperations(row.operations)
  const names = registersOf(ops)
  const listed = namesIn(row.registers)
  if (listed.join() !== names.join()) throw new Misread(row.registers.line, row.registers.column, `the registers are ${listed.join(', ')}, but the operations fill ${names.join(', ') || 'none'}`, 'List exactly those, in alphabetical order.')
  const wantLazy = parseTuple(row.lazy, names.length)
  const allowed = parseSet(row.allowed, names.length)
  const bench = new Bench(make, settingOf(row.cls, row.init), ops)
  const lazy = bench.lazy()
  const { results, states } = bench.explore()
  const strays = new Set<string>()
  for (let seed = 0; seed < seeds; seed++) {
    const got = bench.random(seed)
    if (!allowed.includes(got)) strays.add(got)
  }
  const wrong = [
    ...(lazy === wantLazy ? [] : [`lazy gives ${lazy}, not ${wantLazy}`]),
    ...(results.join() === allowed.join() ? [] : [`exploring gives ${setText(results)}, not ${setText(allowed)}`]),
    ...(strays.size === 0 ? [] : [`chance gives ${setText([...strays].sort())} too`]),
  ]
  return wrong.length > 0 ? { id, outcome: 'fail', text: wrong.join('; ') } : { id, outcome: 'pass', text: `lazy ${lazy}, explored ${setText(results)} in ${states} states` }
}

function runB({ id, input, expected }: Extract<Row, { part: 'B' }>): Result {
  if (input.text === '') misread(input, 0, 'there is no input', 'Write what the row asks for, such as WALK Mali, GPU VA `0x1000`.')
  const one = pure.find(({ reads }) => reads(input.text))
  if (!one) {
    notMisspelt(input)
    return { id, outcome: 'by hand', text: input.text }
  }
  const { want, got } = one.check(input, expected)
  return want === got ? { id, outcome: 'pass', text: got } : { id, outcome: 'fail', text: `gives ${got}, not ${want}` }
}

/** Every test of a file's text. What cannot be read is a failure that names the place and the remedy. */
export function runLitmus(file: string, text: string, make: Make = memory, seeds = SEEDS): Result[] {
  const { rows, mistakes } = readTables(text)
  const failed = (id: string, { line, column, message, remedy }: Misread): Result => ({ id, outcome: 'fail', text: `${file}: line ${line}, column ${column}: ${message}. ${remedy}` })
  const results = mistakes.map(mistake => failed('', mistake))
  for (const row of rows) {
    try {
      results.push(row.part === 'A' ? runA(row, make, seeds) : runB(row))
    } catch (error) {
      if (!(error instanceof Misread)) throw error
      results.push(failed(row.id, error))
    }
  }
  if (results.length === 0) results.push(failed('', new Misread(1, 1, 'there is no litmus table', 'A table of tests has the columns Id, Class, Init, Operations, Registers, Lazy, Allowed.')))
  return results
}

export async function main(argv: readonly string[]): Promise<number> {
  const files = argv.filter(word => word !== '--')
  let passed = 0
  let failed = 0
  if (files.length === 0) {
    console.error('litmus: no file given. Say: npm run litmus -- FILE…')
    return 2
  }
  for (const file of files) {
    const found = statSync(file, { throwIfNoEntry: false })
    if (!found?.isFile()) {
      console.error(`${file}: ${found ? 'this is no file' : 'there is no such file'}. Give a litmus file, which is markdown with tables.`)
      return 2
    }
    for (const { id, outcome, text } of runLitmus(file, readFileSync(file, 'utf8'))) {
      console.log(`${(id || '-').padEnd(5)} ${outcome.padEnd(8)} ${text}`)
      if (outcome === 'pass') passed++
      if (outcome === 'fail') failed++
    }
  }
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
