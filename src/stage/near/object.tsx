/**
 * An object of the kernel from close: the same box, with its fields as its structure calls them, each reference that holds it, and
 * from nearest its flags bit by bit and, of a buffer, where the newest bytes of each line of its first page lie.
 */
import { LINES_PER_PAGE } from '../../base/brand.ts'
import { fill } from '../../base/fill.ts'
import { CPU_LINE, DIRTY, GPU_LINE } from '../../journal/areas.ts'
import { framesOf } from '../../journal/buffer-pages.ts'
import { DRAM_OLD } from '../../journal/marks.ts'
import { kindOf, type Id } from '../../journal/vocabulary.ts'
import { Sheet } from '../glyphs/card.tsx'
import { clipMono, Mono, MONO_EM, monoWidth, Words, wordsWidth } from '../glyphs/text.tsx'
import { Thing } from '../glyphs/thing.tsx'
import { barsPath, DIRTY_FILL, gridOf } from '../hardware/marks.tsx'
import { colour, hueOf } from '../hue.ts'
import type { ObjectProps } from '../object.ts'
import type { Box } from '../places.ts'
import type { Edge } from '../references.ts'
import { SENTENCES } from './sentences.ts'
import { firstThatFits } from '../words.ts'
import { bitsOf, fieldsOf, kernelName, type Bit, type Field } from './fields.ts'

/** Letters on the screen are at least this large, in CSS pixels. */
const LEAST_PX = 11.5
/** Larger letters than these are no better to read. */
const MOST = 6.5
/** A line of text, in parts of its letters. */
const LEADING = 1.32
/** Of the name, with the room below it, in parts of the letters. */
const HEAD = 2.2
/** Fewer lines than this are not worth it. */
const LEAST_LINES = 4
/** Letters of a line that one column needs at least, and two. */
const ONE = 24
const TWO = 46
/** From here on bits can be told apart. */
const BITS = 3

const leastFrom = (near: number): number => Math.min(MOST, LEAST_PX / near)

export const hasFields = ({ h, w }: Box, near: number): boolean => {
  const size = leastFrom(near)
  return near > 1 && h >= size * (HEAD + LEAST_LINES * LEADING) && w > ONE * MONO_EM * size
}

/** What there is to say of an object, and where. */
interface Told {
  readonly fields: readonly Field[]
  readonly edges: readonly Edge[]
  readonly bits: ReturnType<typeof bitsOf>
  /** The first page of a buffer, as a number of a frame; null: it has none, or is no buffer. */
  readonly page: number | null
}

function told({ id, record, was, edges, frame }: ObjectProps, near: number): Told {
  const { before, after, header } = frame
  const kind = kindOf(id)
  const fileId = record['file'] as Id<'file'> | undefined
  // A dma_buf and its file are one thing here as well: the file's part comes first, since it is what mappings are checked against.
  const file = kind === 'dma_buf' && fileId ? (after.records.get(fileId) ?? before.records.get(fileId)) : undefined
  const own = fieldsOf(id, record, was, header.firstPfn)
  return {
    fields: file ? [...fieldsOf(fileId!, file, before.records.get(fileId!), header.firstPfn).filter(({ name }) => name.startsWith('f_')), ...own] : own,
    edges: edges.filter(({ counter }) => counter !== ''),
    bits: near < BITS ? null : file ? bitsOf(fileId!, file) : bitsOf(id, record),
    page: near < BITS || kind !== 'gem' ? null : (framesOf(after, header.firstPfn, id).find((frame) => frame >= 0) ?? null),
  }
}

export function NearObject(props: ObjectProps & { readonly near: number }) {
  const { id, record, was, gone, box, frame, tab, near, onSelect } = props
  const hue = hueOf(frame.header, id, record)
  const kind = kindOf(id)
  const file = record['file'] as string | undefined
  const differs = frame.differs.has(id) || (file !== undefined && frame.differs.has(file))
  const said = gone ? null : told(props, near)
  const least = leastFrom(near)
  const bar = Math.max(3, Math.min(5, least * 1.2))
  const docked = kind === 'dma_buf' ? tab : 0
  const inner: Box = { x: box.x + bar + least, y: box.y + least * 0.5, w: box.w - bar - 2 * least, h: box.h - docked - least }
  const name = kind === 'gem' ? 'drm_gem_object' : kind
  const key = id.slice(kind.length + 1)
  const base = inner.y + least * 1.3
  return (
    <Thing id={id} label={`${name} ${key}: ${said ? said.fields.map((field) => `${field.name} ${field.value}`).join(', ') : 'gone'}`} box={box} radius={7} selected={frame.selected === id || (file !== undefined && frame.selected === file)} differs={differs} opacity={!gone && !was ? frame.t : undefined} onSelect={onSelect}>
      <Sheet box={box} hue={hue} state={gone ? 'gone' : differs ? 'differs' : 'plain'} radius={Math.min(7, box.h / 6)} bar={bar} />
      <Words x={inner.x} y={base} size={least * 1.25} weight={650} fill={gone ? 'var(--dim)' : undefined}>{name}</Words>
      <Mono x={inner.x + wordsWidth(name, least * 1.25, 650) + least} y={base} size={least} fill={gone ? 'var(--dim)' : colour(hue)}>{gone ? fill(SENTENCES.keyGone, { key }) : key}</Mono>
      {said && <Body inner={{ ...inner, y: inner.y + HEAD * least, h: inner.h - HEAD * least }} least={least} said={said} frame={frame} />}
    </Thing>
  )
}

