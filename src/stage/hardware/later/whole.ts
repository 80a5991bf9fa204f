/**
 * A buffer too large to show line by line, as a heat-map: its picture with one pixel for many, and over it a grid of cells, each of which
 * stands for the lines in it. Worked out from states and marks of lines, so its size costs nothing but a walk through them.
 */
import { LINES_PER_PAGE, WORDS_PER_LINE } from '../../../base/brand.ts'
import type { BufferPage } from '../../../journal/buffer-pages.ts'
import { CLEAN, CPU_DATA, CPU_LINE, DIRTY, DRAM, GPU_DATA, GPU_LINE, INVALID } from '../../../journal/areas.ts'
import { CONFLICT, CPU_OLD, DRAM_OLD, GPU_OLD } from '../../../journal/marks.ts'
import { all, type Snapshot } from '../../../journal/snapshot.ts'
import type { Truth } from '../../../journal/truth.ts'
import type { Kind } from '../../../journal/vocabulary.ts'
import type { Box } from '../../places.ts'
import type { Pixels } from '../png.ts'

/** How a buffer is laid out as a picture, in pixels. */
export interface Shape { readonly width: number; readonly height: number }

/** As a framebuffer shows it; while there is none, rows of a page. */
export function shapeOf(snapshot: Snapshot, pages: number): Shape {
  const words = pages * LINES_PER_PAGE * WORDS_PER_LINE
  const fbs = [...all(snapshot, 'fb' as Kind), ...all(snapshot, 'crtc' as Kind)] as unknown as [string, Shape][]
  const fitting = fbs.find(([, { width, height }]) => width * height <= words && width * height > words - LINES_PER_PAGE * WORDS_PER_LINE)?.[1]
  if (fitting) return { width: fitting.width, height: fitting.height }
  // Nobody has said yet how wide it is: as wide as a panel of that many pixels.
  const width = Math.ceil(Math.sqrt((words * 16) / 9) / WORDS_PER_LINE) * WORDS_PER_LINE
  return { width, height: Math.ceil(words / width) }
}

export type WholeParty = 'cpu' | 'dram' | 'gpu'
const AREAS: Readonly<Record<WholeParty, { readonly data: string; readonly lines: string | null; readonly old: number }>> = {
  cpu: { data: CPU_DATA, lines: CPU_LINE, old: CPU_OLD }, dram: { data: DRAM, lines: null, old: DRAM_OLD }, gpu: { data: GPU_DATA, lines: GPU_LINE, old: GPU_OLD },
}

/** Bits of a cell: some line in it is held, dirty, old, or in conflict. */
export const HELD_HERE = 1
export const DIRTY_HERE = 2
export const OLD_HERE = 4
export const CONFLICT_HERE = 8

export interface Cells { readonly columns: number; readonly rows: number; readonly bits: Uint8Array }
export interface Counts { readonly lines: number; readonly clean: number; readonly dirty: number; readonly old: number; readonly conflict: number }
export interface WholeCopy extends Cells, Counts { readonly party: WholeParty }

/** Line `line` of a buffer, as a line of memory; -1: it has no page. */
const lineIn = (pages: readonly BufferPage[], line: number): number => {
  const page = pages[Math.floor(line / LINES_PER_PAGE)]
  return page ? page.frame * LINES_PER_PAGE + (line % LINES_PER_PAGE) : -1
}

/** The cell that the middle of a line lies in. */
function cellOf({ width, height }: Shape, { columns, rows }: Pick<Cells, 'columns' | 'rows'>, line: number): number {
  const pixel = line * WORDS_PER_LINE + WORDS_PER_LINE / 2
  const x = Math.floor(((pixel % width) * columns) / width)
  const y = Math.min(rows - 1, Math.floor((Math.floor(pixel / width) * rows) / height))
  return y * columns + x
}

