/** The lines of the drivers and exporters behind an object, or behind what a call has touched so far. */
import type { Shown } from '../../app/frames.ts'
import { castOf } from '../../journal/say.ts'
import { inShortOf, type InShort } from './in-short.ts'
import { Rich } from './rich.tsx'
import { WHOSE } from './sentences-later.ts'

export function DriversOf({ id, shown }: { id: string; shown: readonly (Shown | null)[] }) {
  const lines = shown.flatMap((each) => (each ? inShortOf([id], each.journal.header, [each.after, each.before, castOf(each.journal)]) : []))
  return <Lines lines={lines.filter((line, i) => lines.findIndex((other) => other.text === line.text && other.as === line.as) === i)} />
}

/** Everything that the call of this step has named up to here. */
export function DriversAt({ shown }: { shown: Shown }) {
  const { step, journal } = shown
  if (!step || step.call === '') return null
  const ids: string[] = []
  for (let seq = step.seq; seq >= 0 && journal.steps[seq]!.call === step.call; seq--)
    ids.unshift(...Object.values(journal.steps[seq]!.fields as Readonly<Record<string, unknown>>).filter((value) => typeof value === 'string'))
  return <Lines lines={inShortOf(ids, journal.header, [shown.after, shown.before, castOf(journal)])} />
}

function Lines({ lines }: { lines: readonly InShort[] }) {
  if (lines.length === 0) return null
  return (
    <ul className="in-short" aria-label="What drivers do on mmap of an import and on SYNC">
      {lines.map(({ who, as, text }) => <li key={as + text}><b><Rich text={WHOSE[as][who ? 1 : 0]} parts={{ who }} /></b> {text}</li>)}
    </ul>
  )
}
