/**
 * The arrows of a frame: the references that exist in the world, each from what stands for its holder to what stands for the
 * held object. What stands for whom:
 *   task, slot `fd N`          the chip of that descriptor         task, any other slot   the foot of its process
 *   drm_file, slot `handle N`  the chip of that handle             drm_file otherwise     the token of its open file
 *   vma                        its area in the address space       file of a dma_buf      the card of the dma_buf
 * A reference between two things that are drawn as one (a GEM object to itself, an open file to its drm_file) is `inside`: it is
 * a mark beside the counter it counts in, as every reference is, and no arrow. A lost one is an arrow from nowhere: its taker is gone.
 */
import type { Snapshot } from '../journal/snapshot.ts'
import { kindOf, type Id, type Objects } from '../journal/vocabulary.ts'
import type { Floors } from './floors.ts'
import type { Frame } from './frame.ts'
import { hueOf, type Hue } from './hue.ts'
import { boxAt, kernelLayout, type KernelLayout } from './layout/kernel.ts'
import { actingTask, areaBox, userLayout, type UserLayout } from './layout/user.ts'
import { MORE, homeOf, type Box, type Column, type Place, type Places } from './places.ts'
import { portKey } from './ports.ts'
import { route, type Point } from './route.ts'

export type Edge = Objects['ref'] & { readonly id: Id<'ref'> }

const edgesKnown = new WeakMap<Frame, readonly Edge[]>()

/** The references of a frame: of its snapshot after the step. Several scenes ask for them. */
export function edgesOf(frame: Frame): readonly Edge[] {
  const known = edgesKnown.get(frame) ?? edgesIn(frame.after, frame.places)
  edgesKnown.set(frame, known)
  return known
}

/** In order of first appearance: a snapshot that was folded back lists its records in another order. */
export function edgesIn({ records }: Snapshot, places: Places): readonly Edge[] {
  const found: { readonly edge: Edge; readonly order: number }[] = []
  for (const id of records.keys()) {
    if (!id.startsWith('ref:')) continue
    const edge: Edge = { ...(records.get(id) as unknown as Objects['ref']), id: id as Id<'ref'> }
    found.push({ edge, order: places.ports.get(portKey(edge.id, edge.to))?.order ?? Infinity })
  }
  return found.sort((a, b) => a.order - b.order || (a.edge.id < b.edge.id ? -1 : 1)).map(({ edge }) => edge)
}

export interface Layouts { readonly user: UserLayout; readonly kernel: KernelLayout; readonly compact: boolean }

/** Every scene of every step asks for the same ones. */
const made = new WeakMap<Places, WeakMap<Floors, Layouts>>()

export function layoutsOf(frame: Frame, floors: Floors, compact: boolean): Layouts {
  const { places } = frame
  // On a phone the acting process has all the room, so they change from step to step.
  if (compact) return layouts(frame, floors, compact)
  const known = made.get(places) ?? new WeakMap<Floors, Layouts>()
  made.set(places, known)
  const found = known.get(floors) ?? layouts(frame, floors, compact)
  known.set(floors, found)
  return found
}

const hasCard = ({ cells }: Places, column: Column): boolean => [...cells.values()].some((place) => place.kind === 'card' && place.column === column)

function layouts(frame: Frame, floors: Floors, compact: boolean): Layouts {
  const { places } = frame
  return { user: userLayout(places, floors, compact, compact ? actingTask(frame, places) : null), kernel: kernelLayout(floors, compact, compact && !hasCard(places, 0), compact && hasCard(places, 0) && hasCard(places, 2)), compact }
}

/** One end of an arrow. */
export type End =
  /** On user space: the arrow leaves downwards from here. */
  | { readonly floor: 'user'; readonly x: number; readonly y: number; /** It may leave anywhere between these as well. */ readonly lo: number; readonly hi: number }
  | { readonly floor: 'kernel'; readonly place: Place; readonly box: Box }

/** The box of an object of the kernel floor, wherever this size draws it. */
export function boxOfId(places: Places, kernel: KernelLayout, id: Id): Box | null {
  const place = places.cells.get(homeOf(places, id))
  if (!place) return null
  const home = place.kind === 'tab' ? boxOfId(places, kernel, place.of) : null
  return boxAt(kernel, place, home)
}

