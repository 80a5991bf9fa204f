/** A large buffer in small: which cell a line lies in, what its cells say, and that the small picture is made of pixels of the large one. */
import { expect, test } from 'vitest'
import { CPU_DATA, CPU_LINE, DIRTY, DRAM } from '../../../journal/areas.ts'
import { CPU_OLD, CONFLICT, DRAM_OLD } from '../../../journal/marks.ts'
import { CONFLICT_HERE, DIRTY_HERE, firstOld, fitted, HELD_HERE, OLD_HERE, pageAt, paintWhole, shapeOf, wholeCopy } from './whole.ts'

const PAGES = 2025
const FIRST = 7
const SHAPE = { width: 1920, height: 1080 }
const GRID = { columns: 40, rows: 27 }
const pages = Array.from({ length: PAGES }, (_, index) => ({ owner: 'gem:A.2' as const, index, frame: FIRST + index, since: 0 }))
/** Line of memory of a pixel of the buffer. */
const lineOf = (x: number, y: number): number => FIRST * 64 + (y * 1920 + x) / 16
const cellOf = (x: number, y: number): number => Math.floor(y / 40) * 40 + Math.floor(x / 48)

function machine() {
  const words: Record<string, Uint32Array> = { [DRAM]: new Uint32Array((FIRST + PAGES) * 1024), [CPU_DATA]: new Uint32Array((FIRST + PAGES) * 1024), [CPU_LINE]: new Uint32Array((FIRST + PAGES) * 64) }
  return { words, marks: new Uint32Array((FIRST + PAGES) * 64), snapshot: { records: new Map(), words } }
}

test('one line among 129,600 is found in its cell, with its marks, and counted', () => {
  const { words, marks, snapshot } = machine()
  const line = lineOf(960, 540)
  words[CPU_LINE]![line] = DIRTY
  marks[line] = CPU_OLD | CONFLICT | DRAM_OLD
  const cpu = wholeCopy(snapshot, { marks }, 'cpu', pages, SHAPE, GRID)
  expect([cpu.lines, cpu.clean, cpu.dirty, cpu.old, cpu.conflict]).toEqual([129_600, 0, 1, 1, 1])
  expect([...cpu.bits].flatMap((bit, cell) => (bit ? [[cell, bit]] : []))).toEqual([[cellOf(960, 540), HELD_HERE | DIRTY_HERE | OLD_HERE | CONFLICT_HERE]])
  const dram = wholeCopy(snapshot, { marks }, 'dram', pages, SHAPE, GRID)
  expect([dram.clean, dram.old, dram.conflict]).toEqual([129_600, 1, 0])
  expect([...dram.bits].filter((bit) => bit & OLD_HERE).length).toBe(1)
  expect(firstOld({ marks }, pages)!.frame).toBe(Math.floor(line / 64))
})

test('every cell has lines, and a line at each corner lies in the corner', () => {
  const { marks, snapshot } = machine()
  for (const [x, y] of [[0, 0], [1904, 0], [0, 1079], [1904, 1079]] as const) {
    marks.fill(0)
    marks[lineOf(x, y)] = DRAM_OLD
    const { bits } = wholeCopy(snapshot, { marks }, 'dram', pages, SHAPE, GRID)
    expect(bits.findIndex((bit) => (bit & OLD_HERE) !== 0)).toBe(cellOf(x, y))
    expect(bits.every((bit) => (bit & HELD_HERE) !== 0)).toBe(true)
  }
})

test('the small picture holds pixels of the large one, and nothing where no line is held', () => {
  const { words, snapshot } = machine()
  for (let i = 0; i < 1920 * 1080; i++) words[DRAM]![FIRST * 1024 + i] = i & 0xffffff
  const { rgba } = paintWhole(snapshot, 'dram', pages, SHAPE, 160, 90)
  const at = (x: number, y: number): number => (rgba[(y * 160 + x) * 4]! << 16) | (rgba[(y * 160 + x) * 4 + 1]! << 8) | rgba[(y * 160 + x) * 4 + 2]!
  expect([at(0, 0), at(159, 89), at(80, 45)]).toEqual([6 * 1920 + 6, 1074 * 1920 + 1914, 546 * 1920 + 966])
  expect(paintWhole(snapshot, 'cpu', pages, SHAPE, 160, 90).rgba.every((each) => each === 0)).toBe(true)
})

test('a place of the picture is a page, and the picture keeps its sides', () => {
  expect(pageAt(SHAPE, pages, 0, 0)!.index).toBe(0)
  expect(pageAt(SHAPE, pages, 0.9999, 0.9999)!.index).toBe(2024)
  expect(pageAt(SHAPE, pages, 0.5, 0.5)!.index).toBe(Math.floor((540 * 1920 + 960) / 1024))
  expect(fitted({ x: 10, y: 20, w: 160, h: 160 }, SHAPE)).toEqual({ x: 10, y: 55, w: 160, h: 90 })
  expect(shapeOf({ records: new Map(), words: {} }, PAGES)).toEqual(SHAPE)
})
