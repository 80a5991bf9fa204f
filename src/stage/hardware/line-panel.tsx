/** One line of memory in everybody's hands: the bytes of each copy, which are the newest, which are old, and what each party would read now. */
import { LINE_SIZE, LINES_PER_PAGE, WORDS_PER_LINE } from '../../base/brand.ts'
import { hex } from '../../base/bits.ts'
import { fill } from '../../base/fill.ts'
import { DIRTY, DISPLAY_SHOWN, INVALID, wordOfLine } from '../../journal/areas.ts'
import { linesOf, sourceOf, wcBuffers, type Holder, type LineCopy, type Reader } from '../../journal/holders.ts'
import { pixelsOf } from '../../journal/line-history.ts'
import { all } from '../../journal/snapshot.ts'
import type { Id, Kind } from '../../journal/vocabulary.ts'
import type { Frame } from '../frame.ts'
import { paintWords } from './paint.ts'
import { Picture } from './picture.tsx'
import { SENTENCES } from './sentences-later.ts'
import './panels.css'

const STRIP = { x: 0, y: 0, w: 96, h: 16 }
const SHOWN = 8

type State = 'newest' | 'same' | 'stale' | 'absent'
const WORDS: Readonly<Record<State, string>> = { newest: '★ newest', same: 'same', stale: 'stale', absent: '' }

export const holderName = (holder: Holder): string =>
  (holder === 'cpu' ? 'CPU cache' : holder === 'gpu' ? 'GPU cache' : holder === 'dram' ? 'DRAM' : fill(SENTENCES.writeBuffer, { core: holder.slice(3) }))

/** How each copy stands to the others; alike where all that is there is the newest. */
export function statesOf(copies: readonly LineCopy[]): State[] {
  const anyStale = copies.some(({ stale }) => stale)
  return copies.map(({ held, stale }) => (!held.includes(1) ? 'absent' : stale ? 'stale' : anyStale ? 'newest' : 'same'))
}

const bytesText = ({ bytes, held }: Pick<LineCopy, 'bytes' | 'held'>): string =>
  (held.includes(1) ? [...bytes.slice(0, SHOWN)].map((byte, i) => (held[i] ? byte.toString(16).padStart(2, '0') : '··')).join(' ') : '—')

function detailOf({ holder, held, state }: LineCopy): string {
  if (holder === 'dram') return ''
  if (state === INVALID) return 'not there'
  if (!holder.startsWith('wc.')) return state === DIRTY ? 'dirty' : 'clean'
  const waiting = held.reduce((sum, each) => sum + each, 0)
  return waiting === LINE_SIZE ? 'not drained' : fill(SENTENCES.notDrained, { bytes: waiting })
}

const READERS: readonly (readonly [Reader, string])[] = [
  ['cpu.wb', 'CPU, cached'], ['cpu.wc', 'CPU, write-combined'], ['gpu', 'GPU'], ['display', 'Display'],
]

export function LinePanel({ frame, line }: {
  readonly frame: Pick<Frame, 'header' | 'after' | 'truth'>
  readonly line: number
}) {
  const { header, after, truth } = frame
  const holders: Holder[] = [...wcBuffers(after), 'cpu', 'dram', 'gpu']
  const copies = linesOf(after, truth, line, holders).filter(({ holder, state }) => !holder.startsWith('wc.') || state !== INVALID)
  const states = statesOf(copies)
  const stateOf = (holder: Holder): State => states[copies.findIndex((copy) => copy.holder === holder)] ?? 'absent'
  const panel = panelOf(frame, line)
  const lost = states.every((state) => state === 'stale' || state === 'absent')
  return (
    <section>
      <p className="fine">{fill(SENTENCES.lineOfPage, { line: line % LINES_PER_PAGE, page: hex(header.firstPfn + Math.floor(line / LINES_PER_PAGE)) })}</p>
      <table className="line-copies">
        <caption className="unseen">Who sees which bytes</caption>
        <tbody>
          {copies.map((copy, i) => (
            <tr key={copy.holder} data-state={states[i]}>
              <th scope="row">{holderName(copy.holder)}</th>
              <td><span className="bytes">{bytesText(copy)}</span></td>
              <td><Pixels copy={copy} /></td>
              <td className="word">{[WORDS[states[i]!], detailOf(copy)].filter(Boolean).join(', ')}</td>
            </tr>
          ))}
          {panel && (
            <tr data-state={panel.old ? 'stale' : 'same'}>
              <th scope="row">on the panel</th>
              <td><span className="bytes">{bytesText(panel)}</span></td>
              <td><Pixels copy={panel} /></td>
              <td className="word">{panel.old ? 'old when it was read' : panel.since ? 'from before the last writes' : 'same'}</td>
            </tr>
          )}
        </tbody>
      </table>
      {lost && <p className="fine">Nobody holds the newest bytes any more: they are lost.</p>}
      <h3>Would read now</h3>
      <table className="line-copies">
        <tbody>
          {READERS.map(([reader, name]) => {
            const source = sourceOf(after, header.hardware, reader, line)
            const copy = copies.find(({ holder }) => holder === source)
            return (
              <tr key={reader} data-state={stateOf(source)}>
                <th scope="row">{name}</th>
                <td className="word">{stateOf(source) === 'stale' ? 'old bytes' : 'newest bytes'}</td>
                <td>{copy && <Pixels copy={copy} />}</td>
                <td>{source === 'dram' ? SENTENCES.fromMemory : fill(SENTENCES.fromHolder, { holder: holderName(source) })}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

interface OnPanel extends Pick<LineCopy, 'bytes' | 'held'> { /** It was old when the display read it. */ readonly old: boolean; /** It was right then, and has been written since. */ readonly since: boolean }

/** The line as the display shows it now, through the framebuffer that it scans out; null: it does not show it. */
function panelOf({ header, after, truth }: Pick<Frame, 'header' | 'after' | 'truth'>, line: number): OnPanel | null {
  const crtc = all(after, 'crtc' as Kind).find(([, record]) => (record as unknown as { fb: Id | null }).fb !== null)?.[1] as { fb: Id } | undefined
  const pixels = crtc ? pixelsOf(after, header.firstPfn, crtc.fb, line) : []
  if (pixels.length < WORDS_PER_LINE) return null
  const shown = Uint32Array.from(pixels, (at) => after.words[DISPLAY_SHOWN]?.[at] ?? 0)
  const right = pixels.map((at) => truth.shown[at] ?? 0)
  return {
    bytes: new Uint8Array(shown.buffer), held: new Uint8Array(LINE_SIZE).fill(1), old: shown.some((word, i) => word !== right[i]),
    since: shown.some((word, i) => word !== (truth.value[wordOfLine(line) + i] ?? 0)),
  }
}

function Pixels({ copy }: { readonly copy: Pick<LineCopy, 'bytes' | 'held'> }) {
  const words = new Uint32Array(copy.bytes.buffer.slice(0))
  const has = (i: number): boolean => copy.held.slice(i * 4, i * 4 + 4).every((each) => each === 1)
  return (
    <svg width={STRIP.w} height={STRIP.h} role="img" aria-label="as pixels">
      <rect width={STRIP.w} height={STRIP.h} fill="none" stroke="var(--line)" />
      <Picture pixels={paintWords(words, has)} box={STRIP} />
    </svg>
  )
}
