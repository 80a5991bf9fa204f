/**
 * The stage from afar: every thing at its own place, as a token with at most a letter and a count. All of it is read out of the
 * frame at once, so that many moments of one run can be drawn beside each other.
 * Leaves out: names, listings, the call chain, page tables, write buffers and the marks on lines.
 */
import { copyOf } from '../../journal/holders.ts'
import { DISPLAY_SHOWN } from '../../journal/areas.ts'
import { all, type AnyRecord, type Snapshot } from '../../journal/snapshot.ts'
import { kindOf, type Id, type Kind } from '../../journal/vocabulary.ts'
import { floorsOf, type Floors, type Size } from '../floors.ts'
import type { Frame } from '../frame.ts'
import { hueOf, hueOfTask, letterOf, look, type Hue } from '../hue.ts'
import { layoutOf } from '../hardware/layout.ts'
import { paintCopy, paintDisplay } from '../hardware/paint.ts'
import type { Pixels } from '../hardware/png.ts'
import { paintFew, paintWhole, shapeOf, type Shape, type WholeParty } from '../hardware/later/whole.ts'
import { pageShown, showsWhole, siblingsOf } from '../hardware/view.ts'
import type { Box } from '../places.ts'
import { arrowsOf, boxOfId, layoutsOf } from '../references.ts'
import type { Point } from '../route.ts'

export interface FarThing { readonly id: Id; readonly box: Box; readonly hue: Hue; /** '' on what is too small for it. */ readonly says: string; readonly differs: boolean; readonly chosen: boolean }
export interface Far {
  readonly size: Size
  readonly floors: Floors
  readonly processes: readonly { readonly id: Id; readonly box: Box; readonly hue: Hue; readonly letter: string; readonly acting: boolean; readonly there: boolean }[]
  readonly things: readonly FarThing[]
  readonly arrows: readonly { readonly points: readonly Point[]; readonly hue: Hue; readonly lost: boolean }[]
  readonly pictures: readonly { readonly box: Box; /** null: there is nothing to show yet. */ readonly pixels: Pixels | null }[]
}

/** Edge of a picture of more pixels than can be seen. */
const FEW = 64

/** On a card: whose it is, and how many hold it. A dma-buf is nobody's, and its file counts. */
function says(frame: Frame, id: Id, record: AnyRecord): string {
  if (kindOf(id) === 'gem') return `${letterOf(id)} ${String(record['refcount'])}`
  return kindOf(id) === 'dma_buf' ? String(look(frame.after, record['file'] as Id<'file'>)?.fCount ?? 0) : ''
}

const drawn = (id: Id, record: AnyRecord): boolean => kindOf(id) !== 'mailbox' || (record['messages'] as readonly unknown[]).length > 0

/** What the display shows; null before the first frame. */
function panelOf(snapshot: Snapshot): Pixels | null {
  const shape = all(snapshot, 'crtc' as Kind)[0]?.[1] as unknown as Shape | undefined
  const words = snapshot.words[DISPLAY_SHOWN]
  if (!shape || !words) return null
  return shape.width > FEW ? paintFew(shape, FEW, FEW, (pixel) => words[pixel] ?? 0) : paintDisplay(snapshot, shape.width, shape.height)
}

export function farOf(frame: Frame, size: Size, compact: boolean): Far {
  const { header, after, step, places, differs, selected } = frame
  const floors = floorsOf(size, compact)
  const layouts = layoutsOf(frame, floors, compact)
  const { cpu, dram, gpu, display } = layoutOf(floors.hardware.box, compact)
  const page = pageShown(frame)
  const pages = siblingsOf(frame.truth, page)
  const held = (holder: WholeParty): Pixels | null =>
    page === null ? null : showsWhole(frame, pages) ? paintWhole(after, holder, pages, shapeOf(after, pages.length), FEW, FEW) : paintCopy(copyOf(after, frame.truth, holder, page))
  const copies = ([['cpu', cpu], ['dram', dram], ['gpu', gpu]] as const).map(([holder, box]) => ({ box, pixels: held(holder) }))
  return {
    size, floors,
    processes: layouts.user.processes.map(({ task, letter, box }) => ({ id: task, box, letter, hue: hueOfTask(header, letter), acting: step?.actor === task, there: look(after, task)?.ended === null })),
    things: [...places.cells].flatMap(([id, { kind }]): FarThing[] => {
      const record = after.records.get(id)
      const box = kind === 'area' || !record || !drawn(id, record) ? null : boxOfId(places, layouts.kernel, id)
      const file = record?.['file']
      return box && record ? [{ id, box, hue: hueOf(header, id, record), says: kind === 'card' ? says(frame, id, record) : '', differs: differs.has(id) || (typeof file === 'string' && differs.has(file)), chosen: selected !== null && (selected === id || selected === file) }] : []
    }),
    arrows: arrowsOf(frame, after, layouts).arrows.map(({ edge, points, hue }) => ({ points, hue, lost: edge.lost })),
    pictures: [...copies, { box: display, pixels: panelOf(after) }],
  }
}
