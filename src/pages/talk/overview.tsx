/** All stops of the talk at once, by their sentences; the one chosen is gone to. */
import { useEffect, useMemo, useRef } from 'react'
import { lines } from '../../app/lines.ts'
import { goTo } from '../../app/playhead.ts'
import { useStore } from '../../app/store.ts'
import { Rich } from '../compare/rich.tsx'
import { show } from './shared.ts'
import { countAt, useStops } from './stops.ts'

const close = (): void => show({ overview: false })

export function Overview() {
  const rows = useStore((now) => now.rows)
  const benches = useStore((now) => now.benches)
  const at = useStore((now) => now.at)
  const says = useStore((now) => now.catalog?.says)
  const list = useRef<HTMLOListElement>(null)
  const stops = useStops()
  const all = useMemo(() => lines(rows, benches, says ?? {}), [rows, benches, says])
  const here = countAt(stops, at) - 1
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null
    const stop = (of: string) => list.current?.querySelector<HTMLElement>(of)
    ;(stop('[aria-current]') ?? stop('button'))?.focus()
    return () => opener?.focus()
  }, [])
  return (
    <div className="overview" role="dialog" aria-modal="true" aria-label="Overview" onKeyDown={(event) => { if (/^(Escape|o)$/i.test(event.key)) close() }}>
      <header><h2>Overview</h2><button className="button" onClick={close}>Close</button></header>
      <ol ref={list}>
        {stops.map((stop, i) => {
          const line = all[stop - 1]!
          const text = line.texts.find((each) => each !== null) ?? ''
          return (
            <li key={stop}>
              <button aria-current={i === here ? 'step' : undefined} onClick={() => { goTo(stop); close() }}><b>{i + 1}</b><span>{line.call !== null && <code className="call">{line.call}</code>}<Rich text={text} /></span></button>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
