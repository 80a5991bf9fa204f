/** One bench as one drawing: three floors, each with its scenes. The same frame and size give the same picture. */
import { Fragment } from 'react'
import { floorsOf, type Size } from './floors.ts'
import type { Frame } from './frame.ts'
import { Patterns } from './glyphs/patterns.tsx'
import { Label } from './glyphs/text.tsx'
import { FLOORS, type Floor, type Select } from './scene.ts'
import { scenes } from './shelf.ts'
import './stage.css'

const NAMES: Readonly<Record<Floor, string>> = { user: 'USER SPACE', kernel: 'KERNEL', hardware: 'HARDWARE' }

export function Bench({ frame, size, compact = false, onSelect }: { frame: Frame; size: Size; compact?: boolean; onSelect?: Select }) {
  const floors = floorsOf(size, compact)
  return (
    <svg className="bench-drawing" role="group" aria-label={`Stage of ${frame.header.title}`} width={size.w} height={size.h} viewBox={`0 0 ${size.w} ${size.h}`} onClick={() => onSelect?.(null)}>
      <Patterns />
      {FLOORS.map((floor) => {
        const { band } = floors[floor]
        return <rect key={floor} x={band.x} y={band.y} width={band.w} height={band.h} fill={`var(--floor-${floor})`} />
      })}
      {FLOORS.map((floor) => {
        const { band, box } = floors[floor]
        return (
          <Fragment key={floor}>
            <Label x={box.x} y={floor === 'kernel' ? band.y + 17 : box.y - 7}>{NAMES[floor]}</Label>
            {scenes[floor].map(({ id, title, draw }) => <g key={id} data-scene={id} role="group" aria-label={title}>{draw({ frame, box, floors, compact, onSelect })}</g>)}
          </Fragment>
        )
      })}
    </svg>
  )
}
