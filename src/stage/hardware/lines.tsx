/** Lines as things to choose: a click takes the line under it, arrow keys go from line to line; the chosen one is framed in every party's hands. */
import type { KeyboardEvent, MouseEvent } from 'react'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import type { Select } from '../scene.ts'
import type { Box } from '../places.ts'
import { barOf, gridOf } from './marks.tsx'
import { lineId } from './view.ts'

const ROWS = LINES_PER_PAGE / 2
const STEPS: Readonly<Record<string, number>> = { ArrowUp: -2, ArrowDown: 2, ArrowLeft: -1, ArrowRight: 1 }

export function LineHits({ box, page, chosen, label, focusable, onSelect }: {
  readonly box: Box
  readonly page: number
  readonly chosen: number | null
  readonly label: string
  readonly focusable: boolean
  readonly onSelect: Select | undefined
}) {
  const first = page * LINES_PER_PAGE
  const click = ({ clientX, clientY, currentTarget }: MouseEvent<SVGRectElement>): void => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    const row = Math.min(ROWS - 1, Math.max(0, Math.floor(((clientY - top) / height) * ROWS)))
    onSelect?.(lineId(first + row * 2 + (clientX - left > width / 2 ? 1 : 0)))
  }
  const key = (event: KeyboardEvent<SVGRectElement>): void => {
    const step = STEPS[event.key]
    if (event.key === 'Enter') onSelect?.(lineId(chosen ?? first))
    else if (step !== undefined && chosen !== null) onSelect?.(lineId(first + ((chosen - first + step + LINES_PER_PAGE) % LINES_PER_PAGE)))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const named = focusable ? { role: 'button', tabIndex: 0, 'aria-label': `${label}: choose a line`, onKeyDown: key } : { 'aria-hidden': true }
  return <rect x={box.x} y={box.y} width={box.w} height={box.h} fill="transparent" style={{ cursor: 'pointer' }} onClick={click} {...named} />
}

export function ChosenLine({ box, k, line, on }: { readonly box: Box; readonly k: number; readonly line: number; readonly on: 'ink' | 'paper' }) {
  const bar = barOf(gridOf(box, k, 0), line % LINES_PER_PAGE)
  return (
    <g fill="none" pointerEvents="none">
      <rect x={bar.x - 1.5} y={bar.y - 1.5} width={bar.w + 3} height={bar.h + 3} stroke={on === 'ink' ? 'var(--panel)' : 'var(--floor-hardware)'} strokeWidth="3" />
      <rect x={bar.x - 1.5} y={bar.y - 1.5} width={bar.w + 3} height={bar.h + 3} stroke="var(--ink)" strokeWidth="1.75" />
    </g>
  )
}
