/** The write-combine buffers of the cores: a few lines each, stored bytes only, which nobody else sees before they drain. */
import { memo } from 'react'
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { fill, formsOf } from '../../base/fill.ts'
import type { WcEntry } from '../../journal/holders.ts'
import { Words } from '../glyphs/text.tsx'
import type { Box } from '../places.ts'
import { alike, sameBox } from './cache.tsx'
import { paintEntry } from './paint.ts'
import { PixelRows } from './picture.tsx'
import type { Select } from '../scene.ts'
import { Thing } from '../glyphs/thing.tsx'
import { FORMS, SENTENCES } from './sentences.ts'
import { fitting } from './title.tsx'
import { lineId, type WcView } from './view.ts'

const LABEL = 14
/** A lower entry is mostly its rim. */
const LOW = 9

/** `room`: how far the words of a core may reach. */
interface Props { readonly box: Box; readonly room: number; readonly k: number; readonly was: readonly WcView[]; readonly now: readonly WcView[]; readonly page: number; readonly t: number; readonly chosen: number | null; readonly onSelect: Select | undefined }

const sameEntry = (a: WcEntry | null, b: WcEntry | null): boolean => a === b || (a !== null && b !== null && a.line === b.line && a.maskLow === b.maskLow && a.maskHigh === b.maskHigh && alike(a.words, b.words))
const sameCore = (a: WcView, b: WcView | undefined): boolean => a.core === b?.core && a.entries.every((entry, n) => sameEntry(entry, b.entries[n] ?? null))

/** Standing still, they show what waits, and nothing of how it was. */
export const WriteBuffers = memo(DrawnBuffers, (a, b) =>
  a.t === 1 && b.t === 1 && a.k === b.k && a.room === b.room && a.page === b.page && a.chosen === b.chosen && a.onSelect === b.onSelect && sameBox(a.box, b.box) && a.now.length === b.now.length && a.now.every((core, i) => sameCore(core, b.now[i])))

function DrawnBuffers({ box, room, k, was, now, page, t, chosen, onSelect }: Props) {
  const block = box.h / Math.max(1, now.length)
  return (
    <g>
      {now.map(({ core, entries }, i) => {
        const y = box.y + i * block
        const waiting = entries.filter((entry) => entry !== null).length
        const height = Math.max(1, Math.min(15, Math.floor((block - LABEL - 4) / entries.length) - 2))
        const places = entries.map((_, n) => ({ x: box.x, y: y + LABEL + n * (height + 2), w: 16 * k, h: height }))
        const before = (n: number): WcEntry | null => was[i]?.entries[n] ?? null
        const rows = (of: (n: number) => WcEntry | null) => places.flatMap((place, n) => {
          const entry = of(n)
          return entry ? [{ pixels: paintEntry(entry), box: place }] : []
        })
        return (
          <g key={core}>
            <Words x={box.x} y={y + 10} size={11} weight={waiting ? 600 : 400} fill={waiting ? 'var(--ink)' : 'var(--dim)'}>{fitting(waiting ? formsOf(FORMS.coreWaits, { core, n: waiting }) : formsOf(FORMS.coreEmpty, { core, n: waiting }), room, 11, waiting ? 600 : 400)}</Words>
            <path d={places.map(slotPath).join('')} fill="var(--panel)" fillOpacity="0.5" stroke="var(--edge)" strokeOpacity="0.7" />
            {t < 1 && <PixelRows rows={rows((n) => (entries[n] ? null : before(n)))} opacity={1 - t} />}
            <PixelRows rows={rows((n) => (t < 1 && !before(n) ? null : entries[n]!))} />
            {t < 1 && <PixelRows rows={rows((n) => (before(n) ? null : entries[n]!))} opacity={t} />}
            {entries.map((entry, n) => {
              const place = places[n]!
              if (!entry) return null
              const label = fill(Math.floor(entry.line / LINES_PER_PAGE) === page ? SENTENCES.coreLine : SENTENCES.coreLineElsewhere, { core, line: entry.line % LINES_PER_PAGE })
              return <Thing key={n} id={lineId(entry.line)} label={label} box={place} radius={2} selected={chosen === entry.line} differs={false} onSelect={onSelect}><Waiting place={place} shown={before(n) ? 1 : t} /></Thing>
            })}
          </g>
        )
      })}
    </g>
  )
}

/** An entry, used or not: half a pixel inside its place. */
function slotPath({ x, y, w, h }: Box): string {
  const r = Math.min(2, (h - 1) / 2)
  const [across, down] = [w - 1 - 2 * r, h - 1 - 2 * r]
  return `M${x + 0.5 + r} ${y + 0.5}h${across}a${r} ${r} 0 0 1 ${r} ${r}v${down}a${r} ${r} 0 0 1 ${-r} ${r}h${-across}a${r} ${r} 0 0 1 ${-r} ${-r}v${-down}a${r} ${r} 0 0 1 ${r} ${-r}z`
}

/** Dotted around as everything is that nobody else sees; on a low entry with smaller dots, which leave its bytes to be seen. */
function Waiting({ place, shown }: { place: Box; shown: number }) {
  const dot = place.h < LOW ? 1.25 : 2
  return <rect x={place.x} y={place.y} width={place.w} height={place.h} rx="2" fill="none" pointerEvents="all" stroke="var(--ink)" strokeWidth={dot} strokeDasharray={`0.1 ${2 * dot}`} strokeLinecap="round" opacity={shown < 1 ? shown : undefined} />
}
