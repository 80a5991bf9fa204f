/** A walk as the hardware makes it: a table at each level with its neighbours around the entry that is taken, down to the page. */
import { memo } from 'react'
import { indexBits, lastLevel } from '../../journal/walk.ts'
import { clipMono, Mono, Words } from '../glyphs/text.tsx'
import { colour, ground, type Hue } from '../hue.ts'
import type { Box } from '../places.ts'
import { fitting } from './title.tsx'
import { pageText, type Unseen, type WalkView } from './walks.ts'

const ROW = 16
const HEAD = 30
const GAP = 16
/** A table is not drawn wider, however few there are. */
const WIDEST = 190

/** Rows that fit a height; odd, so that the entry taken stands in the middle. */
export const rowsFor = (h: number): number => Math.max(1, Math.floor(((h - HEAD) / ROW - 1) / 2) * 2 + 1)

export function WalkTree({ view, box, hue }: { readonly view: WalkView; readonly box: Box; readonly hue: Hue }) {
  const levels = view.format.levels.length
  const width = Math.min((box.w - levels * GAP) / (levels + 1), WIDEST)
  const rows = rowsFor(box.h)
  const middle = box.y + HEAD + (Math.floor(rows / 2) + 0.5) * ROW
  const column = (i: number): number => box.x + i * (width + GAP)
  const { steps, phys } = view.walk
  const end = column(steps.length)
  return (
    <g>
      {view.indices.map((_, level) => <Table key={level} view={view} level={level} x={column(level)} y={box.y} w={width} rows={rows} hue={hue} />)}
      {steps.slice(0, -1).map((_, level) => <Way key={level} from={column(level) + width} to={column(level + 1)} y={middle} colour={colour(hue)} />)}
      {phys !== null && <Way from={column(steps.length - 1) + width} to={end} y={middle} colour={colour(hue)} />}
      {phys !== null ? (
        <g>
          <rect x={end + 0.5} y={middle - 18.5} width={width - 1} height={37} rx={4} fill="var(--panel)" stroke={colour(hue)} strokeWidth="1.5" />
          <Words x={end + 7} y={middle - 4} size={11} fill="var(--dim)">page</Words>
          <Mono x={end + 7} y={middle + 11} size={12} weight={600}>{pageText(phys)}</Mono>
        </g>
      ) : (
        <g>
          <rect x={end + 0.5} y={middle - 10.5} width={Math.min(width, box.x + box.w - end) - 1} height={21} rx={4} fill="none" stroke="var(--bad)" strokeDasharray="4 3" />
          <Words x={end + 6} y={middle + 4} size={11} weight={650} fill="var(--bad)">no entry</Words>
          {view.unseen && <Missed x={end + width + GAP / 2} y={middle} right={box.x + box.w} unseen={view.unseen} />}
        </g>
      )}
    </g>
  )
}

/** What the walker misses: an entry that has not come to memory yet. */
function Missed({ x, y, right, unseen: { kind, where } }: { readonly x: number; readonly y: number; readonly right: number; readonly unseen: Unseen }) {
  const forms = where === 'cache' ? ["dirty in the CPU's cache", 'in the CPU cache', 'dirty'] : ['waits in a write-combine buffer', 'in a write buffer', 'waits']
  const text = fitting([`${forms[0]}: ${kind === 'leaf' ? 'the page' : 'a table'}`, ...forms], right - x - 12, 11)
  return (
    <g>
      <rect x={x + 0.5} y={y - 10.5} width={right - x - 1} height={21} rx={4} fill="var(--dirty)" stroke="var(--edge)" />
      <Words x={x + 6} y={y + 4} size={11} weight={600} fill="var(--dirty-ink)">{text}</Words>
    </g>
  )
}

const Way = ({ from, to, y, colour: stroke }: { readonly from: number; readonly to: number; readonly y: number; readonly colour: string }) => (
  <path d={`M${from} ${y}H${to - 1}m-6 -4l6 4l-6 4`} fill="none" stroke={stroke} strokeWidth="1.5" />
)

function Table({ view, level, x, y, w, rows, hue }: { readonly view: WalkView; readonly level: number; readonly x: number; readonly y: number; readonly w: number; readonly rows: number; readonly hue: Hue }) {
  const step = view.walk.steps[level]
  if (!step) {
    // The walk ended before this level, so there is no table to show; the fault stands in the first such place.
    return level === view.walk.steps.length ? null : <Words x={x} y={y + 11} size={11} fill="var(--dim)">{`L${level}`}</Words>
  }
  const { format } = view
  const { entries } = format.levels[level]!
  const table = step.at - step.index * format.entryBytes
  return (
    <g>
      <Words x={x} y={y + 11} size={11} weight={600} fill="var(--dim)">{`L${level}  ${indexBits(format, level)}`}</Words>
      <Mono x={x} y={y + 24} size={11} fill="var(--dim)">{level === 0 ? clipMono(format.register, w, 11) : pageText(table)}</Mono>
      {Array.from({ length: rows }, (_, row) => {
        // The entry taken stays in the middle row, so that the way is straight; the rows around it are its neighbours.
        const index = step.index + row - Math.floor(rows / 2)
        const top = y + HEAD + row * ROW
        if (index < 0 || index >= entries) return <rect key={row} x={x + 0.5} y={top + 1.5} width={w - 1} height={ROW - 3} rx={2} fill="none" stroke="var(--line)" strokeDasharray="2 3" />
        const entry = view.read(table + index * format.entryBytes)
        const kind = format.kindOf(entry, level)
        const taken = index === step.index
        const bad = taken && kind === 'invalid'
        const word = entry.hi === 0 && entry.lo === (format.empty ?? 0) ? '' : kind === 'invalid' ? 'other' : kind === 'table' ? 'table' : level === lastLevel(format) ? 'page' : 'block'
        return <Entry key={row} x={x} y={top} w={w} index={index} word={word} taken={taken} bad={bad} hue={hue} />
      })}
    </g>
  )
}

/** An entry of a table; from step to step hardly one of them is another. */
const Entry = memo(function Entry({ x, y, w, index, word, taken, bad, hue }: { readonly x: number; readonly y: number; readonly w: number; readonly index: number; readonly word: string; readonly taken: boolean; readonly bad: boolean; readonly hue: Hue }) {
  return (
    <g>
      <rect x={x + 0.5} y={y + 1.5} width={w - 1} height={ROW - 3} rx={2} fill={taken && !bad ? ground(hue) : 'var(--panel)'} stroke={bad ? 'var(--bad)' : taken ? colour(hue) : 'var(--line)'} strokeWidth={taken ? 1.75 : 1} strokeDasharray={bad ? '3 2' : undefined} />
      <Mono x={x + 4} y={y + 12} size={11} weight={taken ? 600 : 400} fill={taken ? 'var(--ink)' : 'var(--dim)'}>{clipMono(`${index}`, w - 8, 11)}</Mono>
      {word !== '' && w > 62 && <Mono x={x + w - 4} y={y + 12} size={11} anchor="end" fill={taken ? 'var(--ink)' : 'var(--dim)'}>{word}</Mono>}
    </g>
  )
})
