/** A walk in one line: the address, the index taken at each level, what the leaf says, and whether the TLB agrees. */
import { fill } from '../../base/fill.ts'
import { Mono, monoWidth, Words } from '../glyphs/text.tsx'
import { colour, ground, hueOfTask, type Hue } from '../hue.ts'
import type { Frame } from '../frame.ts'
import type { Box } from '../places.ts'
import { SENTENCES } from './sentences-later.ts'
import { fitting } from './title.tsx'
import type { Subject } from './walk-subjects.ts'
import { addressText, labelOf, leafWords, pageText, tlbWords, walkView, type WalkView } from './walks.ts'

const SIZE = 11
const STEP = 28
/** A box that holds the largest index of its level. */
const stepOf = ({ format }: WalkView, level: number): number => Math.max(STEP, monoWidth(String(format.levels[level]!.entries - 1), SIZE) + 8)
const GAP = 5
/** Less room than this says nothing about the TLB; the hover does. */
const LEAST_TLB = 44

export const hueOfWalk = (header: Frame['header'], view: Pick<WalkView, 'who' | 'letter'>): Hue => (view.who === 'cpu' ? hueOfTask(header, view.letter) : view.who === 'gpu' ? 'gpu' : 'display')

/** What the last entry says, longest first. */
function leafForms(view: WalkView): string[] {
  const { walk: { phys }, unseen } = view
  if (phys !== null) return [`${pageText(phys)} ${leafWords(view)}`]
  if (!unseen) return ['no entry']
  return unseen.where === 'cache' ? ['no entry: dirty in the CPU cache', 'no entry: dirty in a cache', 'no entry'] : ['no entry: in a write buffer', 'no entry']
}

export function WalkStrip({ frame, subject, lit, box, name, empty }: {
  readonly frame: Frame
  readonly subject: Subject | null
  /** The step is about this walk. */
  readonly lit: boolean
  readonly box: Box
  readonly name: string
  readonly empty: string
}) {
  const view = subject && walkView(frame, subject)
  const middle = box.y + box.h / 2
  const base = middle + 4
  if (!view) {
    return (
      <g>
        <Words x={box.x} y={base} size={12} weight={650} fill="var(--dim)">{name}{' '}<tspan dx="3.5" fontWeight={400}>{empty}</tspan></Words>
      </g>
    )
  }
  const hue = hueOfWalk(frame.header, view)
  const levels = view.format.levels.length
  const event: string = frame.step?.event ?? ''
  const forgets = event === 'tlb.flush' || event === 'tlb.evict'
  const shown = lit && !forgets ? Math.ceil(frame.t * levels) : levels
  const label = labelOf(view)
  const text = addressText(view.addr)
  const start = box.x + (view.who === 'iommu' ? 54 : 42)
  const wide = box.w >= 400
  const boxes = wide ? start + monoWidth(text, SIZE) + 8 : start
  const end = boxes + view.indices.reduce((sum, _, level) => sum + stepOf(view, level) + GAP, -GAP)
  const { phys } = view.walk
  const tlb = tlbWords(view)
  const leaf = leafForms(view).find((form) => end + 17 + monoWidth(form, SIZE) <= box.x + box.w) ?? leafForms(view).at(-1)!
  const leafEnd = end + 18 + monoWidth(leaf, SIZE)
  const left = box.x + box.w - leafEnd - 9
  const moves = lit && frame.t < 1
  // A fault bounces off the last entry; forgetting sweeps over what was remembered.
  const bounce = moves && phys === null && event.startsWith('fault.') ? Math.sin(frame.t * 3 * Math.PI) * 4 * (1 - frame.t) : 0
  return (
    <g transform={bounce ? `translate(${bounce} 0)` : undefined}>
      <title>{fill(SENTENCES.walkOf, { owner: view.owner, address: text, tlb: tlb.long })}</title>
      {lit && <rect x={box.x - 5} y={box.y} width={box.w + 5} height={box.h} rx={5} fill={ground(hue)} stroke={colour(hue)} />}
      <Words x={box.x} y={base} size={12} weight={650} fill={colour(hue)}>{label}</Words>
      {wide && <Mono x={start} y={base} size={SIZE}>{text}</Mono>}
      <Levels view={view} x={boxes} y={middle - 9} shown={shown} hue={hue} />
      {shown === levels && (
        <>
          <path d={`M${end + 3} ${middle}h9m-4 -3.5l4 3.5l-4 3.5`} fill="none" stroke={phys === null ? 'var(--bad)' : colour(hue)} strokeWidth="1.5" />
          <Mono x={end + 17} y={base} size={SIZE} weight={600} fill={phys === null ? 'var(--bad)' : 'var(--ink)'}>{leaf}</Mono>
          {left >= LEAST_TLB && <Words x={leafEnd + 9} y={base} size={SIZE} weight={tlb.bad ? 650 : 400} fill={tlb.bad ? 'var(--bad)' : 'var(--dim)'}>{fitting(tlb.forms, left, SIZE)}</Words>}
          {moves && forgets && <path d={`M${leafEnd + (box.x + box.w - leafEnd) * frame.t} ${box.y + 3}v${box.h - 6}`} stroke={colour(hue)} strokeWidth="3" />}
          {tlb.bad && <Bolt x={box.x + box.w - 12} y={middle} />}
        </>
      )}
    </g>
  )
}

function Levels({ view, x, y, shown, hue }: { readonly view: WalkView; readonly x: number; readonly y: number; readonly shown: number; readonly hue: Hue }) {
  let next = x
  return (
    <g>
      {view.indices.map((index, level) => {
        const width = stepOf(view, level)
        const at = next
        next += width + GAP
        const step = view.walk.steps[level]
        const taken = step !== undefined && level < shown
        const bad = taken && step.kind === 'invalid'
        return (
          <g key={level}>
            {level > 0 && <path d={`M${at - GAP} ${y + 9}h${GAP}`} stroke={taken ? colour(hue) : 'var(--line)'} strokeWidth="1.5" />}
            <rect x={at + 0.5} y={y + 0.5} width={width - 1} height={17} rx={3} fill={taken && !bad ? ground(hue) : 'var(--panel)'} stroke={bad ? 'var(--bad)' : taken ? colour(hue) : 'var(--line)'} strokeWidth={taken ? 1.5 : 1} strokeDasharray={bad ? '3 2' : undefined} />
            <Mono x={at + width / 2} y={y + 13} size={SIZE} anchor="middle" weight={taken ? 600 : 400} fill={bad ? 'var(--bad)' : taken ? 'var(--ink)' : 'var(--dim)'}>{String(index)}</Mono>
          </g>
        )
      })}
    </g>
  )
}

/** Lightning: a translation that is not true any more. */
export const Bolt = ({ x, y }: { readonly x: number; readonly y: number }) => <path d={`M${x + 4} ${y - 7}l-6 8h4l-3 6l8 -9h-4z`} fill="var(--bad)" />
