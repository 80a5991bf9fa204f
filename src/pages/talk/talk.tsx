/** Talk mode: one slide that fills the screen, stepped by a clicker. */
import { useEffect } from 'react'
import { fetchLater } from '../../stage/shelf.ts'
import { select } from '../compare/stage-host.tsx'
import { Controls } from './controls.tsx'
import { host } from './host.ts'
import { watchTalk } from './keys.ts'
import { Layers } from './layers.tsx'
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
    document.title = 'Bufscope: talk'
    const stops = [host(), watchTalk()]
    return () => {
      document.title = 'Bufscope'
      stops.forEach((stop) => stop())
      // By a link or the back button too: the next talk begins with its light on.
      show({ blank: false, spot: null, overview: false })
    }
  }, [])
  return (
    <div className="talk" data-idle={idle}>
      <main>
        <Lit away={overview}><Slide onSelect={select} /></Lit>
        {overview && <Overview />}
        <Dark />
        <Controls idle={idle} />
      </main>
      <Layers className="talk-layers" />
    </div>
  )
}
