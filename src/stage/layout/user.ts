/** User space: a card for each process, with its listing, its numbers at the foot and its address space beside them. */
import type { Frame } from '../frame.ts'
import { isRoomy, type Floors } from '../floors.ts'
import { look } from '../hue.ts'
import { monoWidth } from '../glyphs/text.tsx'
import type { Box, Places, ProcessPlace } from '../places.ts'
import type { ChipPlace } from '../chips.ts'
import type { Id } from '../../journal/vocabulary.ts'

export interface ChipBox extends ChipPlace { readonly box: Box; readonly short: boolean; /** It found no room: its box is that of the chip for all such. */ readonly more: boolean }
export interface ProcessBox extends ProcessPlace {
  readonly box: Box
  readonly listing: { readonly box: Box; readonly rows: number; readonly rowH: number; readonly size: number }
  readonly chips: readonly ChipBox[]
  /** The address space; its areas lie in it. */
  readonly strip: Box
  readonly areas: number
  /** Where its calls cross the boundary. */
  readonly crossing: number
}

export interface UserLayout { readonly roomy: boolean; readonly processes: readonly ProcessBox[] }

export function userLayout(places: Places, floors: Floors, compact: boolean, shown: Id | null): UserLayout {
  const { box, band } = floors.user
  const roomy = isRoomy({ w: band.w, h: band.h * 3.2 })
  const processes = compact ? places.processes.filter((each) => each.task === (shown ?? places.processes[0]?.task)) : places.processes
  const gap = roomy ? 16 : 10
  const weights = processes.map((each) => 1 + 0.1 * (places.chips.get(each.task)?.length ?? 0))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let x = box.x
  return {
    roomy,
    processes: processes.map((process, i) => {
      const w = Math.round(((box.w - gap * (processes.length - 1)) * weights[i]!) / all)
      const made = processBox(process, { x, y: box.y, w, h: box.h }, places, roomy, compact)
      x += w + gap
      return made
    }),
  }
}

function processBox(process: ProcessPlace, box: Box, places: Places, roomy: boolean, compact: boolean): ProcessBox {
  const pad = roomy || compact ? 14 : 9
  const left = box.x + pad + (roomy ? 4 : 3)
  const chipH = roomy ? 34 : compact ? 22 : 18
  const foot = box.y + box.h - chipH - (roomy ? 9 : 6)
  const areas = Math.max(2, [...places.cells.values()].filter((place) => place.kind === 'area' && place.task === process.task).length)
  const stripW = Math.round(compact ? 104 : roomy ? Math.min(190, Math.max(96, box.w * 0.22)) : Math.max(76, box.w * 0.27))
  const room = box.x + box.w - pad - stripW - (roomy ? 16 : 8) - left
  const stripH = roomy ? 18 : 12
  const head = roomy ? 29 : compact ? 29 : 20
  const rowH = roomy ? 17.5 : compact ? 18 : 14.5
  const rows = Math.max(2, Math.floor((foot - 4 - box.y - head) / rowH))
  const chips = chipBoxes(places.chips.get(process.task) ?? [], left, foot, chipH, room, roomy)
  const strip = { x: box.x + box.w - pad - stripW, y: foot + (roomy ? 14 : 0) - (roomy ? 0 : 1), w: stripW, h: stripH }
  return {
    ...process, box, chips, strip, areas,
    listing: { box: { x: left - 5, y: box.y + head, w: box.x + box.w - pad - left + 10, h: rows * rowH }, rows, rowH, size: roomy || compact ? 12.5 : 11 },
    crossing: Math.round(strip.x - (roomy ? 34 : 14)),
  }
}

const PAD = 5
const MORE_WIDTH = 32
/** Chips keep their words while all of them fit; else they are shortened together. */
function chipBoxes(chips: readonly ChipPlace[], x: number, y: number, h: number, room: number, roomy: boolean): ChipBox[] {
  const size = 11
  const full = (chip: ChipPlace): number => Math.max(monoWidth(chip.first, size), roomy ? monoWidth(chip.second, size) : 0) + 2 * PAD
  const short = (chip: ChipPlace): number => monoWidth(chip.key.startsWith('fd ') ? chip.first.includes('dma-buf') ? `${chip.number} RW` : chip.first.replace(/\/.*\//, '').replace('renderD', 'D').padEnd(7) : `h${chip.number}`, size) + 2 * PAD - 4
  const gap = roomy ? 6 : 4
  const fits = roomy && chips.reduce((sum, chip) => sum + full(chip) + gap, -gap) <= room
  const widths = chips.map(fits ? full : short)
  const whole = widths.reduce((sum, w) => sum + w + gap, -gap) <= room
  const end = x + room - (whole ? 0 : MORE_WIDTH + gap)
  let at = x
  return chips.map((chip, i) => {
    const w = widths[i]!
    const more = at + w > end + 0.5
    const box = { x: at, y, w: more ? MORE_WIDTH : w, h }
    // Once one has found no room, those behind it have none either.
    if (!more) at += w + gap
    return { ...chip, box, short: !fits, more }
  }).map((chip, i, all) => {
    const first = all.findIndex((each) => each.more)
    return first >= 0 && i > first ? { ...chip, more: true, box: all[first]!.box } : chip
  })
}

/** The process that a phone shows: who acts, else whose turn it was. */
export function actingTask({ step, after }: Frame, places: Places): Id<'task'> | null {
  const letter = step?.actor.startsWith('task:') ? step.actor.slice(5) : (look(after, 'script:0')?.current ?? '')
  return places.processes.find((each) => each.letter === letter || each.task === `task:${letter}`)?.task ?? places.processes[0]?.task ?? null
}

export const areaBox = ({ strip, areas }: ProcessBox, index: number): Box => {
  const w = strip.w / areas
  return { x: strip.x + index * w + 2, y: strip.y, w: w - 4, h: strip.h }
}
