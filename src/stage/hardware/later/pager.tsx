/** Which page of a larger buffer is shown, and the way to its neighbours. */
import type { KeyboardEvent, MouseEvent } from 'react'
import { fill } from '../../../base/fill.ts'
import { Words } from '../../glyphs/text.tsx'
import type { Select } from '../../scene.ts'
import { pageId, type View } from '../view.ts'
import { MANY_PAGES } from '../large.ts'
import { SENTENCES } from '../sentences.ts'

/** A sign to press, that selects something. */
function Press({ x, y, w, size, sign, label, id, onSelect }: {
  readonly x: number; readonly y: number; readonly w: number; readonly size: number; readonly sign: string; readonly label: string; readonly id: string; readonly onSelect: Select | undefined
}) {
  const go = (event: MouseEvent | KeyboardEvent): void => {
    event.stopPropagation()
    onSelect?.(id)
  }
  return (
    <g role="button" tabIndex={0} aria-label={label} className="thing" onClick={go} onKeyDown={(event) => { if (event.key === 'Enter') go(event) }}>
      <rect className="halo" fill="none" x={x - 4} y={y - 13} width={w} height="18" rx="4" />
      <rect x={x - 4} y={y - 13} width={w} height="18" fill="transparent" />
      <Words x={x} y={y} size={size} weight={650}>{sign}</Words>
    </g>
  )
}

export function Pager({ x, y, view: { siblings, frame, whole }, onSelect }: { readonly x: number; readonly y: number; readonly view: View; readonly onSelect: Select | undefined }) {
  if (whole) return null
  const at = siblings.findIndex((page) => page.frame === frame)
  return (
    <g>
      {/* The way out of a page of a large buffer: back to all of it. */}
      {siblings.length > MANY_PAGES && <Press x={x - 26} y={y} w={22} size={12} sign="all" label="The whole buffer" id={siblings[0]!.owner} onSelect={onSelect} />}
      {([[-1, '‹', 0], [1, '›', 48]] as const).map(([by, sign, dx]) => {
        const there = siblings[(at + by + siblings.length) % siblings.length]!
        return <Press key={sign} x={x + dx} y={y} w={18} size={14} sign={sign} label={fill(SENTENCES.pageOf, { at: there.index + 1, count: siblings.length })} id={pageId(there.frame)} onSelect={onSelect} />
      })}
      <Words x={x + 29} y={y} size={12} fill="var(--dim)" anchor="middle">{`${at + 1}/${siblings.length}`}</Words>
    </g>
  )
}
