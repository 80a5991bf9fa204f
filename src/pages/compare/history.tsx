/** The steps that touched a thing, each with what it changed of it; a click goes there. */
import { memo, useMemo } from 'react'
import { goToTouch, rowOf, type Touch } from '../../app/history.ts'
import { useStore } from '../../app/store.ts'
import { captionOf } from '../../journal/say.ts'
import { kernelName, shortValue } from '../../stage/near/fields.ts'
import { Rich } from './rich.tsx'

/** `kind` of the thing: its fields are called as in the kernel. */
export function History({ history, kind }: { history: readonly Touch[]; kind: string }) {
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const places = useMemo(() => history.map((touch) => rowOf(touch)), [history, rows])
  const here = places.findLastIndex((place) => (place.exact ? place.at : place.at - 1) <= at)
  return (
    <ol className="history">
      {history.map((touch, i) => {
        const { at: row, exact } = places[i]!
        return <Entry key={i} touch={touch} kind={kind} row={row} exact={exact} here={i === here && exact && row === at} />
      })}
    </ol>
  )
}

const Entry = memo(function Entry({ touch, kind, row, exact, here }: { touch: Touch; kind: string; row: number; exact: boolean; here: boolean }) {
  const says = useStore((now) => now.catalog?.says)
  const journal = useStore((now) => now.benches[touch.bench]?.run?.journal)
  if (!journal) return null
  const changes = touch.changes.flatMap(({ field, from, to }) => (field === null ? [] : [`${kernelName(kind, field)} ${short(field, from, journal.header.firstPfn)} → ${short(field, to, journal.header.firstPfn)}`]))
  return (
    <li aria-current={here ? 'step' : undefined} data-between={!exact}>
      <button onClick={() => goToTouch(touch)} title={exact ? undefined : 'Between two steps: shows every event, and goes there'}>
        <b>{exact ? row : `‹${row}`}</b>
        <span><Rich text={captionOf(touch.step, says ?? {}, journal)} />{changes.length > 0 && <code className="changed">{changes.join(', ')}</code>}</span>
      </button>
    </li>
  )
})

const MOST = 40
function short(field: string, value: unknown, firstPfn: number): string {
  const text = shortValue(field, value, firstPfn)
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text
}
