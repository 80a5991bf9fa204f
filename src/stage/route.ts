/**
 * The way of an arrow: down from user space to a lane, along it, down a corridor. Lanes and corridors hold no text, so no
 * arrow runs through any. Ports keep arrows apart.
 */
import type { Corridor } from './layout/kernel.ts'
import type { Box } from './places.ts'
import type { Port } from './ports.ts'
import type { End, Layouts } from './references.ts'

export interface Point { readonly x: number; readonly y: number }

const p = (x: number, y: number): Point => ({ x, y })

type KernelEnd = Extract<End, { floor: 'kernel' }>

const inCorridor = (corridor: Corridor, port: number): number => {
  const room = Math.max(1, Math.floor((corridor.w - 6) / corridor.pitch) + 1)
  return corridor.x + 3 + (port % room) * corridor.pitch
}

export function route(from: End, to: End, port: Port, layouts: Layouts): Point[] | null {
  if (to.floor !== 'kernel') return null
  const made = layouts.compact ? compactRoute(from, to, port, layouts) : from.floor === 'user' ? fromUser(from, to, port, layouts) : fromKernel(from, to, port, layouts)
  return made && tidy(made)
}

type UserEnd = Extract<End, { floor: 'user' }>

function fromUser(from: UserEnd, { place, box }: KernelEnd, port: Port, { kernel }: Layouts): Point[] | null {
  const lane = kernel.upper.y + (port.lane % kernel.upper.lanes) * kernel.upper.pitch
  if (place.kind === 'card') {
    const x = inCorridor(kernel.corridors[place.column], port.in)
    return [p(from.x, from.y), p(from.x, lane), p(x, lane), p(x, box.y)]
  }
  if (place.kind !== 'token') return null
  if (place.index < 2) {
    // Straight down where chip and token stand over each other.
    const [lo, hi] = [Math.max(from.lo, box.x + 8), Math.min(from.hi, box.x + box.w - 6)]
    const down = Math.min(hi, Math.max(lo, from.x))
    if (lo <= hi) return [p(down, from.y), p(down, box.y)]
    const x = box.x + box.w / 2 + (port.in - 1) * 6
    return [p(from.x, from.y), p(from.x, lane), p(x, lane), p(x, box.y)]
  }
  const x = inCorridor(kernel.corridors[place.column], port.in)
  const y = box.y + box.h / 2
  return [p(from.x, from.y), p(from.x, lane), p(x, lane), p(x, y), p(facing(place.index, box), y)]
}

/** The side of a token that looks into the corridor. */
const facing = (index: number, box: Box): number => (index % 2 === 0 ? box.x + box.w : box.x)

/** Tokens that face each other leave at heights of their own. */
const spread = (port: number, index: number, h: number): number => (((port % 3) - 1) * h) / 7 + (index % 2 === 0 ? -h : h) / 12

function fromKernel({ place, box }: KernelEnd, to: KernelEnd, port: Port, { kernel }: Layouts): Point[] | null {
  const lower = kernel.lower.y + ((port.lane + kernel.lower.lanes - 1) % kernel.lower.lanes) * kernel.lower.pitch
  if (place.kind === 'tab' || place.kind === 'area' || to.place.kind === 'tab' || to.place.kind === 'area') return null
  if (place.kind === 'card' && to.place.kind === 'card' && Math.abs(place.column - to.place.column) === 1) return acrossGap(box, to.box, port.in, kernel.roomy)
  const own = kernel.corridors[place.column]
  // Leaves towards the corridor, from the far end of its ports, so that it meets the arrows that come down as late as it can.
  // A token on the right goes to other columns by the gap behind it.
  const same = place.column === to.place.column
  const behind = place.kind === 'token' && place.index % 2 === 1 && !same
  const away = behind ? box.x + box.w + 6 + (port.out % 2) * own.pitch : own.x + own.w - 3 - (port.out % 3) * own.pitch
  const side = place.kind === 'card' ? away : behind ? box.x + box.w : facing(place.index, box)
  const start: Point[] = [p(side, place.kind === 'card' ? box.y : box.y + box.h / 2 + spread(port.out, place.index, box.h))]
  const target = kernel.corridors[to.place.column]
  if (to.place.kind === 'card') {
    const x = inCorridor(target, port.in)
    if (same) return place.kind === 'card' ? null : [...start, p(x, start[0]!.y), p(x, to.box.y)]
    return [...start, p(away, start[0]!.y), p(away, lower), p(x, lower), p(x, to.box.y)]
  }
  const y = to.box.y + to.box.h / 2 + spread(port.in, to.place.index, to.box.h)
  const end = facing(to.place.index, to.box)
  if (same && place.kind === 'token') {
    const straight = place.index >> 1 === to.place.index >> 1
    const x = inCorridor(own, port.in)
    return straight ? [...start, p(end, start[0]!.y)] : [...start, p(x, start[0]!.y), p(x, y), p(end, y)]
  }
  const x = same ? away : inCorridor(target, port.in)
  return [...start, p(away, start[0]!.y), p(away, lower), p(x, lower), p(x, y), p(end, y)]
}

