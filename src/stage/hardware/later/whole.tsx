/** A large buffer whole, in everybody's hands: the picture of each, small, with the marks that single lines have, over cells of many. */
import type { KeyboardEvent, MouseEvent } from 'react'
import { fill } from '../../../base/fill.ts'
import { DISPLAY_SHOWN } from '../../../journal/areas.ts'
import type { BufferPage } from '../../../journal/buffer-pages.ts'
import type { Frame } from '../../frame.ts'
import type { Box } from '../../places.ts'
import type { Select } from '../../scene.ts'
import type { HardwareLayout } from '../layout.ts'
import { Dirty, Stale, type Grid } from '../marks.tsx'
import { Picture } from '../picture.tsx'
import { SENTENCES } from '../sentences-later.ts'
import { pageId, type View, type Whole } from '../view.ts'
import { CONFLICT_HERE, DIRTY_HERE, firstOld, fitted, gridFor, OLD_HERE, pageAt, paintFew, paintWhole, panelCells, shapeOf, wholeCopy, type Cells, type Counts, type Shape, type WholeParty } from './whole.ts'

/** One cell for all: the counts are what is wanted. */
const ONE = { columns: 1, rows: 1 }
export function wholeOf({ after, truth }: Frame, pages: readonly BufferPage[]): Whole {
  const shape = shapeOf(after, pages.length)
  const counts = (party: WholeParty): Counts => wholeCopy(after, truth, party, pages, shape, ONE)
  return { pages, shape, counts: { cpu: counts('cpu'), dram: counts('dram'), gpu: counts('gpu') } }
}

const gridOn = (box: Box, { columns, rows }: Pick<Cells, 'columns' | 'rows'>): Grid => ({ x: box.x, y: box.y, k: box.h / rows, columns, gap: 0, w: box.w / columns })

const Edge = ({ box }: { readonly box: Box }) => <rect x={box.x - 0.5} y={box.y - 0.5} width={box.w + 1} height={box.h + 1} fill="none" stroke="var(--edge)" pointerEvents="none" />

function Marks({ box, cells: { columns, rows, bits } }: { readonly box: Box; readonly cells: Cells }) {
  const grid = gridOn(box, { columns, rows })
  const count = columns * rows
  const has = (bit: number) => (cell: number) => (bits[cell]! & bit) !== 0
  return (
    <g>
      <Dirty grid={grid} count={count} is={has(DIRTY_HERE)} />
      <Stale grid={grid} count={count} is={has(OLD_HERE)} />
      {bits.some((bit) => bit & CONFLICT_HERE) && <Stale grid={grid} count={count} is={has(CONFLICT_HERE)} opacity={0.6} />}
    </g>
  )
}

function Party({ frame, box, whole, party, onSelect }: { readonly frame: Frame; readonly box: Box; readonly whole: Whole; readonly party: WholeParty; readonly onSelect: Select | undefined }) {
  const { pages, shape } = whole
  const place = fitted(box, shape)
  const cells = wholeCopy(frame.after, frame.truth, party, pages, shape, gridFor(place))
  const go = (page: { frame: number } | undefined, event: MouseEvent | KeyboardEvent): void => {
    event.stopPropagation()
    if (page) onSelect?.(pageId(page.frame))
  }
  const click = (event: MouseEvent<SVGRectElement>): void => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(event.currentTarget.getScreenCTM()!.inverse())
    go(pageAt(shape, pages, (at.x - place.x) / place.w, (at.y - place.y) / place.h), event)
  }
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') go(firstOld(frame.truth, pages), event)
  }
  const label = fill(SENTENCES.wholePicture, { party: NAMES[party], count: pages.length })
  return (
    <g className="thing" role="button" tabIndex={party === 'dram' ? 0 : -1} aria-label={label} onKeyDown={key}>
      <Picture pixels={paintWhole(frame.after, party, pages, shape, Math.round(place.w), Math.round(place.h))} box={place} />
      <Edge box={place} />
      <Marks box={place} cells={cells} />
      <rect className="halo" fill="none" x={place.x - 3} y={place.y - 3} width={place.w + 6} height={place.h + 6} rx={3} />
      <rect x={place.x} y={place.y} width={place.w} height={place.h} fill="transparent" onClick={click}><title>{label}</title></rect>
    </g>
  )
}
const NAMES: Readonly<Record<WholeParty, string>> = { cpu: 'CPU cache', dram: 'DRAM', gpu: 'GPU cache' }

/** The caches and memory of a buffer that is shown whole. */
export function WholeParties({ frame, layout: { cpu, dram, gpu }, whole, onSelect }: { readonly frame: Frame; readonly layout: HardwareLayout; readonly whole: Whole; readonly onSelect: Select | undefined }) {
  return ([[cpu, 'cpu'], [dram, 'dram'], [gpu, 'gpu']] as const).map(([box, party]) => <Party key={party} frame={frame} box={box} whole={whole} party={party} onSelect={onSelect} />)
}

/** A panel with more pixels than there is room for. */
export function LargePanel({ frame, box, view }: { readonly frame: Frame; readonly box: Box; readonly view: View }) {
  const { width, height, stale } = view.display
  const shape: Shape = { width, height }
  const place = fitted(box, shape)
  const shown = frame.after.words[DISPLAY_SHOWN]
  return (
    <g>
      <Picture pixels={paintFew(shape, Math.round(place.w), Math.round(place.h), (pixel) => (shown?.[pixel] ?? 0) & 0xffffff)} box={place} />
      <Edge box={place} />
      <Marks box={place} cells={panelCells(stale, shape, gridFor(place))} />
    </g>
  )
}
