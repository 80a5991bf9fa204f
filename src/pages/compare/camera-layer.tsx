/** Over a stage: the buttons of the camera, the map of what is seen from close, and the way from one view to the next. */
import { LayoutGrid, LocateFixed, Maximize, ScanSearch, ZoomIn, ZoomOut } from 'lucide-react'
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { lensOf, NEAREST, type Camera, type Lens } from '../../app/camera.ts'
import * as keys from '../../app/camera-keys.ts'
import { between, followed, settled } from '../../app/camera-moves.ts'
import { whereIs } from '../../app/drawn.ts'
import { patch, state, useStore } from '../../app/store.ts'
import { farOf } from '../../stage/far/far.ts'
import { FarStage } from '../../stage/far/far.tsx'
import { fitOf, floorsOf, type Size } from '../../stage/floors.ts'
import { frameOf } from '../../stage/frame.ts'
import { isByHand, putCamera, useHands } from './camera-hands.ts'
import './camera.css'
import { followPlaces } from './follow-camera.ts'
import { isCalm, type CameraProps, type Picture } from './stage-host.tsx'

export default memo(function CameraLayer({ room, size, compact, picture }: CameraProps) {
  const camera = useStore((now) => now.camera)
  useHands(room)
  useTravel(room, camera, size, compact)
  useFollow(camera.follow, picture)
  return (
    <>
      <Buttons room={room} zoom={camera.zoom} follow={camera.follow} phone={compact} lies={compact || lineOf(size) < BUTTONS_PX} />
      {camera.zoom > 1 && picture && <Map {...picture} size={size} compact={compact} camera={camera} />}
    </>
  )
})

function useFollow(follow: boolean, picture: Picture | null): void {
  const step = picture?.shown.step
  const places = picture?.places
  useEffect(() => {
    const { camera } = state()
    const place = follow && camera.zoom !== 0 && step && places ? whereIs(followPlaces(step, places), true) : null
    if (place) patch({ camera: followed(camera, place) })
  }, [follow, step, places])
}

const TRAVEL_MS = 320

/** Goes there, with the drawing's own frame of view: nothing is drawn again on the way. By hand, and for those who want no motion, it is there at once. */
function useTravel(room: RefObject<HTMLDivElement | null>, camera: Camera, size: Size, compact: boolean): void {
  const seen = useRef<Lens>(lensOf(camera))
  const { w, h } = fitOf(size, compact).size
  useLayoutEffect(() => {
    const from = seen.current
    const to = lensOf(camera)
    const drawing = room.current!.querySelector('.bench-drawing')!
    const show = (lens: Lens): void => {
      seen.current = lens
      drawing.setAttribute('viewBox', `${lens.x * w} ${lens.y * h} ${lens.w * w} ${lens.h * h}`)
    }
    if (isCalm() || isByHand(camera) || (from.x === to.x && from.y === to.y && from.w === to.w)) return show(to)
    show(from)
    let begun: number | null = null
    let frame = requestAnimationFrame(function tick(now) {
      begun ??= now
      const part = Math.min(1, (now - begun) / TRAVEL_MS)
      show(between(from, to, 1 - (1 - part) ** 3))
      if (part < 1) frame = requestAnimationFrame(tick)
    })
    return () => cancelAnimationFrame(frame)
  }, [camera, room, w, h])
}

/** What the buttons need of the line of the floor's name. */
const BUTTONS_PX = 24

/** How high that line is drawn, in CSS pixels. */
function lineOf(room: Size): number {
  const { size, compact, scale } = fitOf(room, false)
  return floorsOf(size, compact).user.box.y * scale
}

interface ButtonsProps {
  readonly room: RefObject<HTMLDivElement | null>
  readonly zoom: number
  readonly follow: boolean
  readonly phone: boolean
  /** No line is free for them: they lie over the drawing, from close or when asked for. */
  readonly lies: boolean
}

const Buttons = memo(function Buttons({ room, zoom, follow, phone, lies }: ButtonsProps) {
  const [open, setOpen] = useState(false)
  const [place, setPlace] = useState<Element | null>(null)
  useLayoutEffect(() => setPlace(phone ? document.querySelector('.phone-transport') : room.current!.closest('.bench')!.querySelector('.bench-tools')), [room, phone])
  const shown = !lies || open || zoom > 1
  return (
    <>
      {lies && place && createPortal(<button className={`camera-opener ${phone ? 'button' : 'alone'}`} aria-expanded={shown} aria-label="Camera" title="Camera: nearer, farther, overview" onClick={() => setOpen(!open)}><ScanSearch aria-hidden size={phone ? 20 : 16} /></button>, place)}
      {shown && <Tools zoom={zoom} follow={follow} over={lies || zoom > 1} />}
    </>
  )
})

function Tools({ zoom, follow, over }: { zoom: number; follow: boolean; over: boolean }) {
  return (
    <div className="camera" role="toolbar" aria-label="Camera" data-over={over}>
      {zoom > 1 && <output aria-label="Zoom">{Math.round(zoom * 100)} %</output>}
      <button aria-disabled={zoom < 1} onClick={() => keys.zoom(-1)} aria-label="Farther away" title="Farther away (U; Ctrl and wheel, or two fingers)"><ZoomOut aria-hidden /></button>
      <button aria-disabled={zoom >= NEAREST} onClick={() => keys.zoom(1)} aria-label="Nearer" title="Nearer (I; Ctrl and wheel, or two fingers)"><ZoomIn aria-hidden /></button>
      <button onClick={keys.fit} aria-label="The selection, or the whole stage" title="The selection from close; nothing selected: the whole stage (F)"><Maximize aria-hidden /></button>
      <button aria-pressed={follow} onClick={keys.follow} aria-label="Follow what happens" title="The camera goes where something happens (A)"><LocateFixed aria-hidden /></button>
      <button onClick={keys.overview} aria-label="Overview" title="Overview: the whole run from afar (O)"><LayoutGrid aria-hidden /></button>
    </div>
  )
}

const MAP_PX = 168
const SMALL_MAP_PX = 116
/** The whole stage, small, and the part that is seen: a click, a drag or an arrow key moves it. */
function Map({ shown, places, says, differs, selected, compact, size, camera }: Picture & Pick<CameraProps, 'size' | 'compact'> & { camera: Camera }) {
  // In a narrow room the drawing is a phone's.
  const { size: whole, compact: narrow } = fitOf(size, compact)
  const far = useMemo(() => farOf(frameOf(shown, 1, { places, says, differs, selected }), whole, narrow), [shown, places, says, differs, selected, narrow, whole.w, whole.h])
  const width = narrow ? SMALL_MAP_PX : MAP_PX
  const { x, y, w, h } = lensOf(camera)
  const go = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    const to = { x: ((event.clientX - box.left) / box.width) * 1000, y: ((event.clientY - box.top) / box.height) * 1000 }
    putCamera((now) => settled({ ...now, ...to }))
  }
  const key = (event: KeyboardEvent): void => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
    if (plain && event.key.startsWith('Arrow') && keys.pan(event.key)) event.preventDefault()
  }
  const percent = (part: number): string => `${part * 100}%`
  return (
    <div
      className="map" role="group" tabIndex={0} aria-label="Map of the stage. Arrow keys move what is seen" onKeyDown={key} onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => { event.stopPropagation(); event.currentTarget.setPointerCapture(event.pointerId); go(event) }}
      onPointerMove={(event) => { if (event.buttons & 1) go(event) }}
    >
      <FarStage far={far} width={width} name="The whole stage, small" />
      <i style={{ left: percent(x), top: percent(y), width: percent(w), height: percent(h) }} />
    </div>
  )
}
