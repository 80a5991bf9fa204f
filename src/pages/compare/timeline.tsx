/** The runs on one line each: a cell per stop, grouped by call, with landmarks, differences and the playhead. A real slider. */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Row } from '../../journal/align.ts'
import type { Divergence } from '../../journal/divergence.ts'
import type { Journal } from '../../journal/run.ts'
import { captionOf, plainText } from '../../journal/say.ts'
import { differences } from '../../app/differences-later.ts'
import * as playhead from '../../app/playhead.ts'
import { patch, refuses, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences.ts'

interface Group { readonly from: number; readonly count: number; readonly label: string; readonly title: string; readonly hue: string }

const HUES: Readonly<Record<string, string>> = { A: 'exporter', B: 'importer', gpu: 'gpu', display: 'display' }
/** More cells than this are too thin to see: each call is then one bar. */
const CELLS = 180
/** Width of a letter of a label, and the room between two. */
const LETTER_PX = 7.3
const SENTENCE_PX = 6.5
const MAIN_PX = 7.4
const APART_PX = 10

export const hueOfProcess = (process: string): string => HUES[process] ?? 'kernel'

function groupsOf(rows: readonly Row[], journals: readonly Journal[]): Group[] {
  const found: Group[] = []
  rows.forEach((row, at) => {
    const last = found.at(-1)
    if (last && rows[at - 1]!.key === row.key && hueOfProcess(rows[at - 1]!.process) === hueOfProcess(row.process)) return void (found[found.length - 1] = { ...last, count: last.count + 1 })
    const title = callName(row.key, journals) ?? row.process
    found.push({ from: at, count: 1, label: row.landmark !== null ? '' : shortName(title), title, hue: hueOfProcess(row.process) })
  })
  return found
}

/** What a label has room for: the call without its library's prefix, `drmModeCreateDumbBuffer` as `create`. */
export function shortName(call: string): string {
  const bare = call.replace(/^(drmMode|drmPrime|drm(?=[A-Z])|gbm_bo_|DRM_IOCTL_(MODE_|PANFROST_|PRIME_|GEM_)?|DMA_BUF_IOCTL_)/, '').replace(/(Dumb)?Buffer(Handle)?$/, '')
  if (/^[A-Z_0-9]+$/.test(bare)) return bare.toLowerCase()
  return bare.charAt(0).toLowerCase() + bare.slice(1)
}

/** The listing's line without its arguments: `fd = export(bo)` is `export`. */
function callName(key: string, journals: readonly Journal[]): string | null {
  for (const { header } of journals)
    for (const { lines } of header.listing) {
      const line = lines.find((each) => each.key === key)
      if (line) return /(?:^|=\s*)([\w.]+)\s*(?:\(|$)/.exec(line.text.trim())?.[1] ?? line.text
    }
  return null
}

/** A bar stands for a whole call, and only its own end counts: a check inside that says no may be answered otherwise. */
function failed(journal: Journal | undefined, seq: number | null | undefined, only?: string): boolean {
  const step = seq === null || seq === undefined ? undefined : journal?.steps[seq]
  return step !== undefined && (only === undefined || step.event === only) && refuses(step)
}

const share = (n: number, count: number): string => `${count === 0 ? 0 : (n / count) * 100}%`

export const Timeline = memo(function Timeline({ only }: { only: number | null }) {
  const rows = useStore((now) => now.rows)
  const marks = useStore((now) => now.marks)
  const at = useStore((now) => now.at)
  const benches = useStore((now) => now.benches)
  const says = useStore((now) => now.catalog?.says)
  const journals = useMemo(() => benches.flatMap((bench) => (bench.run ? [bench.run.journal] : [])), [benches])
  const groups = useMemo(() => groupsOf(rows, journals), [rows, journals])
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const count = rows.length
  const first = marks.find((mark) => mark.kind === 'first')?.row ?? -1
  const lanes = only === null ? benches.map((_, i) => i) : [only]

  const scrub = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect()
    const there = (event.clientX - left) / wide
    patch({ playing: false })
    playhead.goTo(there <= 0 ? 0 : Math.floor(there * count) + 1)
  }
  // Left, right, Home and End are the page's own keys; a slider also has up and down.
  const keys = (event: KeyboardEvent): void => {
    const move = { ArrowUp: playhead.next, ArrowDown: playhead.back }[event.key]
    if (!move || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    move()
  }
  const row = rows[at - 1]
  const bench = row ? row.seqs.findIndex((seq) => seq !== null) : -1
  const text = bench >= 0 && says && journals[bench] ? plainText(captionOf(journals[bench].steps[row!.seqs[bench]!]!, says, journals[bench])) : 'before the first step'

  return (
    <div className="timeline" ref={box}>
      <Labels groups={groups} count={count} width={width} parting={first} />
      <div
        className="lanes" data-count={lanes.length} role="slider" tabIndex={0} aria-label="Playhead" aria-valuemin={0} aria-valuemax={count} aria-valuenow={at}
        aria-valuetext={fill(SENTENCES.stepOfSays, { at, count, text })} onKeyDown={keys}
        onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); scrub(event) }}
        onPointerMove={(event) => { if (event.buttons & 1) scrub(event) }}
      >
        {lanes.map((lane) => (
          <Lane key={lane} rows={rows} groups={groups} lane={lane} journal={benches[lane]?.run?.journal} at={at} name={(lanes.length > 2 && differences?.laneName(benches, lane)) || null} />
        ))}
        <Flags rows={rows} marks={marks} />
        <i className="playhead" data-start={at === 0} style={{ left: share(Math.max(0, at - 1), count), width: at === 0 ? 0 : share(1, count) }} />
      </div>
      <Marks marks={marks} count={count} width={width} />
    </div>
  )
})

