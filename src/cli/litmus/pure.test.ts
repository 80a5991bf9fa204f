/** Rows of part B that are pure functions: they pass as they stand, and another constant on either side is another result. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runLitmus, type Result } from '../litmus.ts'

const text = readFileSync(new URL('./tables.md', import.meta.url).pathname, 'utf8')
const PURE = ['T01', 'T02', 'T03', 'T04', 'T05', 'T06', 'T07', 'T08', 'T09', 'T21', 'T22']
const BY_HAND = ['T10', 'T11', 'T12', 'T13', 'T14', 'T15', 'T16', 'T17', 'T18', 'T19', 'T20']
const HEAD = '| Id | Input / sequence | Expected | Rationale |\n|---|---|---|---|\n'
const rowOf = (id: string): string => text.split('\n').find(line => line.startsWith(`| ${id} |`))!
const run = (row: string): Result => runLitmus('some.md', `${HEAD}${row}\n`, undefined, 1)[0]!

test('every row of part B passes, or is told to be one by hand', () => {
  const results = runLitmus('tables.md', text, undefined, 1).filter(one => one.id.startsWith('T'))
  expect(results.filter(one => one.outcome === 'pass').map(one => one.id)).toEqual(PURE)
  expect(results.filter(one => one.outcome === 'by hand').map(one => one.id)).toEqual(BY_HAND)
})

test.each([
  ['T01', '0x0000ffffb2c41abc', '0x0000ffffb2c42abc'], ['T01', '406', '407'], ['T01', '0xabc', '0xabd'], ['T02', '0x02400400', '0x02600400'],
  ['T03', '0x80001000', '0x80002000'], ['T03', 'outer', 'inner'], ['T03', 'no-exec', 'exec'], ['T03', 'read+write', 'read'], ['T03', '1 / 0', '2 / 0'], ['T03', '12c5', '12c1'],
  ['T04', '12c7', '12c5'], ['T04', 'level-3', 'level-2'], ['T05', 'special, ', ''], ['T05', 'nG, ', ''], ['T05', 'PXN, ', ''], ['T05', 'user RW', 'user R'], ['T05', 'user ', ''], ['T05', 'index 2', 'index 4'],
  ['T06', '0x80200000', '0x80300000'], ['T06', '4 MiB', '6 MiB'], ['T07', '511, 1, 511, 1', '512, 512'], ['T08', '8 KiB', '12 KiB'],
  ['T09', '(`0x27ff000`, 8 KiB)', '(`0x27ff000`, 4 KiB)'], ['T09', '0x2400015', '0x2400016'], ['T21', 'writable', 'not to be written'], ['T21', '0x12345000', '0x12346000'],
  ['T22', '0x7a5b2000', '0x7a5b3000'], ['T22', '0x888d88', '0x888d89'], ['T22', 'non-coherent / coherent', 'coherent / non-coherent'],
])('%s with %s changed to %s does not pass', (id, from, to) => {
  expect(rowOf(id)).toContain(from)
  expect(run(rowOf(id)).outcome).toBe('pass')
  expect(run(rowOf(id).replace(from, to)).outcome).toBe('fail')
})

test('another name of a row changes nothing', () => expect(run(rowOf('T08').replace('T08', 'T77'))).toMatchObject({ id: 'T77', outcome: 'pass' }))

test.each([
  ['| T90 | WALK x86, VA `0x1000` | 0, 0, 0, 1; offset 0x0 | |', 'some.md: line 3, column 14: the format is not known. Walks are of arm64 or Mali tables.'],
  ['| T90 | LEAF Mali, PA `0x1000`, read, outer | `0x1241` | |', 'some.md: line 3, column 9: there is no attribute index. Say which: index 1, or index 1 / 0.'],
  ['| T90 | RUNS (iova `0x1000`, 4 MiB) | 1 × 4 KiB | |', 'some.md: line 3, column 15: there are 2 arguments, not 3. Separate them by commas.'],
  ['| T90 | RUNS (iova `0x1000`, PA `0x1000`, 4 KiB) | one page | |', 'some.md: line 3, column 52: "one page" is no run. Write 2 × 2 MiB, or 511, 1 × 4 KiB.'],
  ['| T90 | RUNS (iova `0x1000`, PA `0x1800`, 4 KiB) | 1 × 4 KiB | |', 'some.md: line 3, column 34: 0x1800 is no beginning of a page. Write a multiple of `0x1000`.'],
  ['| T90 | RUNS (iova `0x1000`, PA `0x1000`, 4 KiB); (iova `0x1000`, PA `0x2000`, 4 KiB) | 1 × 4 KiB | |', 'some.md: line 3, column 51: there is a second range. Give it a row of its own.'],
  ['| T90 | WALK arm64, VA `0x1000000000000` | 0, 0, 0, 0; offset 0x0 | |', 'some.md: line 3, column 25: 0x1000000000000 has more than 48 bits. Write an address that the format can hold.'],
  ['| T90 | LEAF Mali, PA `0x10000000000`, read, outer, attribute index 1 | `0x1` | |', 'some.md: line 3, column 24: 0x10000000000 has more than 40 bits. Write an address that the format can hold.'],
  ['| T90 | LEAF Mali, PA `0x1000`, read, outer, attribute index 9 | `0x1` | |', 'some.md: line 3, column 56: index 9 is none of three bits. An attribute index is 0 to 7.'],
  ['| T90 | LEAF Mali, PA `0x1000`, read, outer, attribute index 1 | `0x1` / `0x2` | |', 'some.md: line 3, column 66: there are 2 values for 1. Write one for each that the row asks for.'],
  ['| T90 | V3D entry for PA `0x1000000000` | `0x1` | |', 'some.md: line 3, column 27: 0x1000000000 has more than 36 bits. Write an address that the format can hold.'],
  ['| T90 | LOCK (`0x2400000`, much) | `0x240000e` | |', 'some.md: line 3, column 28: "much" is no whole number of pages. Write a size such as 4 MiB + 8 KiB.'],
  ['| T90 | | 1 | |', 'some.md: line 3, column 9: there is no input. Write what the row asks for, such as WALK Mali, GPU VA `0x1000`.'],
  ['| T90 | WLAK Mali, GPU VA `0x1000` | 0, 0, 0, 1; offset 0x0 | |', 'some.md: line 3, column 9: nothing is called WLAK. Did you mean WALK? A row by hand begins with another word.'],
  ['| T90 | TRANSTAP for pgd `0x7a5b2000` coherent | `0x7a5b2017` | |', 'some.md: line 3, column 9: nothing is called TRANSTAP. Did you mean TRANSTAB? A row by hand begins with another word.'],
  ['| T90 | LOCK (`0x2400000`, 4 MiB) | none | |', 'some.md: line 3, column 37: there are 0 numbers in hexadecimal, not 1. Write addresses and values as `0x8000`.'],
])('what cannot be read says where and what to do: %s', (row, said) => expect(run(row)).toEqual({ id: 'T90', outcome: 'fail', text: said }))

test.each(['CPU reads the page, then the GPU', 'MMU off: G.ld', 'RUN the job twice', 'BO of 8 MiB', 'walk the tables by hand', 'PTE is cleared'])('prose is not taken for a misspelt word: %s', prose => {
  expect(run(`| T90 | ${prose} | 1 | |`).outcome).toBe('by hand')
})
