/** A bench on a projector: the floor where the step happens enlarged, drawn by its own scenes, the other two as a line each. */
import { memo, useMemo } from 'react'
import { fill } from '../../base/fill.ts'
import { Drawn, FLOOR_NAMES } from '../bench.tsx'
import type { Size } from '../floors.ts'
import type { Frame } from '../frame.ts'
import { Patterns } from '../glyphs/patterns.tsx'
import { Label } from '../glyphs/text.tsx'
import type { Box } from '../places.ts'
import { FLOORS, type Floor, type Select } from '../scene.ts'
import { SENTENCES } from './sentences.ts'
import { useScenes } from '../shelf.ts'
import { talkFloors, type TalkFloors } from './floors.ts'
import { HardwareStrip, KernelStrip, UserStrip } from './strips.tsx'
import '../stage.css'

const STRIPS = { user: UserStrip, kernel: KernelStrip, hardware: HardwareStrip } as const

/** `size`: the room in units of the drawing, each `scale` CSS pixels large. */
export function TalkBench({ frame, size, scale, focus, onSelect }: { frame: Frame; size: Size; scale: number; focus: Floor; onSelect?: Select }) {
  const all = useScenes()
  const talk = useMemo(() => talkFloors({ w: size.w, h: size.h }, focus), [size.w, size.h, focus])
  const { floors, compact, strips } = talk
  const { band, box } = floors[focus]
  const shown = FLOORS.flatMap((floor) => all[floor]).filter((scene) => scene.floor === focus || (scene.between === true && (focus === 'user' || focus === 'kernel')))
  return (
    <svg className="bench-drawing" data-focus={focus} role="group" aria-label={fill(SENTENCES.enlarged, { title: frame.header.title, floor: FLOOR_NAMES[focus].toLowerCase() })} width={size.w * scale} height={size.h * scale} viewBox={`0 0 ${size.w} ${size.h}`} onClick={() => onSelect?.(null)}>
      <Patterns />
      <rect x={0} y={band.y} width={band.w} height={band.h} rx={8} fill={`var(--floor-${focus})`} />
      <Drawn scenes={shown} frame={frame} box={box} floors={floors} compact={compact} onSelect={onSelect} />
      {focus === 'hardware' && <Line talk={talk} />}
      <Label x={box.x} y={focus === 'kernel' ? band.y + 17 : box.y - 8} stroke={`var(--floor-${focus})`} strokeWidth={3} strokeLinejoin="round" paintOrder="stroke">{FLOOR_NAMES[focus]}</Label>
      {FLOORS.map((floor) => {
        const strip = strips[floor]
        const Strip = STRIPS[floor]
        const at: Box | null = strip && { x: 1, y: strip.y + 1, w: size.w - 2, h: strip.h - 2 }
        return at && <g key={floor} data-strip={floor}><Strip frame={frame} box={at} compact={compact} /></g>
      })}
    </svg>
  )
}

/** The line that calls cross, where nothing crosses it. */
const Line = memo(function Line({ talk: { size, strips } }: { talk: TalkFloors }) {
  const y = (strips.user!.y + strips.user!.h + strips.kernel!.y) / 2
  return <line x1={0} x2={size.w} y1={y} y2={y} stroke="var(--kernel)" strokeWidth={1.75} strokeDasharray="0.1 4.6" strokeLinecap="round" />
})
