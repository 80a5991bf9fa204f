/** The floors that are not enlarged, a line each: who runs what, which counts stand, what memory and display show. Read from the same frame. */
import { fill } from '../../base/fill.ts'
import { kindOf, type Id, type Objects } from '../../journal/vocabulary.ts'
import type { Frame } from '../frame.ts'
import { Badge, Flag, Sheet } from '../glyphs/card.tsx'
import { clipMono, clipWords, Mono, monoWidth, Words } from '../glyphs/text.tsx'
import { hueOf, hueOfTask, letterOf, look } from '../hue.ts'
import { actingTask } from '../layout/user.ts'
import { large } from '../hardware/large.ts'
import { SIDE } from '../hardware/paint.ts'
import { Memory, Panel } from '../hardware/panes.tsx'
import { fitting } from '../hardware/title.tsx'
import { viewOf } from '../hardware/view.ts'
import { cpuWords, displayWords, dramWords, gpuWords, type Said } from '../hardware/words.ts'
import { DISPLAY_SHOWN, DRAM } from '../../journal/areas.ts'
import { NO_PAST, refuses, type LineState } from '../past.ts'
import type { Box, Column, ProcessPlace } from '../places.ts'
import { SENTENCES as STAGE } from '../sentences.ts'
import { shortCall } from '../words.ts'
import { SENTENCES } from './sentences.ts'

export interface StripProps { readonly frame: Frame; readonly box: Box; readonly compact: boolean }

const SIZE = 14
const NAME = 13
const SMALL = 12
const GAP = 10
const PAD = 10
const cellsOf = ({ x, y, w, h }: Box, count: number): Box[] => Array.from({ length: count }, (_, i) => ({ x: x + i * ((w + GAP) / count), y, w: (w + GAP) / count - GAP, h }))

const MARKS: Readonly<Record<LineState, string>> = { now: '', waits: '▷ ', done: '✓ ', failed: '✗ ', skipped: '— ' }

/** What a process is at: the call it is in, the line it runs or ran last, or what it waits for. */
function doingOf(frame: Frame, { task }: ProcessPlace): string {
  const { header, step, after } = frame
  const { lines, trap } = frame.past ?? NO_PAST
  const listing = header.listing.find((each) => each.task === task)?.lines ?? []
  const last = listing.findLast(({ key }) => lines.has(key))
  const ended = look(after, task)?.ended
  if (ended) return fill(STAGE.ended, { how: ended })
  if (!last) return 'has not begun'
  const { state, said } = lines.get(last.key)!
  if (step?.actor === task && trap && state !== 'skipped') return shortCall(trap.text)
  return MARKS[state] + (state === 'waits' ? said : last.text.trim())
}

export function UserStrip({ frame, box, compact }: StripProps) {
  const { places, step, header } = frame
  const acting = actingTask(frame, places)
  const processes = compact ? places.processes.filter(({ task }) => task === acting) : places.processes
  return cellsOf(box, processes.length).map((cell, i) => {
    const process = processes[i]!
    const hue = hueOfTask(header, process.letter)
    const now = step?.actor === process.task
    const bad = now && refuses(step)
    const left = cell.x + PAD + 30
    return (
      <g key={process.task} role="note" aria-label={fill(SENTENCES.doing, { name: process.name, what: doingOf(frame, process) })}>
        <Sheet box={cell} hue={hue} state={bad ? 'refused' : 'plain'} accent={now} />
        <Badge x={cell.x + PAD + 12} y={cell.y + cell.h / 2} letter={process.letter} hue={hue} r={12} />
        <Mono x={left} y={cell.y + cell.h / 2 + 5} size={SIZE} weight={now ? 650 : 400} fill={now ? 'var(--ink)' : 'var(--dim)'}>{clipMono(doingOf(frame, process), cell.x + cell.w - PAD - left, SIZE)}</Mono>
      </g>
    )
  })
}

/** The count that keeps an object alive, as the kernel calls it. */
function countOf(frame: Frame, id: Id): { readonly names: readonly [string, ...string[]]; readonly count: string; readonly differs: boolean } | null {
  const { after, differs } = frame
  if (kindOf(id) === 'dma_buf') {
    const own = (after.records.get(id) as Objects['dma_buf'] | undefined)?.file
    const file = look(after, own)
    return own && file ? { names: ['dma_buf'], count: `f_count ${file.fCount}`, differs: differs.has(id) || differs.has(own) } : null
  }
  const gem = after.records.get(id) as unknown as Objects['gem'] | undefined
  return gem ? { names: [fill(SENTENCES.gemObject, { letter: letterOf(id) }), `GEM ${letterOf(id)}`], count: fill(STAGE.refs, { count: gem.refcount }), differs: differs.has(id) } : null
}