/** Of the lines of a page, with the words above them. */
const PAGE_ROWS = 6

/** Fields at the left; who holds it, its bits and its lines at the right, or where the box is narrow below. */
function Body({ inner, least, said: { fields, edges, bits, page }, frame }: { readonly inner: Box; readonly least: number; readonly said: Told; readonly frame: ObjectProps['frame'] }) {
  const two = inner.w > TWO * MONO_EM * least
  const wanted = [fields.length, (edges.length > 0 ? edges.length + 1 : 0) + (bits ? 2 : 0) + (page === null ? 0 : PAGE_ROWS)] as const
  const rows = two ? Math.max(...wanted) : wanted[0] + wanted[1]
  const size = Math.min(MOST, two ? (least * inner.w) / (TWO * MONO_EM * least) : MOST, Math.max(least, inner.h / (rows * LEADING)))
  const leading = size * LEADING
  const most = Math.floor(inner.h / leading)
  const shown = fields.slice(0, two ? most : Math.max(2, most - Math.min(3, wanted[1])))
  const x = two ? inner.x + inner.w * 0.54 : inner.x
  const width = inner.x + inner.w - x
  // What has no room any more is seen from nearer.
  let free = two ? most : most - shown.length
  let y = two ? inner.y : inner.y + shown.length * leading
  const place = (lines: number): number | null => {
    if (lines < 1 || free < lines) return null
    const here = y
    free -= lines
    y += lines * leading
    return here
  }
  const names = Math.min(edges.length, free - 1 - (bits && free > 4 ? 2 : 0))
  const holders = names > 0 ? place(names + 1) : null
  const flags = bits ? place(2) : null
  const lines = page === null ? null : place(Math.min(free, PAGE_ROWS) < 3 ? 0 : Math.min(free, PAGE_ROWS))
  return (
    <>
      {shown.map((field, i) => <Line key={field.name} field={field} x={inner.x} y={inner.y + (i + 0.8) * leading} width={two ? inner.w * 0.52 : inner.w} size={size} t={frame.t} />)}
      {holders !== null && <Holders edges={edges.slice(0, names)} more={edges.length - names} x={x} y={holders} width={width} size={size} frame={frame} />}
      {flags !== null && <Bits name={bits!.name} bits={bits!.bits} x={x} y={flags} width={width} size={size} />}
      {lines !== null && <Lines page={page!} frame={frame} x={x} y={lines} width={width} room={y - lines} size={size} />}
    </>
  )
}

function Line({ field: { name, value, changed, empty }, x, y, width, size, t }: { readonly field: Field; readonly x: number; readonly y: number; readonly width: number; readonly size: number; readonly t: number }) {
  const at = x + Math.min(width * 0.56, monoWidth(name, size) + size * 0.9)
  const said = clipMono(value, x + width - at, size)
  return (
    <>
      <Mono x={x} y={y} size={size} fill="var(--dim)">{clipMono(name, at - x - size * 0.3, size)}</Mono>
      {changed && <rect x={at - size * 0.25} y={y - size * 0.92} width={monoWidth(said, size) + size * 0.5} height={size * 1.2} rx={size * 0.25} fill="var(--ink)" opacity={t} />}
      <Mono x={at} y={y} size={size} weight={empty ? 400 : 600} fill={changed ? (t > 0.5 ? 'var(--on-ink)' : 'var(--ink)') : empty ? 'var(--dim)' : 'var(--ink)'}>{said}</Mono>
    </>
  )
}

const holder = ({ from, slot, lost }: Edge): string => `${from} ${lost ? 'lost' : slot}`