function acrossGap(from: Box, to: Box, port: number, roomy: boolean): Point[] {
  const y = from.y + (roomy ? 22 : 13) + port * (roomy ? 13 : 9)
  return from.x < to.x ? [p(from.x + from.w, y), p(to.x, y)] : [p(from.x, y), p(to.x + to.w, y)]
}

function compactRoute(from: End, to: KernelEnd, port: Port, { kernel }: Layouts): Point[] | null {
  if (to.place.kind !== 'card') return null
  const corridor = kernel.corridors[to.place.column]
  const left = corridor.x < to.box.x
  const side = left ? to.box.x : to.box.x + to.box.w
  if (from.floor === 'kernel') return from.place.kind === 'card' ? acrossGap(from.box, to.box, port.in, false) : null
  const lane = kernel.upper.y + (port.lane % kernel.upper.lanes) * kernel.upper.pitch
  const x = left ? corridor.x + 1 + (port.in % 4) * corridor.pitch : corridor.x + corridor.w - 1 - (port.in % 4) * corridor.pitch
  if (kernel.over && to.place.column === 1) {
    const low = kernel.lower.y + (port.in % kernel.lower.lanes) * kernel.lower.pitch
    const top = to.box.x + 14 + ((port.in % 6) * (to.box.w - 28)) / 5
    return [p(from.x, from.y), p(from.x, lane), p(x, lane), p(x, low), p(top, low), p(top, to.box.y)]
  }
  const y = to.box.y + 14 + ((port.in % 6) * (to.box.h - 26)) / 5
  return [p(from.x, from.y), p(from.x, lane), p(x, lane), p(x, y), p(side, y)]
}

/** Without points that lie on the line of their neighbours. */
function tidy(points: readonly Point[]): Point[] {
  return points.filter((point, i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    if (before && Math.abs(before.x - point.x) < 0.5 && Math.abs(before.y - point.y) < 0.5) return false
    return !before || !after || !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y))
  })
}

/** A path through the points with round corners; `short` is left out at its end, for the head. */
export function pathOf(points: readonly Point[], radius: number, short: number): string {
  const [first, ...rest] = points
  if (!first) return ''
  const last = rest.length - 1
  const pieces = [`M${r(first.x)} ${r(first.y)}`]
  rest.forEach((point, i) => {
    const before = points[i]!
    if (i === last) {
      const end = towards(point, before, short)
      pieces.push(`L${r(end.x)} ${r(end.y)}`)
      return
    }
    const after = rest[i + 1]!
    const bend = Math.min(radius, length(before, point) / 2, length(point, after) / 2)
    const [enter, leave] = [towards(point, before, bend), towards(point, after, bend)]
    pieces.push(`L${r(enter.x)} ${r(enter.y)}Q${r(point.x)} ${r(point.y)} ${r(leave.x)} ${r(leave.y)}`)
  })
  return pieces.join('')
}

const r = (value: number): number => Math.round(value * 10) / 10
export const length = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)
/** The point `by` pixels from `a` on the way to `b`. */
function towards(a: Point, b: Point, by: number): Point {
  const all = length(a, b) || 1
  return p(a.x + ((b.x - a.x) * by) / all, a.y + ((b.y - a.y) * by) / all)
}
