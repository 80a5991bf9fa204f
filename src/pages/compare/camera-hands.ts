/** Wheel, fingers and mouse on a stage: nearer, farther, to the side. Everything they do has a key and a button too. */
import { useEffect, type RefObject } from 'react'
import type { Camera } from '../../app/camera.ts'
import { panned, showing, zoomedTo } from '../../app/camera-moves.ts'
import { placeIn, pointIn } from '../../app/drawn.ts'
import { patch, state } from '../../app/store.ts'

/** How much nearer a pixel of scrolling brings it, as a power of e: of a wheel, whose notch is about a hundred of them, and of a pinch on a touchpad, which comes in small parts. */
const WHEEL = 0.0035
const PINCH = 0.01
const LARGEST_PINCH_PX = 50
/** A shorter way is a click that slipped. */
const SLIP_PX = 4

/** The camera as it was last put by hand: that is where it is at once, without a way there. */
let put: Camera | null = null
export const isByHand = (camera: Camera): boolean => camera === put

/** Several events in one frame move it once. */
let wanted: ((camera: Camera) => Camera)[] = []
export function putCamera(move: (camera: Camera) => Camera): void {
  wanted.push(move)
  if (wanted.length > 1) return
  requestAnimationFrame(() => {
    put = wanted.reduce((camera, each) => each(camera), state().camera)
    wanted = []
    patch({ camera: put })
  })
}

interface Place { readonly clientX: number; readonly clientY: number }
const between = (a: Place, b: Place): Place => ({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 })
const apart = (a: Place, b: Place): number => Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY))

interface Hands {
  readonly zoomAt: (factor: number, at: Place) => void
  /** By CSS pixels, as what is seen moves. */
  readonly pan: (dx: number, dy: number) => void
}

function handsOn(stage: HTMLElement): Hands {
  const drawing = (): SVGSVGElement => stage.querySelector<SVGSVGElement>('.bench-drawing')!
  return {
    zoomAt(factor, at) {
      const hold = pointIn(drawing(), at)
      putCamera((camera) => zoomedTo(camera, camera.zoom * factor, hold))
    },
    pan(dx, dy) {
      const { width, height } = drawing().getBoundingClientRect()
      putCamera((camera) => panned(camera, -dx / width, -dy / height))
    },
  }
}

const wheel = ({ zoomAt, pan }: Hands) => (event: WheelEvent): void => {
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    zoomAt(Math.exp(-event.deltaY * (Math.abs(event.deltaY) < LARGEST_PINCH_PX ? PINCH : WHEEL)), event)
  } else if (state().camera.zoom > 1) {
    event.preventDefault()
    pan(-event.deltaX, -event.deltaY)
  }
}

/** One finger, or the mouse, moves what is seen; two bring it nearer. */
function fingers(stage: HTMLElement, { zoomAt, pan }: Hands) {
  const down = new Map<number, Place>()
  let moved = false
  let begun: Place | null = null
  return {
    pointerdown(event: PointerEvent): void {
      if (event.button !== 0) return
      if (down.size === 0) moved = false
      down.set(event.pointerId, event)
      begun = event
    },
    pointermove(event: PointerEvent): void {
      const from = down.get(event.pointerId)
      if (!from) return
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1]
      if (!moved) moved = begun !== null && apart(begun, event) > SLIP_PX && (other !== undefined || state().camera.zoom > 1)
      if (!moved) return
      down.set(event.pointerId, event)
      stage.setPointerCapture(event.pointerId)
      if (!other) return pan(event.clientX - from.clientX, event.clientY - from.clientY)
      const [was, now] = [between(from, other), between(event, other)]
      zoomAt(apart(event, other) / apart(from, other), now)
      pan(now.clientX - was.clientX, now.clientY - was.clientY)
    },
    lifted: (event: PointerEvent): void => void down.delete(event.pointerId),
    /** What was dragged is not chosen. */
    click(event: MouseEvent): void {
      if (moved) event.stopPropagation()
      moved = false
    },
  }
}

/** What gets the focus by a key comes into view. */
function focused({ target }: FocusEvent): void {
  if (!(target instanceof Element) || !target.matches(':focus-visible')) return
  const place = placeIn(target)
  const { camera } = state()
  if (place && camera.zoom > 1) patch({ camera: showing(camera, place) })
}

export function useHands(room: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const stage = room.current!
    const hands = handsOn(stage)
    const { pointerdown, pointermove, lifted, click } = fingers(stage, hands)
    const stop = new AbortController()
    const { signal } = stop
    stage.addEventListener('wheel', wheel(hands), { passive: false, signal })
    stage.addEventListener('pointerdown', pointerdown, { signal })
    stage.addEventListener('pointermove', pointermove, { signal })
    stage.addEventListener('pointerup', lifted, { signal })
    stage.addEventListener('pointercancel', lifted, { signal })
    stage.addEventListener('click', click, { capture: true, signal })
    stage.addEventListener('focusin', focused, { signal })
    return () => stop.abort()
  }, [room])
}
