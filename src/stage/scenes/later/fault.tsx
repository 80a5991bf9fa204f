/**
 * A fault bounces: from the hardware up through the line to the kernel's handler, and back with what it answered. One that is not answered
 * stays above. Without motion the whole way is drawn at once.
 */
import { Pill, pillWidth } from '../../glyphs/pill.tsx'
import { faultForms, faultsIn, faultText, type FaultStory } from '../../hardware/fault-story.ts'
import { layoutOf, walkPlace, type HardwareLayout } from '../../hardware/layout.ts'
import { walkersOf } from '../../hardware/walk-subjects.ts'
import { NO_PAST } from '../../past.ts'
import type { Box } from '../../places.ts'
import { scene } from '../../scene.ts'

/** How far below the line the bounce begins, how far above it turns, and half its width. */
const BELOW = 17
const ABOVE = 11
const HALF = 9
/** The floor's name stands at the left. */
const NAMED = 96
/** Length of one leg, for drawing it bit by bit. */
const LEG = 30

function placeOf({ cpu, gpu }: HardwareLayout, who: FaultStory['who']): number {
  const box = who === 'cpu' ? cpu : gpu
  return Math.max(NAMED + HALF, box.x + box.w - 24)
}

export default scene({
  id: 'fault',
  title: 'A fault and its handler',
  floor: 'hardware',
  order: 3,
  of({ frame }) {
    const { hardware, since } = frame.past ?? NO_PAST
    return faultsIn(hardware, frame.header).length === 0 ? [] : [since, frame.step, frame.t]
  },
  draw({ frame, box, floors, compact }) {
    const faults = faultsIn((frame.past ?? NO_PAST).hardware, frame.header)
    if (faults.length === 0) return null
    const layout = layoutOf(box, compact)
    const size = compact || floors.kernel.band.h < 190 ? 10 : 12
    const walkers = walkersOf(frame.after)
    // In a low floor the line is the walks': a fault stands in place of its own side's words.
    const words = (who: FaultStory['who']): Box | null => (layout.token && walkers.includes(who) ? walkPlace(layout, walkers.indexOf(who), walkers.length) : null)
    return <g>{faults.map((fault) => <Bounce key={fault.who} fault={fault} x={placeOf(layout, fault.who)} y={floors.hardware.band.y} end={floors.hardware.band.w} words={words(fault.who)} size={size} t={frame.t} />)}</g>
  },
})

function Bounce({ fault, x, y, end, words, size, t }: { readonly fault: FaultStory; readonly x: number; readonly y: number; readonly end: number; readonly words: Box | null; readonly size: number; readonly t: number }) {
  const { asked, answer } = fault
  const up = asked === null ? 0 : Math.min(1, answer ? t * 2 : t)
  const down = answer?.good ? Math.max(0, asked === null ? t : t * 2 - 1) : 0
  const room = { right: (words ? words.x + words.w : end) - 4 - (x + HALF + 8), left: x - HALF - 8 - (words?.x ?? NAMED) }
  const forms = faultForms(fault)
  const fits = (space: number) => (text: string): boolean => pillWidth(text, size) <= space
  const text = forms.find(fits(Math.max(room.right, room.left))) ?? forms.at(-1) ?? ''
  const width = pillWidth(text, size)
  const right = fits(room.right)(text)
  const colour = answer && !answer.good ? 'var(--bad)' : 'var(--ink)'
  const drawn = (part: number): string => `${LEG * part} ${LEG}`
  return (
    <g role="img" aria-label={`${fault.who === 'cpu' ? 'CPU' : 'GPU'}: ${faultText(fault)}`}>
      <title>{faultText(fault)}</title>
      {words && <rect x={words.x - 4} y={words.y} width={words.w + 4} height={words.h} fill="var(--floor-hardware)" />}
      <g fill="none" stroke={colour} strokeWidth="2.25" strokeLinejoin="round">
        {up > 0 && <path d={`M${x - HALF} ${y + BELOW}L${x} ${y - ABOVE}`} strokeDasharray={drawn(up)} />}
        {down > 0 && <path d={`M${x} ${y - ABOVE}L${x + HALF} ${y + BELOW}`} strokeDasharray={drawn(down)} />}
        {down === 1 && <path d={`M${x + HALF - 7} ${y + BELOW - 6}L${x + HALF} ${y + BELOW}L${x + HALF + 2.5} ${y + BELOW - 8.5}`} />}
        {answer && !answer.good && up === 1 && <path d={`M${x - 4} ${y - ABOVE - 4}l8 8m0 -8l-8 8`} />}
      </g>
      <Pill x={right ? x + HALF + 8 + width / 2 : x - HALF - 8 - width / 2} y={y + size * 0.65} text={text} tone={answer === null ? 'call' : answer.good ? 'ok' : 'bad'} size={size} />
    </g>
  )
}