function Lane({ rows, groups, lane, journal, at, name }: { rows: readonly Row[]; groups: readonly Group[]; lane: number; journal: Journal | undefined; at: number; name: string | null }) {
  const own = useRef<HTMLDivElement>(null)
  const bars = rows.length > CELLS
  // A step colours one cell: all of them need not be drawn for it.
  const cells = useRef<readonly Element[]>([])
  const passed = useRef(0)
  useLayoutEffect(() => {
    cells.current = bars ? [] : [...own.current!.querySelectorAll('.cell')]
    cells.current.forEach((cell, i) => cell.toggleAttribute('data-passed', i < passed.current))
  }, [bars, rows, groups, journal])
  useLayoutEffect(() => {
    for (const cell of cells.current.slice(passed.current, at)) cell.toggleAttribute('data-passed', true)
    for (const cell of cells.current.slice(at, passed.current)) cell.toggleAttribute('data-passed', false)
    passed.current = at
  }, [at])
  return (
    <div className="lane" ref={own}>
      {name !== null && <b className="lane-name" aria-hidden="true">{name}</b>}
      <Cells rows={rows} groups={groups} lane={lane} journal={journal} />
      {bars && (
        // Within a bar some steps are passed and some are not.
        <div className="passed" style={{ clipPath: `inset(0 ${100 - (at / rows.length) * 100}% 0 0)` }}>
          <Cells rows={rows} groups={groups} lane={lane} journal={journal} />
        </div>
      )}
    </div>
  )
}

/** Landmarks, and the first divergence through all lanes. */
const Flags = memo(function Flags({ rows, marks }: { rows: readonly Row[]; marks: readonly Divergence[] }) {
  const place = (row: number) => ({ left: share(row, rows.length), width: share(1, rows.length) })
  return (
    <>
      {rows.map((each, i) => each.landmark !== null && <i key={i} className="landmark" style={place(i)} title={each.landmark} />)}
      {marks.filter((mark) => mark.kind === 'first').map((mark) => <i key={mark.row} className="first-line" style={place(mark.row)} />)}
    </>
  )
})

