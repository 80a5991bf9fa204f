/**
 * Where the parties of the hardware floor stand: CPU cache, write buffers, DRAM, GPU cache, display, in one row at one scale, so
 * that the eye carries a line straight across. A function of the box alone: nothing moves while a story plays.
 */
import type { Box } from '../places.ts'
import { SIDE } from './paint.ts'

export interface HardwareLayout {
  /** Edge of a pixel of memory, in CSS pixels; whole (on a phone half is enough), so that pixels stay square. */
  readonly k: number
  readonly title: number
  readonly cpu: Box
  /** null: a phone has no room for it. */
  readonly wc: Box | null
  readonly dram: Box
  readonly gpu: Box
  readonly display: Box
  /** How far a title may reach to the right: the next party's beginning. */
  readonly reach: number
  /** Height of the line below the pictures on which bytes move. */
  readonly rail: number
  /** On a phone, a sentence below the pictures about what is not drawn, and the way to other pages. */
  readonly foot: Box | null
  /** The walk of the page tables; kept free while none is shown. */
  readonly walk: Box | null
  /** Where there is no room for it, a few words of each in the line of the floor's name. */
  readonly token: Box | null
}

/** Of the titles above and the rail below; where the floor is low they give way to the pictures. */
const TITLE = { roomy: 20, tight: 15 } as const
const RAIL = { roomy: 10, tight: 5 } as const
const ROOMY = 150
export const STRIP = 27
/** From here on tables are drawn below the pictures, not lines. */
const TABLES = 100
const MOST_GAP = 72
const LEAST_GAP = 18
/** A line of words, and the name of the floor before it. */
const TOKEN = 16
const NAME = 84
/** A walk that stands beside the pictures needs this much. */
const BESIDE = 320

const WALKS_APART = 24
const TOKENS_APART = 8

/** The place of one of `n` walks: beside the pictures one above the other, below them or in the line of the floor's name side by side. */
export function walkPlace({ walk, token, cpu, dram }: HardwareLayout, i: number, n: number): Box {
  const { x, y, w, h } = (walk ?? token)!
  if (walk && x > (cpu ?? dram).x) return { x, y: y + (i * h) / n, w, h: h / n - 6 }
  const gap = walk ? WALKS_APART : TOKENS_APART
  const pitch = (w + gap) / n
  return { x: x + i * pitch, y, w: pitch - gap, h }
}

const wcWidth = (k: number): number => 16 * k + 2

/** The largest whole scale at which `count` pictures and the write buffers fit. */
function scaleFor(w: number, h: number, around: number): number {
  const byHeight = Math.floor((h - around) / SIDE)
  const byWidth = Math.floor((w - 4 * LEAST_GAP - 2) / (4 * SIDE + 16))
  return Math.max(1, Math.min(byHeight, byWidth))
}

export function layoutOf(box: Box, compact: boolean): HardwareLayout {
  return compact ? compactLayout(box) : wideLayout(box)
}

function wideLayout({ x, y, w, h }: Box): HardwareLayout {
  // The roomy way, if it costs neither a step of the scale nor the walk.
  const tight = TITLE.tight + RAIL.tight
  const k = scaleFor(w, h, tight)
  const roomy = h >= ROOMY && h - SIDE * k - TITLE.roomy - RAIL.roomy >= STRIP
  const room = roomy ? 'roomy' : 'tight'
  const above = TITLE[room]
  const under = RAIL[room]
  const size = SIDE * k
  const row = 4 * size + wcWidth(k)
  const left = h - above - size - under
  // Beside the pictures where tables fit, or where below them not even lines do.
  const beside = w - row - 4 * LEAST_GAP - BESIDE > 0 && (h >= ROOMY || left < STRIP)
  const gap = Math.min(MOST_GAP, Math.floor((w - row - (beside ? BESIDE + LEAST_GAP : 0)) / 4))
  const top = y + above
  const rowEnd = x + row + 4 * gap
  let at = x
  const next = (width: number): Box => {
    const made = { x: at, y: top, w: width, h: size }
    at += width + gap
    return made
  }
  const cpu = next(size)
  const wc = next(wcWidth(k))
  const dram = next(size)
  const gpu = next(size)
  const display = next(size)
  const below = top + size + under
  const walk = beside ? { x: rowEnd + LEAST_GAP * 2, y, w: x + w - rowEnd - LEAST_GAP * 2, h }
    : left >= TABLES ? { x, y: below + 8, w, h: left - 8 }
      : left >= STRIP ? { x, y: below + Math.floor((left - STRIP) / 2), w, h: STRIP } : null
  return {
    k, title: top - 5, cpu, wc, dram, gpu, display, reach: gap, rail: top + size + under / 2,
    foot: null,
    walk, token: walk ? null : { x: x + NAME, y: y - TOKEN - 3, w: w - NAME, h: TOKEN },
  }
}

/** What a gesture takes of the gap beside the write buffers, whose words reach into it. */
export const GESTURE = 34

/** Between the pictures of a phone. */
const PHONE_GAP = 14

/** The same row without the write buffers, of which a line of words below tells, and the walks in the line of the floor's name. */
function compactLayout({ x, y, w, h }: Box): HardwareLayout {
  const words = 15
  const around = TITLE.tight + RAIL.tight + words
  // Phones have two pixels and more for one of CSS, so that half a step is whole there.
  const k = Math.max(1, Math.floor(2 * Math.min((h - around) / SIDE, (w - 3 * PHONE_GAP) / (4 * SIDE))) / 2)
  const size = SIDE * k
  const gap = Math.min(MOST_GAP, Math.floor((w - 4 * size) / 3))
  const left = x + Math.floor((w - 4 * size - 3 * gap) / 2)
  const under = h - around - size >= RAIL.roomy - RAIL.tight ? RAIL.roomy : RAIL.tight
  const top = y + TITLE.tight
  const at = (n: number): Box => ({ x: left + n * (size + gap), y: top, w: size, h: size })
  return {
    k, title: top - 5, cpu: at(0), wc: null, dram: at(1), gpu: at(2), display: at(3),
    reach: gap, rail: top + size + under / 2, foot: { x, y: top + size + under, w, h: words }, walk: null,
    token: { x: x + NAME, y: y - TOKEN - 3, w: w - NAME, h: TOKEN },
  }
}
