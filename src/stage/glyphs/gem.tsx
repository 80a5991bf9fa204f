/** drm_gem_object: whose it is, what it is made of, and its three counts with a mark for each reference. */
import { fill } from '../../base/fill.ts'
import type { Id, Objects } from '../../journal/vocabulary.ts'
import { hueOf, letterOf, look } from '../hue.ts'
import { marksOf, type ObjectProps } from '../object.ts'
import { SENTENCES } from '../sentences.ts'
import { bytes, firstThatFits, hex } from '../words.ts'
import { Badge, Sheet } from './card.tsx'
import { Counter } from './counter.tsx'
import { clipMono, Mono, Words, wordsWidth } from './text.tsx'
import { Thing } from './thing.tsx'

const PAGE = 4096

export function GemCard(props: ObjectProps) {
  const { id, record, was, gone, box, roomy, compact, edges, frame, onSelect } = props
  const gem = record as unknown as Objects['gem']
  const before = was as unknown as Objects['gem'] | undefined
  const hue = hueOf(frame.header, id, record)
  const differs = frame.differs.has(id)
  const { x, y, w, h } = box
  const left = x + (roomy ? 16 : 10)
  const room = w - (left - x) - 8
  const big = roomy || compact
  const size = big ? 12 : 11
  const device = look(frame.after, gem.device)
  const node = gem.memory === 'import' ? (device?.render ?? device?.card) : device?.card
  const sub = firstThatFits([`${node} · ${bytes(gem.sizeBytes)} · ${gem.memory}`, `${node} · ${gem.memory}`, `${node}`], room, size)
  // Before the letter of its process.
  const fits = (text: string, apart: number): boolean => wordsWidth(text, big ? 14 : 12, 650) < room - apart
  const name = fits('drm_gem_object', big ? 22 : 14) ? 'drm_gem_object' : fits('GEM object', big ? 18 : 10) ? 'GEM object' : 'GEM'
  const step = big ? (h > 92 ? 17 : 15.5) : 13
  const line = (n: number): number => y + (big ? 20 : 14) + n * step
  const marks = (counter: string) => marksOf(frame, gone ? [] : edges, [id], counter)
  const label = fill(gone ? SENTENCES.gemFreed : SENTENCES.gem, { letter: letterOf(id), refs: gem.refcount, handles: gem.handleCount, pages: gem.pagesUse })
  return (
    <Thing id={id} label={label} box={box} radius={7} selected={frame.selected === id} differs={differs} opacity={!gone && !was ? frame.t : undefined} onSelect={onSelect}>
      <Sheet box={box} hue={hue} state={gone ? 'gone' : differs ? 'differs' : 'plain'} />
      <Words x={left} y={line(0)} size={big ? 14 : 12} weight={650} fill={gone ? 'var(--dim)' : undefined}>{name}</Words>
      {gone
        ? <Words x={left} y={line(1)} size={12} fill="var(--dim)">freed</Words>
        : (
          <>
            <Badge x={x + w - (big ? 17 : 11)} y={line(0) - (big ? 5 : 4)} letter={letterOf(id)} hue={hue} r={big ? 8.5 : 7} />
            <Mono x={left} y={line(1)} size={size} fill="var(--dim)">{clipMono(sub, room, size)}</Mono>
            <Counter x={left} y={line(2)} name="refs" value={gem.refcount} before={before?.refcount} t={frame.t} marks={marks('refcount')} size={size} room={room} />
            {h > line(3) - y + 3 && (
              <>
                <Counter x={left} y={line(3)} name="handles" value={gem.handleCount} before={before?.handleCount} t={frame.t} marks={room > 170 ? marks('handleCount') : []} size={size} room={room / 2} />
                {room > 15.5 * size * 0.6 && <Counter x={left + Math.max(room * 0.52, 11 * size * 0.6)} y={line(3)} name={room > 138 ? 'pages' : 'pg'} value={gem.pagesUse} before={before?.pagesUse} t={frame.t} marks={room > 170 ? marks('pagesUse') : []} size={size} room={room / 2} />}
              </>
            )}
            {roomy && h > line(4) - y + 4 && gem.offset !== null && <Mono x={left} y={line(4)} size={11} fill="var(--dim)">{clipMono(vmNode(gem, room), room, 11)}</Mono>}
          </>
        )}
    </Thing>
  )
}

/** The fake offset, and who may map through it. */
function vmNode(gem: Objects['gem'], room: number): string {
  const allowed = Object.keys(gem.allow).map((id) => letterOf(id as Id)).join(' ')
  const at = hex((gem.offset ?? 0) * PAGE)
  return firstThatFits([fill(SENTENCES.nodeAllows, { at, who: allowed || 'nobody' }), fill(SENTENCES.allows, { at, who: allowed || 'none' }), `${at} ${allowed}`], room, 11)
}
