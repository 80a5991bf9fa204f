/** Lines as things to choose: a click takes the line under it, arrow keys go from line to line; the chosen one is framed in every party's hands. */
import type { KeyboardEvent, MouseEvent } from 'react'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { fill } from '../../base/fill.ts'
import type { Select } from '../scene.ts'
import type { Box } from '../places.ts'
import { barOf, gridOf } from './marks.tsx'
import { SIDE } from './paint.ts'
import { SENTENCES } from './sentences.ts'
import { lineId } from './view.ts'

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -2, ArrowDown: 2, ArrowLeft: -1, ArrowRight: 1 }
const ROWS = LINES_PER_PAGE / 2

/** The line under a place in a picture of a page: two beside each other, from the upper left; places are parts of its width and height. */
export function lineAt(across: number, down: number): number {
  const within = (part: number, count: number): number => Math.max(0, Math.min(count - 1, Math.floor(part * count)))
  return within(down, ROWS) * 2 + within(across, 2)
}

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
    const target = event.target as SVGRectElement
    if (!target.hasAttribute('data-lines')) return
    event.stopPropagation()
    const { x, y, width, height } = target
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(target.getScreenCTM()!.inverse())
    onSelect?.(lineId(first + lineAt((at.x - x.baseVal.value) / width.baseVal.value, (at.y - y.baseVal.value) / height.baseVal.value)))
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
    <g className="thing" role="button" tabIndex={0} aria-label={fill(SENTENCES.linePicture, { parties: label })} onClick={click} onKeyDown={key}>
      {parties.map(({ box: each, says }) => (
        <rect key={each.x} data-lines={LINES_PER_PAGE} x={each.x} y={each.y} width={SIDE * k} height={ROWS * k} fill="none" pointerEvents="all">
          <title>{says}</title>
        </rect>
      ))}
      <rect className="halo" fill="none" x={box.x - 3} y={box.y - 3} width={box.w + 6} height={box.h + 6} rx={3} />
    </g>
  )
}

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
