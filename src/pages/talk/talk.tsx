/** Talk mode: one slide that fills the screen, stepped by a clicker. */
import { useEffect, useMemo } from 'react'
import { framesAt } from '../../app/frames.ts'
import { useStore } from '../../app/store.ts'
import { fetchLater } from '../../stage/shelf.ts'
import { Notices } from '../compare/notices.tsx'
import Overlays from '../compare/overlays.tsx'
import { select } from '../compare/stage-host.tsx'
import { Controls } from './controls.tsx'
import { host } from './host.ts'
import { watchTalk } from './keys.ts'
import { Dark, Lit } from './over.tsx'
import { Overview } from './overview.tsx'
import { useAwake, useIdle } from './room.ts'
import { show, useTalk } from './shared.ts'
import { Slide } from './slide.tsx'
import './talk.css'

export function Talk() {
  const idle = useIdle()
  const overview = useTalk((now) => now.overview)
  useAwake()
  useEffect(() => {
    void fetchLater()
    const stops = [host(), watchTalk()]
    return () => {
      stops.forEach((stop) => stop())
      // By a link or the back button too: the next talk begins with its light on.
      show({ blank: false, spot: null, overview: false })
    }
  }, [])
  return (
    <div className="talk" data-idle={idle}>
      <main>
        <Lit><Slide onSelect={select} /></Lit>
        {overview && <Overview />}
        <Dark />
        <Controls idle={idle} />
      </main>
      <Layers />
    </div>
  )
}

/** Panels, as on the whole page. */
function Layers() {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const shown = useMemo(() => framesAt({ benches, rows, at }), [benches, rows, at])
  return (
    <div className="talk-layers">
      <Notices />
      <div id="layer" role="region" aria-label="Open menu" />
      <Overlays shown={shown} />
    </div>
  )
}