/** Each reference that is counted: who holds it, where, and in which count. */
function Holders({ edges, more, x, y, width, size, frame }: { readonly edges: readonly Edge[]; readonly more: number; readonly x: number; readonly y: number; readonly width: number; readonly size: number; readonly frame: ObjectProps['frame'] }) {
  const leading = size * LEADING
  return (
    <>
      <Words x={x} y={y + 0.8 * leading} size={size * 0.95} weight={650} fill="var(--dim)">{more > 0 ? fill(SENTENCES.heldBy, { more }) : 'held by'}</Words>
      {edges.map((edge, i) => {
        const line = y + (i + 1.8) * leading
        return (
          <g key={edge.id}>
            <rect x={x} y={line - size * 0.75} width={size * 0.55} height={size * 0.8} rx={size * 0.15} fill={edge.lost ? 'none' : colour(hueOf(frame.header, edge.from, frame.after.records.get(edge.from)))} stroke={edge.lost ? 'var(--bad)' : 'none'} strokeWidth={size * 0.12} />
            <Mono x={x + size} y={line} size={size} fill={edge.lost ? 'var(--bad)' : undefined}>{clipMono(firstThatFits([`${holder(edge)} · ${kernelName(kindOf(edge.to), edge.counter)}`, holder(edge)], width - size, size), width - size, size)}</Mono>
          </g>
        )
      })}
    </>
  )
}

function Bits({ name, bits, x, y, width, size }: { readonly name: string; readonly bits: readonly Bit[]; readonly x: number; readonly y: number; readonly width: number; readonly size: number }) {
  const leading = size * LEADING
  const cell = Math.min(width / bits.length, 6 * size)
  return (
    <>
      <Words x={x} y={y + 0.8 * leading} size={size * 0.95} weight={650} fill="var(--dim)">{name}</Words>
      {bits.map((bit, i) => (
        <g key={bit.name}>
          <rect x={x + i * cell} y={y + leading} width={cell - size * 0.2} height={leading} rx={size * 0.2} fill={bit.set ? 'var(--ink)' : 'none'} stroke="var(--edge)" strokeWidth={size * 0.08} />
          <Mono x={x + i * cell + (cell - size * 0.2) / 2} y={y + leading * 1.75} size={size * 0.85} anchor="middle" weight={600} fill={bit.set ? 'var(--on-ink)' : 'var(--dim)'}>{clipMono(bit.name, cell - size * 0.4, size * 0.85)}</Mono>
        </g>
      ))}
    </>
  )
}

/** The lines of a page: hatched where a cache has newer bytes than memory, outlined where memory's are old. */
function Lines({ page, frame, x, y, width, room, size }: { readonly page: number; readonly frame: ObjectProps['frame']; readonly x: number; readonly y: number; readonly width: number; readonly room: number; readonly size: number }) {
  const leading = size * LEADING
  const columns = 16
  const k = Math.min(width / columns, (room - leading) / (LINES_PER_PAGE / columns), size * 1.4)
  if (k < size * 0.5) return null
  const grid = { ...gridOf({ x, y: y + leading * 1.1 }, k, k * 0.15, columns), w: Math.min(width / columns, k * 1.6) }
  const { words } = frame.after
  const first = page * LINES_PER_PAGE
  const dirty = (line: number): boolean => words[CPU_LINE]?.[first + line] === DIRTY || words[GPU_LINE]?.[first + line] === DIRTY
  const old = (line: number): boolean => ((frame.truth.marks[first + line] ?? 0) & DRAM_OLD) !== 0
  const count = Array.from({ length: LINES_PER_PAGE }, (_, line) => old(line)).filter(Boolean).length
  return (
    <>
      <Words x={x} y={y + 0.8 * leading} size={size * 0.95} weight={650} fill={count > 0 ? 'var(--bad)' : 'var(--dim)'}>{count > 0 ? fill(SENTENCES.linesOld, { count, of: LINES_PER_PAGE }) : fill(SENTENCES.linesNewest, { of: LINES_PER_PAGE })}</Words>
      <path d={barsPath(grid, LINES_PER_PAGE, () => true)} fill="var(--panel)" stroke="var(--edge)" strokeWidth={size * 0.06} />
      <path d={barsPath(grid, LINES_PER_PAGE, dirty)} fill={DIRTY_FILL} stroke="var(--ink)" strokeWidth={size * 0.06} />
      <path d={barsPath(grid, LINES_PER_PAGE, old, k * 0.12)} fill="none" stroke="var(--bad)" strokeWidth={size * 0.16} />
    </>
  )
}
