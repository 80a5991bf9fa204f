/** Marks of state over lines of memory: each a pattern or an outline, never a hue alone. */
import type { Box } from '../places.ts'

/** Where lines lie: `columns` beside each other, rows of `k` pixels, bars of 16 pixels. */
export interface Grid { readonly x: number; readonly y: number; readonly k: number; readonly columns: number; /** Free pixels between bars; 0 in a picture. */ readonly gap: number; /** Width of a bar, where it is not that of 16 pixels. */ readonly w?: number }

export const gridOf = ({ x, y }: Pick<Box, 'x' | 'y'>, k: number, gap: number, columns = 2): Grid => ({ x, y, k, columns, gap })

export function barOf({ x, y, k, columns, gap, w = 16 * k }: Grid, line: number): Box {
  return { x: x + (line % columns) * w, y: y + Math.floor(line / columns) * k, w: w - gap, h: k - gap }
}

const rectPath = ({ x, y, w, h }: Box, inset = 0): string => `M${x + inset} ${y + inset}h${w - 2 * inset}v${h - 2 * inset}h${-(w - 2 * inset)}z`

/** One path over all lines that `is` names. */
export const barsPath = (grid: Grid, count: number, is: (line: number) => boolean, inset = 0): string =>
  Array.from({ length: count }, (_, line) => (is(line) ? rectPath(barOf(grid, line), inset) : '')).join('')

/** The outline around the lines that `is` names, what runs across and what runs down: neighbours share one, as an old stripe is one thing to the eye. */
export function outlineOf(grid: Grid, count: number, is: (line: number) => boolean): { readonly across: string; readonly down: string } {
  const { columns } = grid
  const has = (line: number, inRow = true): boolean => inRow && line >= 0 && line < count && is(line)
  let across = ''
  let down = ''
  for (let line = 0; line < count; line++) {
    if (!is(line)) continue
    const { x, y, w, h } = barOf(grid, line)
    const column = line % columns
    if (!has(line - columns)) across += `M${x} ${y}h${w}`
    if (!has(line + columns)) across += `M${x} ${y + h}h${w}`
    if (!has(line - 1, column > 0)) down += `M${x} ${y}v${h}`
    if (!has(line + 1, column < columns - 1)) down += `M${x + w} ${y}v${h}`
  }
  return { across, down }
}

/** A notch where each run of lines begins. */
export function notchPath(grid: Grid, count: number, is: (line: number) => boolean): string {
  let path = ''
  for (let line = 0; line < count; line++) {
    if (!is(line) || (line > 0 && is(line - 1))) continue
    const { x, y } = barOf(grid, line)
    const size = Math.max(4, Math.min(7, grid.k + 1))
    path += `M${x} ${y}h${size}l${-size} ${size}z`
  }
  return path
}

export const DIRTY_FILL = 'url(#hw-dirty)'

/** Patterns that the marks fill with; drawn once in a scene. */
export function Patterns() {
  return (
    <defs>
      <pattern id="hw-dirty" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--dirty)" />
        <rect x="2" width="1.8" height="6" fill="var(--dirty-ink)" />
      </pattern>
    </defs>
  )
}

interface MarkProps { readonly grid: Grid; readonly count: number; readonly is: (line: number) => boolean; readonly opacity?: number }

/** Thin across where lines are low, so that the old stripe itself is seen. */
export function Stale({ grid, count, is, opacity = 1 }: MarkProps) {
  const { across, down } = outlineOf(grid, count, is)
  if (across === '') return null
  const thin = Math.max(0.6, Math.min(2.5, grid.k * 0.15))
  const thick = Math.max(1.5, thin)
  return (
    <g opacity={opacity} fill="none" stroke="var(--bad)" strokeLinecap="square" pointerEvents="none">
      {grid.k >= 7 && <path d={across + down} stroke="var(--panel)" strokeWidth={thick + 1.5} strokeOpacity="0.5" />}
      <path d={across} strokeWidth={thin} />
      <path d={down} strokeWidth={thick} />
      <path d={notchPath(grid, count, is)} fill="var(--bad)" stroke="none" />
    </g>
  )
}

/** A hatched head and an outline; the rest of the bar shows its bytes. */
export function Dirty({ grid, count, is, opacity = 1 }: MarkProps) {
  const bars = barsPath(grid, count, is, 0.5)
  if (bars === '') return null
  const heads = Array.from({ length: count }, (_, line) => (is(line) ? rectPath({ ...barOf(grid, line), w: grid.w === undefined ? HEAD * grid.k : grid.w * CELL_HEAD }) : '')).join('')
  return (
    <g opacity={opacity} pointerEvents="none">
      <path d={bars} fill="none" stroke="var(--dirty)" strokeWidth="1" />
      <path d={heads} fill={DIRTY_FILL} />
    </g>
  )
}
/** Pixels of a bar that its mark covers. */
const HEAD = 4
/** Of a cell that stands for many lines: this part of its width. */
const CELL_HEAD = 0.45
