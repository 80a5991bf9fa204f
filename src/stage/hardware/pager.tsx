/** Which page of a larger buffer is shown, and the way to its neighbours. */
import type { KeyboardEvent, MouseEvent } from 'react'
import { Words } from '../glyphs/text.tsx'
import type { Select } from '../scene.ts'
import { pageId, type View } from './view.ts'
import { MANY_PAGES } from './large.ts'

/** The way out of a page of a large buffer: back to all of it. */
function Out({ x, y, owner, onSelect }: { readonly x: number; readonly y: number; readonly owner: string; readonly onSelect: Select | undefined }) {
  const go = (event: MouseEvent | KeyboardEvent): void => {
    event.stopPropagation()
    onSelect?.(owner)
  }
  return (
    <g role="button" tabIndex={0} aria-label="The whole buffer" className="thing" onClick={go} onKeyDown={(event) => { if (event.key === 'Enter') go(event) }}>
      <rect className="halo" fill="none" x={x - 4} y={y - 13} width="22" height="18" rx="4" />
      <rect x={x - 4} y={y - 13} width="22" height="18" fill="transparent" />
      <Words x={x} y={y} size={12} weight={650}>all</Words>
    </g>
  )
}

export function Pager({ x, y, view, onSelect }: { readonly x: number; readonly y: number; readonly view: View; readonly onSelect: Select | undefined }) {
  const { siblings } = view
  const at = siblings.findIndex((page) => page.frame === view.frame)
  const turn = (by: number) => {
    const there = siblings[(at + by + siblings.length) % siblings.length]!
    const go = (event: MouseEvent | KeyboardEvent): void => {
      event.stopPropagation()
      onSelect?.(pageId(there.frame))
    }
    return { go, label: `Page ${there.index + 1} of ${siblings.length}` }
  }
  if (view.whole) return null
  return (
    <g>
      {siblings.length > MANY_PAGES && <Out x={x - 26} y={y} owner={siblings[0]!.owner} onSelect={onSelect} />}
      {([[-1, '‹', 0], [1, '›', 48]] as const).map(([by, sign, dx]) => {
        const { go, label } = turn(by)
        return (
          <g key={sign} role="button" tabIndex={0} aria-label={label} className="thing" onClick={go} onKeyDown={(event) => { if (event.key === 'Enter') go(event) }}>
            <rect className="halo" fill="none" x={x + dx - 4} y={y - 13} width="18" height="18" rx="4" />
            <rect x={x + dx - 4} y={y - 13} width="18" height="18" fill="transparent" />
            <Words x={x + dx} y={y} size={14} weight={650}>{sign}</Words>
          </g>
        )
      })}
      <Words x={x + 29} y={y} size={12} fill="var(--dim)" anchor="middle">{`${at + 1}/${siblings.length}`}</Words>
    </g>
  )
}
