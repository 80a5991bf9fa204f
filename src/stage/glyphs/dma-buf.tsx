/** dma_buf and its file, which are one thing to a reader: the mode that a mapping is checked against, and who keeps it alive. */
import { fill } from '../../base/fill.ts'
import type { Objects } from '../../journal/vocabulary.ts'
import { look } from '../hue.ts'
import { refuses } from '../past.ts'
import { marksOf, type ObjectProps } from '../object.ts'
import { SENTENCES } from '../sentences.ts'
import { bytes, firstThatFits } from '../words.ts'
import { Sheet } from './card.tsx'
import { Counter } from './counter.tsx'
import { clipMono, Mono, monoWidth, Words } from './text.tsx'
import { Thing } from './thing.tsx'

export const fileMode = ({ read, write }: Objects['file']['fmode']): string => [read ? 'READ' : '', write ? 'WRITE' : ''].filter(Boolean).join('|')

export function DmaBufCard({ id, record, was, gone, box, roomy, compact, edges, frame, tab, onSelect }: ObjectProps) {
  const dmaBuf = record as unknown as Objects['dma_buf']
  const file = look(frame.after, dmaBuf.file) ?? look(frame.before, dmaBuf.file)
  const before = look(frame.before, dmaBuf.file)
  const differs = frame.differs.has(id) || frame.differs.has(dmaBuf.file)
  const { x, y, w, h } = box
  const left = x + (roomy ? 16 : 10)
  const room = w - (left - x) - 8
  const big = roomy || compact
  const size = big ? 12 : 11
  const step = big ? (h - tab > 82 ? 18 : 17) : 13
  const line = (n: number): number => y + (big ? 20 : 14) + n * step
  const about = fill(SENTENCES.inoSize, { ino: dmaBuf.ino, size: bytes(dmaBuf.sizeBytes) })
  const mode = file ? fileMode(file.fmode) : ''
  const blamed = frame.step !== null && refuses(frame.step) && Object.values(frame.step.fields).includes(dmaBuf.file)
  const selected = frame.selected === id || frame.selected === dmaBuf.file
  return (
    <Thing id={id} label={fill(gone ? SENTENCES.dmaBufReleased : SENTENCES.dmaBuf, { mode, count: file?.fCount ?? 0, size: bytes(dmaBuf.sizeBytes) })} box={box} radius={7} selected={selected} differs={differs} opacity={!gone && !was ? frame.t : undefined} onSelect={onSelect}>
      <Sheet box={box} hue="kernel" state={gone ? 'gone' : differs ? 'differs' : 'plain'} accent />
      <Words x={left} y={line(0)} size={big ? 14 : 12} weight={650} fill={gone ? 'var(--dim)' : undefined}>dma_buf</Words>
      {gone || !file
        ? <Words x={left} y={line(1)} size={12} fill="var(--dim)">released</Words>
        : (
          <>
            {room > 62 + monoWidth(about, 11) && <Mono x={x + w - 10} y={line(0)} size={11} anchor="end" fill="var(--dim)">{about}</Mono>}
            <Mono x={left} y={line(1)} size={size} weight={blamed || differs ? 650 : 400} fill={blamed || (differs && mode === 'READ') ? 'var(--bad)' : differs ? 'var(--ok)' : 'var(--dim)'}>{clipMono(firstThatFits([`f_mode ${mode}`, mode, mode === 'READ|WRITE' ? 'RW' : mode], room, size), room, size)}</Mono>
            <Counter x={left} y={line(2)} name="f_count" value={file.fCount} before={before?.fCount} t={frame.t} marks={marksOf(frame, edges, [dmaBuf.file], 'fCount')} size={size} room={room} />
          </>
        )}
    </Thing>
  )
}