/** What a party holds of a buffer. `grid`: how many cells there is room for. */
export function wholeCopy(snapshot: Snapshot, truth: Pick<Truth, 'marks'>, party: WholeParty, pages: readonly BufferPage[], shape: Shape, grid: Pick<Cells, 'columns' | 'rows'>): WholeCopy {
  const { lines: area, old: oldBit } = AREAS[party]
  const states = area === null ? undefined : snapshot.words[area]
  const bits = new Uint8Array(grid.columns * grid.rows)
  const lines = pages.length * LINES_PER_PAGE
  let [clean, dirty, old, conflict] = [0, 0, 0, 0]
  for (let i = 0; i < lines; i++) {
    const line = lineIn(pages, i)
    const state = area === null ? CLEAN : (states?.[line] ?? INVALID)
    if (state === INVALID) continue
    const mark = truth.marks[line] ?? 0
    let bit = HELD_HERE
    if (state === DIRTY) {
      dirty++
      bit |= DIRTY_HERE
    } else clean++
    if (mark & oldBit) {
      old++
      bit |= OLD_HERE
    }
    if (party === 'cpu' && mark & CONFLICT) {
      conflict++
      bit |= CONFLICT_HERE
    }
    const cell = cellOf(shape, grid, i)
    bits[cell] = bits[cell]! | bit
  }
  return { party, ...grid, bits, lines, clean, dirty, old, conflict }
}

/** The cells of the panel: where it showed old bytes. */
export function panelCells(old: ArrayLike<number>, shape: Shape, grid: Pick<Cells, 'columns' | 'rows'>): Cells {
  const bits = new Uint8Array(grid.columns * grid.rows)
  for (let line = 0; line < old.length; line++) if (old[line] === 1) bits[cellOf(shape, grid, line)]! |= OLD_HERE
  return { ...grid, bits }
}

/** A picture with one pixel for many: the one in the middle of those that it stands for. `word` answers a pixel, or -1 where there is none. */
export function paintFew(shape: Shape, width: number, height: number, word: (pixel: number) => number): Pixels {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    const row = Math.min(shape.height - 1, Math.floor(((y + 0.5) * shape.height) / height)) * shape.width
    for (let x = 0; x < width; x++) {
      const value = word(row + Math.floor(((x + 0.5) * shape.width) / width))
      if (value < 0) continue
      rgba.set([(value >>> 16) & 255, (value >>> 8) & 255, value & 255, 255], (y * width + x) * 4)
    }
  }
  return { width, height, rgba }
}

/** What a party holds, painted so. */
export function paintWhole(snapshot: Snapshot, party: WholeParty, pages: readonly BufferPage[], shape: Shape, width: number, height: number): Pixels {
  const { data, lines } = AREAS[party]
  const [words, states] = [snapshot.words[data], lines === null ? undefined : snapshot.words[lines]]
  return paintFew(shape, width, height, (pixel) => {
    const line = lineIn(pages, Math.floor(pixel / WORDS_PER_LINE))
    if (line < 0 || (lines !== null && (states?.[line] ?? INVALID) === INVALID)) return -1
    return (words?.[line * WORDS_PER_LINE + (pixel % WORDS_PER_LINE)] ?? 0) & 0xffffff
  })
}

/** The part of a square box that a picture of this shape fills. */
export function fitted({ x, y, w, h }: Box, { width, height }: Shape): Box {
  const scale = Math.min(w / width, h / height)
  const [fw, fh] = [width * scale, height * scale]
  return { x: x + (w - fw) / 2, y: y + (h - fh) / 2, w: fw, h: fh }
}

/** Edge of a cell in CSS pixels: the least that a mark can be seen in. */
const CELL = 5
export const gridFor = ({ w, h }: Box): Pick<Cells, 'columns' | 'rows'> => ({ columns: Math.max(1, Math.floor(w / CELL)), rows: Math.max(1, Math.floor(h / CELL)) })

/** The page of a buffer at a place of its picture, both from 0 to 1. */
export function pageAt({ width, height }: Shape, pages: readonly BufferPage[], x: number, y: number): BufferPage | undefined {
  const pixel = Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width))
  return pages[Math.floor(pixel / WORDS_PER_LINE / LINES_PER_PAGE)]
}

/** The page with the first cell's worth of trouble: where a reader who asks for one line should land. */
export function firstOld(truth: Pick<Truth, 'marks'>, pages: readonly BufferPage[]): BufferPage | undefined {
  return pages.find(({ frame }) => truth.marks.subarray(frame * LINES_PER_PAGE, (frame + 1) * LINES_PER_PAGE).some((mark) => mark !== 0)) ?? pages[0]
}
