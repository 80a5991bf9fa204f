/** What the inspector shows of the hardware for a selected thing: who sees a line's bytes, and the walks that lead to an area or a buffer. */
import type { Id } from '../../journal/vocabulary.ts'
import type { Frame } from '../frame.ts'
import { LinePanel } from './line-panel.tsx'
import { lineOfId } from './view.ts'
import { WalkPanel } from './walk-panel.tsx'
import { subjectsOf } from './walk-subjects.ts'

type Seen = Pick<Frame, 'header' | 'after' | 'truth' | 'step'>

/** Whether there is anything to show. */
export const hasCloser = (frame: Seen, id: string): boolean => lineOfId(id) !== null || subjectsOf(frame, id as Id).length > 0

export function Closer({ frame, id, width }: { readonly frame: Seen; readonly id: string; readonly width: number }) {
  const line = lineOfId(id)
  if (line !== null) return <LinePanel frame={frame} line={line} />
  return subjectsOf(frame, id as Id).map((subject) => <WalkPanel key={`${subject.owner} ${subject.addr}`} frame={frame} subject={subject} width={width} />)
}
