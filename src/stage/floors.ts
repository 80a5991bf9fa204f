/** Where the three floors of a bench lie. Sizes are CSS pixels; text keeps its size, only what is said changes. */
import type { Floor } from './scene.ts'
import type { Box } from './places.ts'

export interface Size { readonly w: number; readonly h: number }
export interface FloorBox {
  /** The whole band, from edge to edge. */
  readonly band: Box
  /** What scenes may draw in; the name of the floor lies above it, or beside it in the kernel. */
  readonly box: Box
}
export type Floors = Readonly<Record<Floor, FloorBox>>

/** Enough room for whole cards; below it they are shortened. */
export const isRoomy = ({ w, h }: Size): boolean => w >= 760 && h >= 520

export interface Fit { readonly size: Size; readonly compact: boolean; /** Drawn this much larger. */ readonly scale: number }

/** Two processes do not stand side by side in less. */
const NARROW = 560
const LEAST = { wide: { w: NARROW, h: 400 }, compact: { w: 330, h: 408 } } as const
/** The size at which the drawing is at its best; larger ones enlarge it. */
export const BEST = { w: 1000, h: 740 } as const

/** A short drawing may be this much smaller to be seen whole; where that is not enough its room scrolls. */
const SMALLEST = 0.84

function shrunk(room: Size, least: Size): number {
  const byWidth = Math.min(1, room.w / least.w)
  const whole = Math.min(byWidth, room.h / least.h)
  return whole < SMALLEST ? byWidth : whole
}

/** How a drawing fits a room. In a room that is too small it stays large enough to read, and the room scrolls. */
export function fitOf(room: Size, phone: boolean): Fit {
  const compact = phone || room.w < NARROW
  const least = LEAST[compact ? 'compact' : 'wide']
  const small = shrunk(room, least)
  const scale = compact || small < 1 ? small : Math.max(1, Math.min(2, room.w / BEST.w, room.h / BEST.h))
  return { size: { w: Math.max(least.w, room.w / scale), h: Math.max(least.h, room.h / scale) }, compact, scale }
}

const LABEL = 20
/** Parts of the height: user space, kernel; the rest is hardware. In a low drawing its pictures stay small, and what they leave is the kernel's. */
const SHARES = { wide: [0.31, 0.345], compact: [0.305, 0.365], lowWide: [0.31, 0.405], lowCompact: [0.305, 0.385] } as const
/** From here on the pictures have room for the next size. */
const LOW = { wide: 408, compact: 422 } as const

export function floorsOf({ w, h }: Size, compact: boolean): Floors {
  const margin = compact ? 14 : w >= 760 ? 18 : 10
  const form = compact ? 'compact' : 'wide'
  const [user, kernel] = SHARES[h >= LOW[form] ? form : compact ? 'lowCompact' : 'lowWide']
  const first = Math.round(h * user)
  const second = first + Math.round(h * kernel)
  const floor = (y: number, end: number, above: number, below: number): FloorBox => ({
    band: { x: 0, y, w, h: end - y },
    box: { x: margin, y: y + above, w: w - 2 * margin, h: end - y - above - below },
  })
  const label = h >= 520 ? LABEL + 4 : LABEL - 2
  // Arrows and answers need the space around the boundary.
  return { user: floor(0, first, label, h >= 520 ? 14 : 10), kernel: floor(first, second, 0, h >= 520 ? 12 : 6), hardware: floor(second, h, label, h >= 520 ? 12 : 6) }
}
