/** How far the talk has come: a part for each stretch between landmarks, and where the benches first differ. */
import { useStore } from '../../app/store.ts'
import { countAt, useStops } from './stops.ts'

export function Progress() {
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const first = useStore((now) => now.marks.find(({ kind }) => kind === 'first'))
  const stops = useStops()
  const part = (row: number): number => (stops.length === 0 ? 0 : (100 * countAt(stops, row)) / stops.length)
  const cuts = rows.flatMap(({ landmark }, i) => (landmark !== null && part(i + 1) < 100 ? [part(i + 1)] : []))
  return (
    <div className="slide-progress" aria-hidden>
      <i style={{ width: `${part(at)}%` }} />
      {cuts.map((cut) => <b key={cut} style={{ left: `${cut}%` }} />)}
      {first && <em style={{ left: `${part(first.row)}%`, width: `${Math.max(0.4, part(first.row + 1) - part(first.row))}%` }} />}
    </div>
  )
}
