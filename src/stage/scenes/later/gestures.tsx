/**
 * What caches, buffers and TLBs did since the stop before, each with a shape and a motion of its own, in the gap beside whose it is. Standing
 * still, or without motion, the shape stays as a mark.
 */
import { Mono, Words, wordsWidth } from '../../glyphs/text.tsx'
import { Mark } from '../../hardware/gesture-marks.tsx'
import { gesturesOf, sentenceOf, WORDS, type Gesture, type Place } from '../../hardware/gestures.ts'
import { GESTURE, layoutOf, type HardwareLayout } from '../../hardware/layout.ts'
import { pageShown } from '../../hardware/view.ts'
import { NO_PAST } from '../../past.ts'
import type { Box } from '../../places.ts'
import { scene } from '../../scene.ts'

/** A mark with its count in the smallest gap, and what its word adds. */
const ROW = 27
const WORD = 11
/** Of its count and its word: the smallest letters of the stage. */
const LETTERS = 11
/** A gap has room for words from here on. */
const WORDED = 44
/** In a wider gap a mark is this much larger at most. */
const LARGEST = 1.5
const LEAST_GAP = 20

/** The gap in which a party's gestures stand, and where memory lies from there. */
function columnOf({ cpu, wc, dram, reach }: HardwareLayout, place: Place): { readonly box: Box; readonly out: 1 | -1 } {
  const gap = (left: Box): Box => ({ x: left.x + left.w, y: left.y, w: reach, h: left.h })
  return place === 'gpu' ? { box: gap(dram), out: -1 } : { box: gap(place === 'cpu' ? cpu : wc ?? cpu), out: 1 }
}

export default scene({
  id: 'gestures',
  title: 'What hardware did in this step',
  floor: 'hardware',
  order: 2,
  of({ frame }) {
    const { hardware, since } = frame.past ?? NO_PAST
    return hardware.length === 0 ? [] : [since, frame.step, frame.t, pageShown(frame)]
  },
  draw({ frame, box, compact }) {
    const gestures = gesturesOf((frame.past ?? NO_PAST).hardware, pageShown(frame))
    if (gestures.length === 0) return null
    const layout = layoutOf(box, compact)
    const { gpu, wc } = layout
    // On a phone the write buffers have no picture, and their gestures stand with those of the cache before them.
    const sides: readonly (readonly Place[])[] = wc ? [['cpu'], ['wc'], ['gpu']] : [['cpu', 'wc'], ['gpu']]
    const places = sides.map((side) => gestures.filter((each) => side.includes(each.place)))
    return (
      <g>
        {frame.t < 1 && gestures.some(({ kind }) => kind === 'sweep') && <path d={`M${gpu.x + gpu.w * (1 - frame.t)} ${gpu.y}v${gpu.h}`} stroke="var(--gpu)" strokeWidth="3" />}
        {places.map((each, i) => each.length > 0 && <Column key={i} gestures={each} layout={layout} t={frame.t} />)}
      </g>
    )
  },
})

function Column({ gestures, layout, t }: { readonly gestures: readonly Gesture[]; readonly layout: HardwareLayout; readonly t: number }) {
  const { box, out } = columnOf(layout, gestures[0]!.place)
  const worded = box.w >= WORDED && gestures.every(({ kind }) => wordsWidth(WORDS[kind], LETTERS, 400) <= box.w)
  const scale = Math.max(1, Math.min(LARGEST, box.w / LEAST_GAP))
  const row = ROW * scale + (worded ? WORD : 0)
  const room = Math.max(1, Math.floor(box.h / row))
  const shown = gestures.slice(0, gestures.length > room ? room - 1 || 1 : room)
  const rest = gestures.slice(shown.length)
  // Clear of what is said of the cores.
  const x = box.x + box.w - (gestures[0]!.place === 'wc' ? Math.min(box.w, GESTURE) : box.w) / 2
  return (
    <g>
      {shown.map((gesture, i) => <One key={`${gesture.kind} ${gesture.by}`} gesture={gesture} x={x} y={box.y + i * row} out={out} worded={worded} scale={scale} t={t} />)}
      {rest.length > 0 && room > 1 && <g role="img" aria-label={rest.map(sentenceOf).join('. ')}><title>{rest.map(sentenceOf).join('\n')}</title><Mono x={x} y={box.y + shown.length * row + 12} size={11} anchor="middle" fill="var(--dim)">{`+${rest.length}`}</Mono></g>}
    </g>
  )
}

function One({ gesture, x, y, out, worded, scale, t }: { readonly gesture: Gesture; readonly x: number; readonly y: number; readonly out: 1 | -1; readonly worded: boolean; readonly scale: number; readonly t: number }) {
  const { kind, place, count, here } = gesture
  const colour = place === 'gpu' ? 'var(--gpu)' : 'var(--ink)'
  return (
    <g role="img" aria-label={sentenceOf(gesture)} opacity={here ? undefined : 0.6}>
      <title>{sentenceOf(gesture)}</title>
      <rect x={x - 9 * scale} y={y} width={18 * scale} height={16 * scale} fill="transparent" />
      <Mark kind={kind} x={x} y={y + 8 * scale} out={out} scale={scale} t={t} colour={colour} />
      <Mono x={x} y={y + 16 * scale + 9} size={LETTERS} weight={600} anchor="middle" fill={colour}>{String(count)}</Mono>
      {worded && <Words x={x} y={y + 16 * scale + 20} size={LETTERS} anchor="middle" fill="var(--dim)">{WORDS[kind]}</Words>}
    </g>
  )
}
