/** The run from afar: the stills that stand for it, and what every bench looked like then. */
import { differing, makeSeekers, seqShown, shownAt, type Seekers, type Shown } from '../../app/frames.ts'
import type { Bench } from '../../app/store.ts'
import type { Row } from '../../journal/align.ts'
import type { Divergence } from '../../journal/divergence.ts'
import { farOf, type Far } from '../../stage/far/far.ts'
import { BEST } from '../../stage/floors.ts'
import { frameOf, type Frame } from '../../stage/frame.ts'

export interface Still {
  /** Step, 0 before the first; what leads to it begins after the still before. */
  readonly at: number
  readonly since: number
  readonly title: string
  /** The first divergence is here. */
  readonly parts: boolean
}

/** More do not fit on a screen: then some calls stand for their neighbours too. */
const MOST = 30

/** Landmarks of the program, or where it sets none the ends of calls; the first divergence, and both ends of the run. */
export function stillsOf(rows: readonly Row[], marks: readonly Divergence[], titleOf: (row: Row) => string): Still[] {
  const set = rows.flatMap(({ landmark }, i) => (landmark === null ? [] : [i + 1]))
  const calls = rows.flatMap(({ key }, i) => (rows[i + 1]?.key === key ? [] : [i + 1]))
  const every = Math.ceil(calls.length / MOST)
  const parts = marks.find((mark) => mark.kind === 'first')
  const first = parts ? [parts.row + 1] : []
  const stops = [...new Set([0, ...(set.length > 0 ? set : calls.filter((_, i) => i % every === every - 1)), ...first, rows.length])].sort((a, b) => a - b)
  return stops.map((at, i) => {
    const row = rows[at - 1]
    return { at, since: stops[i - 1] ?? 0, title: row ? (first.includes(at) ? 'first divergence' : row.landmark ?? titleOf(row)) : 'the start', parts: first.includes(at) }
  })
}

/** One after another, as the run goes: each bench is folded once. */
export class Looking {
  private readonly seekers: readonly (Seekers | null)[]
  constructor(private readonly benches: readonly Bench[], private readonly rows: readonly Row[], private readonly rest: Pick<Frame, 'places' | 'says'>) {
    this.seekers = benches.map(({ run }) => run && makeSeekers(run.journal))
  }

  /** Of every bench after a row; null: it has not run. */
  at(row: number): (Far | null)[] {
    const shown = this.benches.map(({ run }, bench): Shown | null => {
      const seekers = this.seekers[bench]
      if (!run || !seekers) return null
      const seq = seqShown(run.journal, this.rows, row, bench)
      // From afar nothing moves: one side stands for both.
      return shownAt(run.journal, { ...seekers, before: seekers.after }, seq, seq)
    })
    const differs = differing(shown)
    return shown.map((each) => each && farOf(frameOf(each, 1, { ...this.rest, differs, selected: null }), BEST, false))
  }
}
