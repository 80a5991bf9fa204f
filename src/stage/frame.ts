/** What a scene is given: nothing else, so the same frame is always the same picture. */
import type { Snapshot } from '../journal/snapshot.ts'
import type { Journal, RunHeader } from '../journal/run.ts'
import type { Step } from '../journal/step.ts'
import type { Truth } from '../journal/truth.ts'
import { pastOf, type Past } from './past.ts'
import type { Places } from './places.ts'

export interface Frame {
  readonly header: RunHeader
  readonly before: Snapshot
  readonly after: Snapshot
  /** The step shown; null before the first. */
  readonly step: Step | null
  /** 0…1 inside the step's animation; 1 is the end state. */
  readonly t: number
  readonly places: Places
  /** The newest bytes of memory after the step. */
  readonly truth: Truth
  /** The step's system call and the lines done before it; absent: nothing is known of them. */
  readonly past?: Past
  /** Caption templates (Catalog.says). */
  readonly says: Readonly<Record<string, string>>
  /** Ids and call keys that differ from the other bench at this moment, and names of word areas whose pictures do. */
  readonly differs: ReadonlySet<string>
  readonly selected: string | null
}

/** Where a run stands at a stop. */
interface Stop extends Pick<Frame, 'before' | 'after' | 'step' | 'truth'> {
  readonly journal: Journal
  /** Seq of the stop before. */
  readonly since: number
  /** It does not do what is shown of another run: then it stands still. */
  readonly gap: boolean
}

export const frameOf = ({ journal, before, after, step, truth, since, gap }: Stop, t: number, rest: Pick<Frame, 'places' | 'says' | 'differs' | 'selected'>): Frame =>
  ({ header: journal.header, before: gap ? after : before, after, step, t: gap ? 1 : t, truth, past: pastOf(journal, step, rest.says, since), ...rest })