export function KernelStrip({ frame, box }: StripProps) {
  const cards = [...frame.places.cells].flatMap(([id, place]) => (place.kind === 'card' ? [[place.column, id] as const] : []))
  const cells = cellsOf(box, 3)
  return ([0, 1, 2] as Column[]).map((column) => {
    const id = cards.find(([at]) => at === column)?.[1]
    const said = id ? countOf(frame, id) : null
    const cell = cells[column]!
    if (!id || !said) return <rect key={column} x={cell.x} y={cell.y} width={cell.w} height={cell.h} rx={7} fill="none" stroke="var(--edge)" strokeDasharray="4 4" />
    const left = cell.x + PAD + 2
    const room = cell.w - 2 * PAD - 6 - monoWidth(said.count, SMALL)
    const name = fitting(said.names, room, NAME, 650)
    return (
      <g key={column} role="note" aria-label={`${said.names[0]}, ${said.count}`}>
        <Sheet box={cell} hue={hueOf(frame.header, id, frame.after.records.get(id))} state={said.differs ? 'differs' : 'plain'} />
        <Words x={left} y={cell.y + cell.h / 2 + 5} size={NAME} weight={650}>{clipWords(name, room, NAME, 650)}</Words>
        <Mono x={cell.x + cell.w - PAD} y={cell.y + cell.h / 2 + 5} size={SMALL} anchor="end" fill="var(--dim)">{said.count}</Mono>
      </g>
    )
  })
}

const TONES = { quiet: 'var(--dim)', dirty: 'var(--ink)', bad: 'var(--bad)' } as const

/** A party's name, and below it the longest sentence of its state that fits. */
function Party({ x, y, w, name, said }: { x: number; y: number; w: number; name: string; said: Said }) {
  const weight = said.tone === 'quiet' ? 400 : 650
  return (
    <>
      <Words x={x} y={y} size={SIZE} weight={650}>{name}</Words>
      <Words x={x} y={y + 20} size={SMALL + 1} weight={weight} fill={TONES[said.tone]}>{clipWords(fitting(said.forms.filter((form) => form !== ''), w, SMALL + 1, weight), w, SMALL + 1, weight)}</Words>
    </>
  )
}

export function HardwareStrip({ frame, box, compact }: StripProps) {
  const view = viewOf(frame)
  const { before, after, differs, t } = frame
  const k = Math.floor((box.h - 4) / SIDE)
  const size = SIDE * k
  const cells = cellsOf(box, compact ? 2 : 4)
  const picture = (i: number): Box => ({ x: cells[i]!.x + 1, y: box.y + 2, w: size, h: size })
  const party = (i: number, from: number, name: string, said: Said) => <Party x={cells[i]!.x + from} y={box.y + box.h / 2 - 4} w={cells[i]!.w - from} name={name} said={said} />
  const outline = (at: Box) => <rect x={at.x} y={at.y} width={at.w} height={at.h} fill="none" stroke="var(--edge)" />
  return (
    <g role="note" aria-label={fill(SENTENCES.strip, { dram: dramWords(frame, view).forms[0], display: displayWords(view).forms[0] })}>
      {view && !view.whole ? <Memory box={picture(0)} k={k} view={view} t={t} differs={false} /> : outline(picture(0))}
      {differs.has(DRAM) && <Flag x={picture(0).x + size} y={picture(0).y} />}
      {party(0, size + 12, 'DRAM', view ? dramWords(frame, view) : { tone: 'quiet', forms: ['no page yet'] })}
      {!view ? outline(picture(1)) : view.display.width === SIDE || !large ? <Panel box={picture(1)} before={before} after={after} view={view} t={t} differs={false} /> : <large.LargePanel frame={frame} box={picture(1)} view={view} />}
      {differs.has(DISPLAY_SHOWN) && <Flag x={picture(1).x + size} y={picture(1).y} />}
      {party(1, size + 12, 'display', view ? displayWords(view) : { tone: 'quiet', forms: ['no frame yet'] })}
      {!compact && party(2, 0, 'CPU cache', view ? cpuWords(frame, view) : { tone: 'quiet', forms: ['no lines'] })}
      {!compact && party(3, 0, 'GPU cache', view ? gpuWords(view) : { tone: 'quiet', forms: ['no lines'] })}
    </g>
  )
}