const Cells = memo(function Cells({ rows, groups, lane, journal }: { rows: readonly Row[]; groups: readonly Group[]; lane: number; journal: Journal | undefined }) {
  return (
    <>
      {groups.map((group) => (
        <span key={group.from} className="group" data-hue={group.hue} style={{ flexGrow: group.count }}>
          {rows.length > CELLS ? (
            <i className="cell bar" data-landmark={group.count === 1 && rows[group.from]!.landmark !== null} data-gap={rows.slice(group.from, group.from + group.count).every((row) => row.seqs[lane] === null)} data-bad={rows.slice(group.from, group.from + group.count).some((row) => failed(journal, row.seqs[lane], 'call.leave'))} />
          ) : (
            rows.slice(group.from, group.from + group.count).map((row, i) => <i key={i} className="cell" data-landmark={row.landmark !== null} data-gap={row.seqs[lane] === null} data-bad={failed(journal, row.seqs[lane])} />)
          )}
        </span>
      ))}
    </>
  )
})

/** Names of calls where there is room: the call in which the runs part first of all, then those with most steps. */
const Labels = memo(function Labels({ groups, count, width, parting }: { groups: readonly Group[]; count: number; width: number; parting: number }) {
  const placed: { left: number; right: number; group: Group }[] = []
  const inside = (group: Group): boolean => group.from <= parting && parting < group.from + group.count
  for (const group of [...groups].sort((a, b) => Number(inside(b)) - Number(inside(a)) || b.count - a.count || a.from - b.from)) {
    const left = (group.from / count) * width
    const right = left + group.label.length * LETTER_PX
    if (group.label !== '' && right <= width && placed.every((each) => right + APART_PX <= each.left || left >= each.right + APART_PX)) placed.push({ left, right, group })
  }
  return (
    <div className="labels" aria-hidden="true">
      {placed.map(({ left, group }) => <span key={group.from} data-hue={group.hue} data-parting={inside(group)} style={{ left }} title={group.title}>{group.label}</span>)}
    </div>
  )
})

/** Seeds and later differences stay quiet; the first divergence has its sentence in the strongest colour, on the left where it hides nothing there but something on the right. */
const Marks = memo(function Marks({ marks, count, width }: { marks: readonly Divergence[]; count: number; width: number }) {
  const place = (mark: Divergence): number => ((mark.row + 0.5) / count) * width
  const wide = ({ short }: Divergence, px: number): number => short.length * px + 24
  const hides = (from: number, to: number): boolean => marks.some((mark) => place(mark) > from && place(mark) < to)
  const main = marks.find((mark) => mark.kind === 'first')
  const [mainX, mainWide] = main ? [place(main), wide(main, MAIN_PX)] : [-1, 0]
  const seeds = Math.max(0, ...marks.filter((mark) => mark.kind === 'seed' && place(mark) < mainX).map((mark) => place(mark) + wide(mark, SENTENCE_PX)))
  const leftward = mainX + mainWide > width || (mainX - mainWide >= seeds && !hides(mainX - mainWide, mainX) && hides(mainX, mainX + mainWide))
  const [from, to] = leftward ? [mainX - mainWide, mainX] : [mainX, mainX + mainWide]
  let free = -Infinity
  return (
    <div className="marks">
      {[...marks].sort((a, b) => a.row - b.row).map((mark) => {
        const x = place(mark)
        const end = x + wide(mark, SENTENCE_PX)
        // A sentence that would run into another mark is only in the tip.
        const fits = mark === main || (mark.kind === 'seed' && x >= free && end <= width && !hides(x, end) && (end <= from || x >= to))
        if (fits && mark !== main) free = end
        return (
          <button
            key={`${mark.kind}${mark.row}`} className={`mark ${mark.kind}`} data-under={mark !== main && x > from - 7 && x < to} data-leftward={mark === main && leftward} style={mark === main && leftward ? { right: width - x - 7 } : { left: x - 7 }}
            title={mark.sentence} aria-label={fill(SENTENCES.markAt, { sentence: mark.sentence, step: mark.row + 1 })} tabIndex={mark === main ? 0 : -1} onClick={() => playhead.goTo(mark.row + 1, 'step')}
          >
            <span aria-hidden="true">{mark.kind === 'seed' ? '△' : '▲'}</span>
            {fits && <span className="sentence">{mark.short}</span>}
          </button>
        )
      })}
    </div>
  )
})

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(1200)
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width))
    if (box.current) seen.observe(box.current)
    return () => seen.disconnect()
  }, [box])
  return width
}