function kernelEnd(places: Places, kernel: KernelLayout, id: Id): End | null {
  const place = places.cells.get(homeOf(places, id))
  const box = boxOfId(places, kernel, id)
  return place && box ? { floor: 'kernel', place, box } : null
}

const fromUser = (x: number, box: Box, give: number): End => ({ floor: 'user', x, y: box.y + box.h, lo: give > 0 ? box.x + box.w / 2 - give : x, hi: give > 0 ? box.x + box.w / 2 + give : x })

/** The word KERNEL ends before this. */
const LABELLED = 76

function holderEnd({ places }: Frame, { user, kernel }: Layouts, { from, slot }: Edge, out: number): End | null {
  const kind = kindOf(from)
  const key = kind === 'task' ? slot : `${from} ${slot}`
  if (kind === 'task' || (kind === 'drm_file' && slot.startsWith('handle '))) {
    for (const process of user.processes) {
      const chip = process.chips.find((each) => each.key === key && (kind !== 'task' || process.task === from))
      // Past the name of the floor, which stands right under the boundary.
      if (chip) return fromUser(Math.min(Math.max(chip.box.x + chip.box.w / 2, LABELLED), chip.box.x + chip.box.w - 8), chip.box, chip.box.w / 2 - 7)
      if (process.task === from) return fromUser(process.crossing - 3 + 6 * out, process.box, 0)
    }
    if (kind === 'task') return null
  }
  if (kind === 'vma') {
    const place = places.cells.get(from)
    const process = user.processes.find((each) => place?.kind === 'area' && each.task === place.task)
    if (!process || place?.kind !== 'area') return null
    const area = areaBox(process, place.index)
    return fromUser(area.x + area.w / 2 + (out - 1) * 6, area, 0)
  }
  return kernelEnd(places, kernel, from)
}

/** What stands for a holder or a held object; equal names mean that both are drawn as one. */
const partOf = (places: Places, id: Id): string => {
  const home = homeOf(places, id)
  const place = places.cells.get(home)
  return place?.kind === 'token' && place.index === MORE ? `more:${place.column}` : home
}

export interface Arrow {
  readonly edge: Edge
  readonly points: readonly Point[]
  readonly hue: Hue
}

export interface Drawn { readonly arrows: readonly Arrow[]; readonly inside: readonly Edge[]; /** Ends that this size does not show. */ readonly unseen: readonly Edge[] }

/** A stub at the right foot of what is held. */
const fromNowhere = ({ x, y, w, h }: Box): Point[] => [{ x: x + w + STUB, y: y + h - 16 }, { x: x + w, y: y + h - 16 }]
const STUB = 17

const HANDLE = /^handle \d/

export function arrowsOf(frame: Frame, snapshot: Snapshot, layouts: Layouts): Drawn {
  const { places, header } = frame
  const arrows: Arrow[] = []
  const inside: Edge[] = []
  const unseen: Edge[] = []
  for (const edge of snapshot === frame.after ? edgesOf(frame) : edgesIn(snapshot, places)) {
    const chip = kindOf(edge.from) === 'drm_file' && HANDLE.test(edge.slot)
    const to = kernelEnd(places, layouts.kernel, edge.to)
    if (!chip && partOf(places, edge.from) === partOf(places, edge.to)) {
      if (edge.lost && to?.floor === 'kernel') arrows.push({ edge, points: fromNowhere(to.box), hue: 'kernel' })
      else inside.push(edge)
      continue
    }
    const port = places.ports.get(portKey(edge.id, edge.to)) ?? { in: 0, out: 0, lane: 0, order: 0 }
    const from = holderEnd(frame, layouts, edge, port.out)
    const points = from && to ? route(from, to, port, layouts) : null
    if (points) arrows.push({ edge, points, hue: hueOf(header, edge.from, snapshot.records.get(edge.from)) })
    else unseen.push(edge)
  }
  return { arrows, inside, unseen }
}
