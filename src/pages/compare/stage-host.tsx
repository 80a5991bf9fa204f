/** Gives one bench's stage its frame, and the clock of one step's motion. */
import { memo, useEffect, useLayoutEffect, useRef, useState, type ComponentType, type RefObject } from 'react'
import { frameOf, type Frame } from '../../stage/frame.ts'
import type { Places } from '../../stage/places.ts'
import { Bench } from '../../stage/bench.tsx'
import { fetchLater, useScenes } from '../../stage/shelf.ts'
import type { Size } from '../../stage/floors.ts'
import { lensOf } from '../../app/camera.ts'
import type { Shown } from '../../app/frames.ts'
import { patch, useStore } from '../../app/store.ts'

const STEP_MS = 360
const LEAST_MS = 240
let calm: MediaQueryList | null = null
/** The reader wants no motion. Asked for once: it stays true to the choice by itself. */
export const isCalm = (): boolean => (calm ??= matchMedia('(prefers-reduced-motion: reduce)')).matches

const NOTHING = { at: -1, t: 0 }

/** 0…1 while a step forward plays; 1 at once for anything else. A new step ends the old one's motion. */
export function useMotion(): number {
  const at = useStore((now) => now.at)
  const motion = useStore((now) => now.motion)
  const speed = useStore((now) => now.speed)
  const [shown, setShown] = useState(NOTHING)
  const moves = motion === 'step' && !isCalm()
  useEffect(() => {
    // What does not move is whole at once and needs no second rendering.
    if (!moves) return
    const length = Math.max(LEAST_MS, STEP_MS / Math.max(1, speed))
    let begun: number | null = null
    let frame = requestAnimationFrame(function tick(now) {
      begun ??= now
      const part = Math.min(1, (now - begun) / length)
      setShown({ at, t: 1 - (1 - part) ** 3 })
      if (part < 1) frame = requestAnimationFrame(tick)
    })
    // The same step may come again, from its beginning.
    return () => {
      cancelAnimationFrame(frame)
      setShown(NOTHING)
    }
  }, [at, moves, speed])
  // In the first paint of a new step the state is still the old one's.
  return !moves ? 1 : shown.at === at ? shown.t : 0
}

/** The room that an element has, in CSS pixels; null until it is known. */
export function useSize() {
  const ref = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size | null>(null)
  useLayoutEffect(() => {
    const room = ref.current!
    const measure = (): void => setSize((old) => (old?.w === room.clientWidth && old.h === room.clientHeight ? old : { w: room.clientWidth, h: room.clientHeight }))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(room)
    return () => observer.disconnect()
  }, [])
  return [ref, size] as const
}

export const select = (id: string | null): void => patch({ selected: id, inspecting: id !== null })

interface Props {
  shown: Shown
  t: number
  places: Places
  says: Frame['says']
  differs: Frame['differs']
  compact: boolean
}
/** `picture`: what the map shows and where something happens; null at home, where no step is any work for the camera. */
export interface CameraProps { readonly room: RefObject<HTMLDivElement | null>; readonly size: Size; readonly compact: boolean; readonly picture: Picture | null }
export type Picture = Omit<Props, 't' | 'compact'> & { readonly selected: string | null }

/** Hands, buttons and the map of the camera: the first picture does without them. null: they have not come. */
let Camera: ComponentType<CameraProps> | null = null

/** What the stage can have later, all at once. */
export async function fetchStage(): Promise<void> {
  Camera ??= await import('./camera-layer.tsx').then((part) => part.default, () => null)
  await fetchLater()
}

export const StageHost = memo(function StageHost({ t, ...all }: Props) {
  const { shown, places, says, differs, compact } = all
  const selected = useStore((now) => now.selected)
  const camera = useStore((now) => now.camera)
  const frame = frameOf(shown, t, { places, says, differs, selected })
  const [ref, size] = useSize()
  useScenes()
  return (
    <>
      <div className="stage-room" ref={ref} data-near={camera.zoom > 1}>{size && <Bench frame={frame} size={size} compact={compact} seen={lensOf(camera)} near={Math.max(1, Math.floor(camera.zoom))} onSelect={select} />}</div>
      {size && Camera && <Camera room={ref} size={size} compact={compact} picture={camera.zoom > 1 || camera.follow ? { shown, places, says, differs, selected } : null} />}
    </>
  )
})
