/** Memory and the panel: whole pictures, with old lines outlined. */
import { memo } from 'react'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { Flag } from '../glyphs/card.tsx'
import { Words } from '../glyphs/text.tsx'
import type { Box } from '../places.ts'
import type { Snapshot } from '../../journal/snapshot.ts'
import { linesIn, sameBox, sameCopy } from './cache.tsx'
import { gridOf, Stale } from './marks.tsx'
import { paintCopy, paintDisplay, SIDE } from './paint.ts'
import { Picture, PictureTop } from './picture.tsx'
import type { View } from './view.ts'

/** A panel without a picture is dark in every theme. */
const DARK = '#10131b'

/** Fine lines between pixels, so that they can be counted. */
const Pixels = memo(function Pixels({ box, k }: { readonly box: Box; readonly k: number }) {
  if (k < 4) return null
  let path = ''
  for (let i = 1; i < SIDE; i++) path += `M${box.x + i * k} ${box.y}v${box.h}M${box.x} ${box.y + i * k}h${box.w}`
  return <path d={path} stroke="#8090b0" strokeOpacity="0.16" strokeWidth="1" fill="none" pointerEvents="none" />
}, (a, b) => a.k === b.k && sameBox(a.box, b.box))

const Frame = ({ box, dashed = false }: { readonly box: Box; readonly dashed?: boolean }) => (
  <rect x={box.x - 0.5} y={box.y - 0.5} width={box.w + 1} height={box.h + 1} fill="none" stroke="var(--edge)" strokeDasharray={dashed ? '4 4' : undefined} pointerEvents="none" />
)

export function Empty({ box, says }: { readonly box: Box; readonly says: string }) {
  return (
    <g>
      <Frame box={box} dashed />
      <Words x={box.x + box.w / 2} y={box.y + box.h / 2 + 4} size={12} fill="var(--dim)" anchor="middle">{says}</Words>
    </g>
  )
}

/** The corner that every object has that is not the same in the other bench; large enough to be seen on a picture. */
const Corner = ({ box, shown }: { readonly box: Box; readonly shown: boolean }) => (shown ? (
  <g pointerEvents="none">
    <path d={`M${box.x + box.w + 1} ${box.y - 1}v17l-17 -17z`} fill="var(--panel)" />
    <Flag x={box.x + box.w + 1} y={box.y - 1} size={14} />
  </g>
) : null)

interface MemoryProps { readonly box: Box; readonly k: number; readonly view: View; readonly t: number; readonly differs: boolean }

/** Standing still, it shows what it holds, and nothing of how it was. */
export const Memory = memo(DrawnMemory, (a, b) => a.t === 1 && b.t === 1 && a.k === b.k && a.differs === b.differs && sameBox(a.box, b.box) && sameCopy(a.view.now.dram, b.view.now.dram))

function DrawnMemory({ box, k, view, t, differs }: MemoryProps) {
  const { was, now, flows } = view
  const grid = gridOf(box, k, 0)
  const stored = linesIn(flows, 'store', 'dram')
  return (
    <g>
      <Picture pixels={paintCopy(t < 1 ? was.dram : now.dram)} box={box} />
      {t < 1 && stored.size > 0 && <PictureTop pixels={paintCopy(now.dram, stored)} box={box} part={t} />}
      <Pixels box={box} k={k} />
      <Frame box={box} />
      <Stale grid={grid} count={LINES_PER_PAGE} is={(line) => now.dram.stale[line] === 1} opacity={t} />
      <Corner box={box} shown={differs} />
    </g>
  )
}

export function Panel({ box, before, after, view, t, differs }: { readonly differs: boolean; readonly box: Box; readonly before: Snapshot; readonly after: Snapshot; readonly view: View; readonly t: number }) {
  const { display } = view
  const { width, height, stale } = display
  const k = box.w / width
  if (!display.lit) return <g><rect x={box.x} y={box.y} width={box.w} height={box.h} fill={DARK} /><Frame box={box} /></g>
  const scans = display.changed && t < 1
  return (
    <g>
      <Picture pixels={paintDisplay(scans ? before : after, width, height)} box={box} />
      {scans && <PictureTop pixels={paintDisplay(after, width, height)} box={box} part={t} />}
      <Pixels box={box} k={k} />
      <Frame box={box} />
      <Stale grid={gridOf(box, k, 0, width / 16)} count={stale.length} is={(line) => stale[line] === 1} opacity={scans ? t : 1} />
      {scans && <rect x={box.x} y={box.y + box.h * t - 1.5} width={box.w} height="3" fill="var(--display)" />}
      <Corner box={box} shown={differs} />
    </g>
  )
}
