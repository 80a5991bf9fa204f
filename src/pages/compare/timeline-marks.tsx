/** On the timeline: the reader's bookmarks, and the steps that touched what is selected. */
import { useLayoutEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { bookmarksHere } from '../../app/bookmarks.ts'
import { historyOf, rowOf } from '../../app/history.ts'
import { useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences-later.ts'
import './timeline-marks.css'

interface Stretch { readonly from: number; readonly to: number }

/** Rows in order as stretches of neighbours, both ends in it. */
export function stretches(rows: readonly number[]): Stretch[] {
  const found: Stretch[] = []
  for (const row of rows) {
    const last = found.at(-1)
    if (last && row <= last.to + 1) found[found.length - 1] = { from: last.from, to: Math.max(last.to, row) }
    else found.push({ from: row, to: row })
  }
  return found
}

export default function TimelineMarks() {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const stops = useStore((now) => now.catalog?.stops)
  const selected = useStore((now) => now.selected)
  const bookmarks = useStore((now) => now.bookmarks)
  const [lanes, setLanes] = useState<Element | null>(null)
  useLayoutEffect(() => setLanes(document.querySelector('.timeline .lanes')), [])
  const touched = useMemo(() => (selected === null ? [] : stretches(historyOf(selected, benches, stops ?? []).map((touch) => rowOf(touch).at).sort((a, b) => a - b))), [selected, benches, rows, stops])
  const marked = useMemo(() => [...new Set(bookmarksHere().map(({ at }) => at))], [bookmarks, benches, rows])
  if (!lanes || rows.length === 0) return null
  const part = (n: number): string => `${(n / rows.length) * 100}%`
  return createPortal(
    <>
      {touched.map(({ from, to }) => <i key={from} className="touched" style={{ left: part(from - 1), width: part(to - from + 1) }} />)}
      {marked.map((at) => <i key={at} className="bookmarked" style={{ left: part(Math.max(0, at - 0.5)) }} title={fill(SENTENCES.bookmarkAt, { at })} />)}
    </>,
    lanes,
  )
}
