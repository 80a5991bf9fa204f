/** The story inside another page: the stage, what is said, and the buttons that step. */
import { ExternalLink, Pause, Play, StepBack, StepForward } from 'lucide-react'
import { useEffect } from 'react'
import * as playhead from '../../app/playhead.ts'
import { benchName } from '../../app/names.ts'
import { useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { fetchLater } from '../../stage/shelf.ts'
import { Caption } from '../compare/caption.tsx'
import { Notices } from '../compare/notices.tsx'
import { usePhone } from '../compare/phone.tsx'
import { SENTENCES as SHARED } from '../compare/sentences.ts'
import { useStages } from '../compare/shown.ts'
import { StageHost, useMotion } from '../compare/stage-host.tsx'
import '../compare/many.css'
import './embed.css'
import { listen } from './wire.ts'

export default function Embed() {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const playing = useStore((now) => now.playing)
  const focus = useStore((now) => now.focus)
  const phone = usePhone()
  const t = useMotion()
  useEffect(() => {
    void fetchLater()
    return listen()
  }, [])
  const { shown, differs, places, says } = useStages()
  const only = phone ? 0 : focus
  return (
    <main className="embed">
      <Notices />
      <h1 className="unseen">Bufscope</h1>
      <div className="embed-benches">
        {benches.map(({ recipe }, i) => (only === null || i === only) && (
          <section className="bench" key={i} aria-label={fill(SHARED.bench, { number: i + 1, name: benchName(recipe) })}>
            <h2>{benchName(recipe)}</h2>
            <div className="stage">{shown[i] && <StageHost shown={shown[i]} t={t} places={places} says={says} differs={differs} compact={phone} />}</div>
          </section>
        ))}
      </div>
      <Caption shown={shown} differs={differs} only={only} />
      <div className="row" role="toolbar" aria-label="Playhead">
        <button className="button" aria-disabled={at === 0} onClick={playhead.back}><StepBack aria-hidden />Back</button>
        <button className="button" onClick={playhead.togglePlay}>{playing ? <><Pause aria-hidden />Pause</> : <><Play aria-hidden />Play</>}</button>
        <button className="button strong" aria-disabled={at === rows.length} onClick={playhead.next}>Next<StepForward aria-hidden /></button>
        <span className="where">{at} / {rows.length}</span>
        <a className="button square" href={`#${location.hash.slice(1).replace(/&?view=embed/, '')}`} target="_blank" rel="noreferrer" aria-label="Open the whole page"><ExternalLink aria-hidden /></a>
      </div>
    </main>
  )
}
