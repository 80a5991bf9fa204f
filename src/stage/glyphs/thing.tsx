/** A drawn object that can be chosen: by a click, or by Enter when it has the focus. */
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { fill } from '../../base/fill.ts'
import type { Box } from '../places.ts'
import type { Select } from '../scene.ts'
import { SENTENCES } from '../sentences.ts'

export interface ThingProps {
  readonly id: string
  /** What it is and how it stands, for those who do not see it. */
  readonly label: string
  readonly box: Box
  readonly radius?: number
  readonly selected: boolean
  /** It is not the same in the other bench. */
  readonly differs: boolean
  readonly opacity?: number | undefined
  readonly onSelect?: Select | undefined
  readonly children: ReactNode
}

export function Thing({ id, label, box, radius = 6, selected, differs, opacity, onSelect, children }: ThingProps) {
  const choose = (event: MouseEvent | KeyboardEvent): void => {
    event.stopPropagation()
    onSelect?.(id)
  }
  return (
    <g
      className="thing" role="button" tabIndex={0} aria-label={differs ? fill(SENTENCES.differs, { thing: label }) : label} aria-pressed={selected} data-id={id} data-selected={selected} data-differs={differs} opacity={opacity}
      onClick={choose} onKeyDown={(event) => { if (event.key === 'Enter') choose(event) }}
    >
      <title>{label}</title>
      {children}
      <rect className="halo" x={box.x - 3} y={box.y - 3} width={box.w + 6} height={box.h + 6} rx={radius + 3} />
    </g>
  )
}
