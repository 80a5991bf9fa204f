/** The write-combine buffers of the cores: a few lines each, stored bytes only, which nobody else sees before they drain. */
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { fill } from '../../base/fill.ts'
import type { WcEntry } from '../../journal/holders.ts'
import { Words } from '../glyphs/text.tsx'
import type { Box } from '../places.ts'
import { paintEntry } from './paint.ts'
import { Picture } from './picture.tsx'
import type { Select } from '../scene.ts'
import { Thing } from '../glyphs/thing.tsx'
import { SENTENCES } from './sentences.ts'
import { lineId, type WcView } from './view.ts'

const LABEL = 14

export function WriteBuffers({ box, k, was, now, page, t, chosen, onSelect }: { readonly chosen: number | null; readonly onSelect: Select | undefined; readonly box: Box; readonly k: number; readonly was: readonly WcView[]; readonly now: readonly WcView[]; readonly page: number; readonly t: number }) {
  const block = box.h / Math.max(1, now.length)
  return (
    <g>
      {now.map(({ core, entries }, i) => {
        const y = box.y + i * block
        const waiting = entries.filter((entry) => entry !== null).length
        const height = Math.max(1, Math.min(15, Math.floor((block - LABEL - 4) / entries.length) - 2))
        return (
          <g key={core}>
            <Words x={box.x} y={y + 10} size={11} weight={waiting ? 600 : 400} fill={waiting ? 'var(--ink)' : 'var(--dim)'}>{fill(waiting ? SENTENCES.coreWaits : SENTENCES.coreEmpty, { core, count: waiting })}</Words>
            {entries.map((entry, n) => {
              const place = { x: box.x, y: y + LABEL + n * (height + 2), w: 16 * k, h: height }
              const before = was[i]?.entries[n] ?? null
              const drawn = <Entry place={place} entry={entry} before={before} page={page} t={t} />
              if (!entry) return <g key={n}>{drawn}</g>
              return <Thing key={n} id={lineId(entry.line)} label={fill(SENTENCES.coreLine, { core, line: entry.line % LINES_PER_PAGE })} box={place} radius={2} selected={chosen === entry.line} differs={false} onSelect={onSelect}>{drawn}</Thing>
            })}
          </g>
        )
      })}
    </g>
  )
}

function Entry({ place, entry, before, page, t }: { readonly place: Box; readonly entry: WcEntry | null; readonly before: WcEntry | null; readonly page: number; readonly t: number }) {
  const fresh = entry !== null && before === null
  const gone = entry === null && before !== null && t < 1
  const title = entry ? fill(Math.floor(entry.line / LINES_PER_PAGE) === page ? SENTENCES.lineHere : SENTENCES.lineElsewhere, { line: entry.line % LINES_PER_PAGE }) : 'empty entry'
  return (
    <g>
      <title>{title}</title>
      <rect x={place.x + 0.5} y={place.y + 0.5} width={place.w - 1} height={place.h - 1} rx="2" fill="var(--panel)" fillOpacity="0.5" stroke="var(--edge)" strokeOpacity="0.7" />
      {entry && <Picture pixels={paintEntry(entry)} box={place} opacity={fresh ? t : 1} />}
      {gone && <Picture pixels={paintEntry(before)} box={place} opacity={1 - t} />}
      {entry && <rect x={place.x} y={place.y} width={place.w} height={place.h} rx="2" fill="none" stroke="var(--ink)" strokeWidth="2" strokeDasharray="0.1 4" strokeLinecap="round" opacity={fresh ? t : 1} />}
    </g>
  )
}
