/** The syscall boundary: a dotted line that calls visibly cross, and answers cross back. */
import { BOUNDARY } from '../../journal/step.ts'
import { Pill, pillWidth, type PillTone } from '../glyphs/pill.tsx'
import { NO_PAST, refuses } from '../past.ts'
import { layoutsOf } from '../references.ts'
import { scene } from '../scene.ts'
import type { Frame } from '../frame.ts'
import { answer, callName } from '../words.ts'

interface Crossing { readonly text: string; readonly tone: PillTone; readonly way: 'down' | 'up' }

/** What crosses at this step; nothing when no call of a process is going on. */
export function crossingOf(frame: Frame): Crossing | null {
  const { step } = frame
  const { trap } = frame.past ?? NO_PAST
  if (!step || !step.actor.startsWith('task:')) return null
  if (trap?.back) return { text: `↑ ${answer(trap.result, trap.errno)}`, tone: trap.errno ? 'bad' : 'ok', way: 'up' }
  if (trap) return { text: `${callName(trap.name, trap.text)} ↓`, tone: 'call', way: 'down' }
  const inKernel = step.stack.includes(BOUNDARY)
  if (inKernel && step.stack.includes('handle_mm_fault')) return refuses(step) ? { text: '↑ signal', tone: 'bad', way: 'up' } : { text: 'page fault ↓', tone: 'call', way: 'down' }
  return null
}

const LONGEST = 30

export default scene({
  id: 'boundary',
  title: 'The syscall boundary',
  floor: 'kernel',
  order: 20,
  between: true,
  draw: ({ frame, floors, compact }) => {
    const { band } = floors.kernel
    const { user } = layoutsOf(frame, floors, compact)
    const crossing = crossingOf(frame)
    const process = user.processes.find((each) => each.task === frame.step?.actor)
    const size = compact ? 14 : user.roomy ? 13 : 11
    const text = crossing && crossing.text.length > LONGEST ? `${crossing.text.slice(0, LONGEST - 1)}…` : crossing?.text
    const half = text ? pillWidth(text, size) / 2 : 0
    const x = process ? Math.max(half + 4, Math.min(band.w - half - 4, process.crossing)) : 0
    const moved = (crossing?.way === 'down' ? -1 : 1) * (1 - frame.t) * (user.roomy ? 20 : 14)
    return (
      <>
        <line x1={0} x2={band.w} y1={band.y} y2={band.y} stroke="var(--kernel)" strokeWidth={1.75} strokeDasharray="0.1 4.6" strokeLinecap="round" />
        {process && crossing && text && <Pill x={x} y={band.y + moved} text={text} tone={crossing.tone} size={size} />}
      </>
    )
  },
})
