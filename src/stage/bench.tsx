/** One bench as one drawing: three floors, each with its scenes. The same frame and size give the same picture. */
import { memo, useMemo } from 'react'
import { fill } from '../base/fill.ts'
import { fitOf, floorsOf, type Floors, type Size } from './floors.ts'
import type { Frame } from './frame.ts'
import { Kept } from './glyphs/kept.tsx'
import { Patterns } from './glyphs/patterns.tsx'
import { Label } from './glyphs/text.tsx'
import type { Box } from './places.ts'
import { FLOORS, type Floor, type Scene, type SceneProps, type Select } from './scene.ts'
import { SENTENCES } from './sentences.ts'
import { useScenes } from './shelf.ts'
import './stage.css'

export const FLOOR_NAMES: Readonly<Record<Floor, string>> = { user: 'USER SPACE', kernel: 'KERNEL', hardware: 'HARDWARE' }

/** Of a scene that does not say what it depends on. */
const everything = ({ frame }: SceneProps): readonly unknown[] => [frame.step, frame.before === frame.after, frame.t, frame.differs, frame.selected, frame.truth]

const WHOLE: Box = { x: 0, y: 0, w: 1, h: 1 }

/** `seen`: the part of the drawing that is seen, in parts of its width and height. `near`: see SceneProps. */
export function Bench({ frame, size: room, compact: phone = false, seen = WHOLE, near = 1, onSelect }: { frame: Frame; size: Size; compact?: boolean; seen?: Box; near?: number; onSelect?: Select }) {
  const scenes = useScenes()
  const { size, compact, scale } = fitOf(room, phone)
  const floors = useMemo(() => floorsOf({ w: size.w, h: size.h }, compact), [size.w, size.h, compact])
  return (
    <svg className="bench-drawing" role="group" aria-label={fill(SENTENCES.stageOf, frame.header)} width={size.w * scale} height={size.h * scale} viewBox={`${seen.x * size.w} ${seen.y * size.h} ${seen.w * size.w} ${seen.h * size.h}`} onClick={() => onSelect?.(null)}>
      <Patterns />
      <Ground floors={floors} />
      {FLOORS.map((floor) => <Drawn key={floor} scenes={scenes[floor]} frame={frame} box={floors[floor].box} floors={floors} compact={compact} near={near} onSelect={onSelect} />)}
      <Names floors={floors} low={size.h < 520 && !compact} />
    </svg>
  )
}

/** Scenes of one floor, each drawn again only when something changed that it depends on. */
export function Drawn({ scenes, ...props }: SceneProps & { readonly scenes: readonly Scene[] }) {
  const { frame, floors, compact, near, onSelect } = props
  // Hardware of which no word changed has nothing to move.
  const still = frame.past?.words === false && frame.t < 1 ? { ...frame, t: 1 } : frame
  return scenes.map((scene) => {
    const given = scene.floor === 'hardware' ? { ...props, frame: still } : props
    return (
      <g key={scene.id} data-scene={scene.id} role="group" aria-label={scene.title}>
        <Kept of={[frame.header, frame.places, scenes, floors, compact, near, onSelect, ...(scene.of ?? everything)(given)]} draw={() => scene.draw(given)} />
      </g>
    )
  })
}

const Ground = memo(function Ground({ floors }: { floors: Floors }) {
  return FLOORS.map((floor) => {
    const { band } = floors[floor]
    return <rect key={floor} x={band.x} y={band.y} width={band.w} height={band.h} fill={`var(--floor-${floor})`} />
  })
})

const Names = memo(function Names({ floors, low }: { floors: Floors; low: boolean }) {
  return FLOORS.map((floor) => {
    const { band, box } = floors[floor]
    // Over the arrows, with a rim of the floor's ground: a name is read before a line.
    return <Label key={floor} x={box.x} y={floor !== 'kernel' ? box.y - 7 : band.y + (low ? 12 : 17)} stroke={`var(--floor-${floor})`} strokeWidth={3} strokeLinejoin="round" paintOrder="stroke">{FLOOR_NAMES[floor]}</Label>
  })
})
