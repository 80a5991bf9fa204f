/** Where the floors lie on a projector: one has the room, the others are a line each. All in the units of a drawing. */
import type { Floors, FloorBox, Size } from '../floors.ts'
import type { Floor } from '../scene.ts'

/** The smallest letters of a scene, in its own units; no letter is smaller than LETTER on a canvas of 1920 × 1080. */
const SMALLEST = 11
const LETTER = 20
/** A unit of a drawing on that canvas. */
export const ENLARGED = LETTER / SMALLEST + 0.01

/** Two processes do not stand side by side in less. */
const NARROW = 760

/** Of a floor that is told in one line. */
export const STRIP = 40
/** Where the pictures of the hardware still have a size. */
export const PICTURES = 72
/** Calls and answers cross here. */
const CROSSING = 26
const BETWEEN = 8
const MARGIN = 12
/** The name of the floor stands above what is drawn on it. */
const LABEL = 24
const FOOT = 10

export interface TalkFloors {
  readonly floors: Floors
  readonly size: Size
  readonly compact: boolean
  /** Where the lines of the other floors are drawn; of the enlarged one, nothing. */
  readonly strips: Readonly<Record<Floor, { readonly y: number; readonly h: number } | null>>
}

export function talkFloors({ w, h }: Size, focus: Floor): TalkFloors {
  const room = h - (focus === 'hardware' ? 2 * STRIP + CROSSING + BETWEEN : STRIP + CROSSING + BETWEEN + PICTURES)
  const heights = { user: focus === 'user' ? room : STRIP, kernel: focus === 'kernel' ? room : STRIP, hardware: focus === 'hardware' ? room : PICTURES }
  const kernelY = heights.user + CROSSING
  const hardwareY = kernelY + heights.kernel + BETWEEN
  const boxOf = (y: number, height: number, above: number, foot = FOOT): FloorBox => ({ band: { x: 0, y, w, h: height }, box: { x: MARGIN, y: y + above, w: w - 2 * MARGIN, h: height - above - foot } })
  // The kernel's floor begins at the line that calls cross; user space ends there.
  const line = focus === 'user' ? heights.user + CROSSING / 2 : kernelY
  // What is told in a line holds references all the same: their arrows come out from under it.
  const user = focus === 'user' ? boxOf(0, heights.user, LABEL) : boxOf(line - h, h, LABEL, CROSSING)
  const floors: Floors = { user, kernel: boxOf(line, focus === 'kernel' ? room : STRIP, 0), hardware: boxOf(hardwareY, heights.hardware, LABEL) }
  const strip = (floor: Floor, y: number) => (focus === floor ? null : { y, h: heights[floor] })
  return { floors, size: { w, h }, compact: w < NARROW, strips: { user: strip('user', 0), kernel: strip('kernel', kernelY), hardware: strip('hardware', hardwareY) } }
}
