/** Lines as things to choose: a click takes the line under it, arrow keys go from line to line; the chosen one is framed in every party's hands. */
import { memo, type KeyboardEvent, type MouseEvent } from 'react'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import type { Select } from '../scene.ts'
import type { Box } from '../places.ts'
import { barOf, gridOf } from './marks.tsx'
import { lineId } from './view.ts'

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -2, ArrowDown: 2, ArrowLeft: -1, ArrowRight: 1 }
const LINES = Array.from({ length: LINES_PER_PAGE }, (_, line) => line)

export function LineHits({ parties, k, page, chosen, label, onSelect }: {
  /** Pictures of the page, each with whose it is and how it stands; the first is the one that the keyboard reaches. */
  readonly parties: readonly { readonly box: Box; readonly says: string }[]
  readonly k: number
  readonly page: number
  readonly chosen: number | null
  readonly label: string
  readonly onSelect: Select | undefined
}) {
  const first = page * LINES_PER_PAGE
  const { box } = parties[0]!
  const click = (event: MouseEvent<SVGGElement>): void => {
    const line = (event.target as Element).getAttribute('data-line')
    if (line === null) return
    event.stopPropagation()
    onSelect?.(lineId(first + Number(line)))
  }
  const key = (event: KeyboardEvent<SVGGElement>): void => {
    const step = STEPS[event.key]
    if (event.key === 'Enter') onSelect?.(lineId(chosen ?? first))
    else if (step !== undefined && chosen !== null) onSelect?.(lineId(first + ((chosen - first + step + LINES_PER_PAGE) % LINES_PER_PAGE)))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <g className="thing" role="button" tabIndex={0} aria-label={`${label}. Enter chooses a line, arrow keys its neighbours`} onClick={click} onKeyDown={key}>
      {parties.map(({ box: { x, y }, says }) => <Hits key={x} x={x} y={y} k={k} says={says} />)}
      <rect className="halo" fill="none" x={box.x - 3} y={box.y - 3} width={box.w + 6} height={box.h + 6} rx={3} />
    </g>
  )
}

const Hits = ({ x, y, k, says }: { readonly x: number; readonly y: number; readonly k: number; readonly says: string }) => (
  <g fill="none" pointerEvents="all">
    <title>{says}</title>
    <Bars x={x} y={y} k={k} />
  </g>
)

/** They are there to be hit, not to be painted: the words about them change, they do not. */
const Bars = memo(function Bars({ x, y, k }: { readonly x: number; readonly y: number; readonly k: number }) {
  const grid = gridOf({ x, y }, k, 0)
  return LINES.map((line) => {
    const bar = barOf(grid, line)
    return <rect key={line} data-line={line} x={bar.x} y={bar.y} width={bar.w} height={bar.h} />
  })
})

export function ChosenLine({ box, k, line }: { readonly box: Box; readonly k: number; readonly line: number }) {
  const bar = barOf(gridOf(box, k, 0), line % LINES_PER_PAGE)
  const place = { x: bar.x - 1.5, y: bar.y - 1.5, width: bar.w + 3, height: bar.h + 3 }
  return (
    <g fill="none" pointerEvents="none">
      <rect {...place} stroke="var(--panel)" strokeWidth="3.5" />
      <rect {...place} stroke="var(--ink)" strokeWidth="1.75" />
    </g>
  )
}
