/** The camera's arithmetic: from where it stands, and what is to be seen, to where it goes. Boxes and points are parts of the drawing. */
import { HOME, lensOf, NEAREST, type Camera, type Lens } from './camera.ts'

/** Left free around what is fitted, in parts of what is seen. */
const AROUND = 0.08
/** A thing is not blown up further than its bits need. */
const FIT = 5
/** Where something happens is looked at from here, unless the reader is nearer already. */
const FOLLOW = 2
/** What lies this far from the edge of the view, in parts of it, is seen well enough. */
const EDGE = 0.04
/** A camera's place is whole thousandths. */
const ROUNDED = 0.001
/** From home, one stop farther away is the overview. */
const STOPS = [0, 1, 1.5, 2, 3, 4, 6, NEAREST] as const

/** Inside the drawing and the range of zooms, and rounded as the address has it, so that a reload changes nothing. */
export function settled(camera: Camera): Camera {
  if (camera.zoom < 1) return { ...HOME, zoom: 0, follow: camera.follow }
  const zoom = Math.round(Math.min(NEAREST, camera.zoom) * 100) / 100
  const { x, y, w, h } = lensOf({ ...camera, zoom })
  return { zoom, x: Math.round((x + w / 2) * 1000), y: Math.round((y + h / 2) * 1000), follow: camera.follow }
}

export const homeward = ({ follow }: Camera): Camera => ({ ...HOME, follow })

/** To another zoom; the point that is held stays where it is on the screen. */
export function zoomedTo(camera: Camera, zoom: number, hold: { readonly x: number; readonly y: number } | null = null): Camera {
  const before = lensOf(camera)
  const to = Math.max(1, Math.min(NEAREST, zoom))
  const point = hold ?? { x: before.x + before.w / 2, y: before.y + before.h / 2 }
  const across = (point.x - before.x) / before.w
  const down = (point.y - before.y) / before.h
  return settled({ ...camera, zoom: to, x: (point.x + (0.5 - across) / to) * 1000, y: (point.y + (0.5 - down) / to) * 1000 })
}

/** The next of the zooms that buttons and keys stop at. */
export function stopFrom(zoom: number, by: 1 | -1): number {
  const next = by > 0 ? STOPS.find((each) => each > zoom + 0.005) : STOPS.findLast((each) => each < zoom - 0.005)
  return next ?? zoom
}

/** By parts of what is seen. */
export function panned(camera: Camera, across: number, down: number): Camera {
  const { x, y, w, h } = lensOf(camera)
  return settled({ ...camera, x: (x + w / 2 + across * w) * 1000, y: (y + h / 2 + down * h) * 1000 })
}

const middle = ({ x, y, w, h }: Lens): { x: number; y: number } => ({ x: (x + w / 2) * 1000, y: (y + h / 2) * 1000 })

/** A box as large as it can be seen whole, up to a zoom. */
export function fitted(camera: Camera, box: Lens, most = FIT): Camera {
  const zoom = Math.max(1, Math.min(most, (1 - 2 * AROUND) / Math.max(box.w, box.h, 0.001)))
  return settled({ ...camera, zoom, ...middle(box) })
}

function sees(camera: Camera, box: Lens): boolean {
  const { x, y, w, h } = lensOf(camera)
  // At the edge of the drawing nothing more can come into view.
  const margin = (left: number, part: number): number => (left < 2 * ROUNDED ? -ROUNDED : EDGE * part)
  return box.x >= x + margin(x, w) && box.y >= y + margin(y, h) && box.x + box.w <= x + w - margin(1 - x - w, w) && box.y + box.h <= y + h - margin(1 - y - h, h)
}

/** To where something happens. It stands still while that is in view and near enough; what is large has drawn it back only for a while. */
export function followed(camera: Camera, box: Lens): Camera {
  const enough = fitted(camera, box, FOLLOW).zoom
  return camera.zoom >= enough && sees(camera, box) ? camera : fitted(camera, box, Math.max(FOLLOW, camera.zoom))
}

/** As little as brings a box into view: for what gets the focus. */
export function showing(camera: Camera, box: Lens): Camera {
  if (camera.zoom <= 1 || sees(camera, box)) return camera
  const zoom = Math.min(camera.zoom, fitted(camera, box, camera.zoom).zoom)
  const { x, y, w, h } = lensOf({ ...camera, zoom })
  const along = (from: number, part: number, at: number, size: number): number => Math.min(at - EDGE * part, Math.max(at + size + EDGE * part - part, from))
  return settled({ ...camera, zoom, ...middle({ x: along(x, w, box.x, box.w), y: along(y, h, box.y, box.h), w, h }) })
}

/** Between two views: the edges move evenly, so that what both show goes straight from one place to the other. */
export function between(a: Lens, b: Lens, t: number): Lens {
  const mix = (from: number, to: number): number => from + (to - from) * t
  return { x: mix(a.x, b.x), y: mix(a.y, b.y), w: mix(a.w, b.w), h: mix(a.h, b.h) }
}

/** The smallest box around some; null: there is none. */
export function around(boxes: readonly Lens[]): Lens | null {
  if (boxes.length === 0) return null
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  return { x, y, w: Math.max(...boxes.map((box) => box.x + box.w)) - x, h: Math.max(...boxes.map((box) => box.y + box.h)) - y }
}
