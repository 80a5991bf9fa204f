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

export function useHands(room: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = room.current!
    const drawing = (): SVGSVGElement => element.querySelector<SVGSVGElement>('.bench-drawing')!
    const zoomAt = (factor: number, at: Place): void => {
      const hold = pointIn(drawing(), at)
      putCamera((camera) => zoomedTo(camera, camera.zoom * factor, hold))
    }
    const pan = (dx: number, dy: number): void => {
      const { width, height } = drawing().getBoundingClientRect()
      putCamera((camera) => panned(camera, -dx / width, -dy / height))
    }
    const wheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        zoomAt(Math.exp(-event.deltaY * (Math.abs(event.deltaY) < LARGEST_PINCH_PX ? PINCH : WHEEL)), event)
      } else if (state().camera.zoom > 1) {
        event.preventDefault()
        pan(-event.deltaX, -event.deltaY)
      }
    }

    const fingers = new Map<number, Place>()
    let moved = false
    let begun: Place | null = null
    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return
      if (fingers.size === 0) moved = false
      fingers.set(event.pointerId, event)
      begun = event
    }
    const move = (event: PointerEvent): void => {
      const from = fingers.get(event.pointerId)
      if (!from) return
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
      if (!moved) moved = begun !== null && apart(begun, event) > SLIP_PX && (other !== undefined || state().camera.zoom > 1)
      if (!moved) return
      fingers.set(event.pointerId, event)
      element.setPointerCapture(event.pointerId)
      if (!other) return pan(event.clientX - from.clientX, event.clientY - from.clientY)
      const [was, now] = [between(from, other), between(event, other)]
      zoomAt(apart(event, other) / apart(from, other), now)
      pan(now.clientX - was.clientX, now.clientY - was.clientY)
    }
    const up = (event: PointerEvent): void => void fingers.delete(event.pointerId)
    // What was dragged is not chosen.
    const click = (event: MouseEvent): void => {
      if (moved) event.stopPropagation()
      moved = false
    }
    const focus = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element) || !target.matches(':focus-visible')) return
      const place = placeIn(target)
      const { camera } = state()
      if (place && camera.zoom > 1) patch({ camera: showing(camera, place) })
    }
    const stop = new AbortController()
    const { signal } = stop
    element.addEventListener('wheel', wheel, { passive: false, signal })
    element.addEventListener('pointerdown', down, { signal })
    element.addEventListener('pointermove', move, { signal })
    element.addEventListener('pointerup', up, { signal })
    element.addEventListener('pointercancel', up, { signal })
    element.addEventListener('click', click, { capture: true, signal })
    element.addEventListener('focusin', focus, { signal })
    return () => stop.abort()
  }, [room])
}
