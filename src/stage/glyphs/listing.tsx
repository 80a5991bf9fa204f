/** A window on the lines of a program: done, running, skipped, and under the running one what the libraries make of it. */
import { memo } from 'react'
import type { ListingLine } from '../../journal/run.ts'
import { ground, type Hue } from '../hue.ts'
import type { ProcessBox } from '../layout/user.ts'
import type { Line, LineState } from '../past.ts'
import type { Select } from '../scene.ts'
import { clipMono, Mono, monoWidth } from './text.tsx'
import { Thing } from './thing.tsx'

const MARKS: Readonly<Record<LineState, string>> = { now: '▶', waits: '▷', done: '✓', failed: '✗', skipped: '—' }
const SAID: Readonly<Record<LineState, string>> = { now: 'running', waits: 'waiting', done: 'done', failed: 'failed', skipped: 'skipped' }

/** The first line of the window: it turns pages, so lines stand still while one is worked through. */
function windowStart(focus: number, lines: number, room: number): number {
  if (room < 2) return Math.max(0, focus)
  const page = room - 1
  return Math.max(0, Math.min(Math.floor(Math.max(0, focus - 1) / page) * page, lines - room))
}

export function Lines({ layout: { box, rows, rowH, size }, lines, states, focus, active, hue, below, selected, onSelect }: {
  layout: ProcessBox['listing']
  lines: readonly ListingLine[]
  states: ReadonlyMap<string, Line>
  /** The line that runs, or ran last; -1: none has. */
  focus: number
  /** It runs in the step shown. */
  active: boolean
  hue: Hue
  /** Library functions and the system call, outermost first; of a line that has ended, what it came to. */
  below: readonly string[]
  selected: string | null
  onSelect?: Select | undefined
}) {
  const room = focus < 0 ? rows : rows - 1
  const start = windowStart(focus, lines.length, room)
  const indent = monoWidth('▶ ', size)
  const width = box.w - 10
  return (
    <>
      {active && <rect x={box.x} y={box.y + (focus - start) * rowH} width={box.w} height={rowH * (below.length > 0 ? 2 : 1)} rx={4} fill={ground(hue)} />}
      {lines.slice(start, start + room).map((line, i) => {
        const index = start + i
        const state = states.get(line.key)?.state
        const id = `call:${line.key}`
        const top = box.y + (i + (focus >= 0 && index > focus ? 1 : 0)) * rowH
        return <Row key={line.key} id={id} text={line.text} x={box.x} y={top} w={box.w} h={rowH} size={size} state={state} now={active && index === focus} selected={selected === id} onSelect={onSelect} />
      })}
      {below.length > 0 && <Below x={box.x + 5 + indent} y={box.y + (focus - start + 1) * rowH + rowH * 0.66} width={width - indent} size={size - (size > 12 ? 0.5 : 0)} fill={active ? `var(--${hue})` : 'var(--dim)'} parts={below} />}
    </>
  )
}

/** From step to step at most two lines say something else. */
const Row = memo(function Row({ id, text, x, y, w, h, size, state, now, selected, onSelect }: {
  id: string; text: string; x: number; y: number; w: number; h: number; size: number; state: LineState | undefined; now: boolean; selected: boolean; onSelect?: Select | undefined
}) {
  const base = y + h * 0.72
  const indent = monoWidth('▶ ', size)
  const runs = now && state !== 'skipped'
  const quiet = !now && (state === undefined || state === 'skipped')
  return (
    <g role="listitem" aria-current={now ? 'step' : undefined}>
      <Thing id={id} label={`${text}${state ? `, ${SAID[state]}` : ''}`} box={{ x: x + 3, y: y + 3, w: w - 6, h: h - 6 }} radius={1} selected={selected} differs={false} onSelect={onSelect}>
        <rect x={x} y={y} width={w} height={h} fill="transparent" />
        <Mono x={x + 5} y={base} size={size} weight={now ? 700 : 400} fill={state === 'failed' ? 'var(--bad)' : 'var(--ink)'}>{state ? (runs && state !== 'failed' ? '▶' : MARKS[state]) : ''}</Mono>
        <Mono x={x + 5 + indent} y={base} size={size} weight={runs ? 650 : 400} fill={runs ? 'var(--ink)' : 'var(--dim)'} fillOpacity={quiet ? 0.85 : undefined} textDecoration={state === 'skipped' ? 'line-through' : undefined}>
          {clipMono(text, w - 10 - indent, size)}
        </Mono>
      </Thing>
    </g>
  )
})

/** Outer functions give way first: what is asked of the kernel stays. */
function Below({ x, y, width, size, fill, parts }: { x: number; y: number; width: number; size: number; fill: string; parts: readonly string[] }) {
  let shown = parts
  while (shown.length > 1 && monoWidth(`… → ${shown.join(' → ')}`, size) > width) shown = shown.slice(1)
  const text = `${shown.length < parts.length ? '… → ' : ''}${shown.join(' → ')}`
  return <Mono x={x} y={y} size={size} weight={500} fill={fill}>{clipMono(text, width, size)}</Mono>
}
