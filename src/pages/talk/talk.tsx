/** Talk mode: one slide that fills the screen, stepped by a clicker. */
import { useEffect, type MouseEvent } from 'react'
import { useTitle } from '../../app/title.ts'
import { useArrival } from '../compare/arrival.ts'
import { fetchLater } from '../../stage/shelf.ts'
import { useSwipe } from '../compare/phone.tsx'
import { select } from '../compare/stage-host.tsx'
import { ACTIONS } from './actions.ts'
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

/** A finger on the slide, or on the dark: at the left it steps back, elsewhere on. A mouse points. */
function tapped({ nativeEvent, target, clientX }: MouseEvent): void {
  if ((nativeEvent as PointerEvent).pointerType !== 'touch' || (target as Element).closest('.thing, .controls, .overview')) return
  if (clientX < innerWidth / 3) ACTIONS.back()
  else ACTIONS.next()
}

export function Talk() {
  const idle = useIdle()
  const overview = useTalk((now) => now.overview)
  const hands = useSwipe()
  const arrived = useArrival()
  useAwake()
  useTitle('Bufscope: talk')
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
      <main ref={arrived} tabIndex={-1} {...hands} onClick={tapped}>
        <Lit away={overview}><Slide onSelect={select} /></Lit>
        {overview && <Overview />}
        <Dark />
        <Controls idle={idle} />
      </main>
      <Layers className="talk-layers" />
    </div>
  )
}
