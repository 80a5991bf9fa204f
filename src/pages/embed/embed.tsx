/** The story inside another page: the stage, what is said, and the buttons that step. A tap steps and a stroke turns to another bench, as on a phone. */
import { ExternalLink, Pause, Play, StepBack, StepForward } from 'lucide-react'
import { useEffect } from 'react'
import * as playhead from '../../app/playhead.ts'
import { benchName } from '../../app/names.ts'
import { useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { fetchLater } from '../../stage/shelf.ts'
import { Caption } from '../compare/caption.tsx'
import { Notices } from '../compare/notices.tsx'
import { Turn, useMedia, usePhone, useSwipe } from '../compare/phone.tsx'
import { SENTENCES as SHARED } from '../compare/sentences.ts'
import { useStages } from '../compare/shown.ts'
import { StageHost, useMotion } from '../compare/stage-host.tsx'
import '../compare/many.css'
import './embed.css'
import { listen } from './wire.ts'

/** In a low frame the words stand beside the benches: embed.css has the same. */
const LOW = '(max-height: 620px) and (min-aspect-ratio: 5 / 4)'
/** Of the words there, with what is around them. */
const WORDS_PX = 290
/** A bench that is to be read beside others, with the gap to the next. */
const BENCH_PX = 308

export default function Embed() {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const playing = useStore((now) => now.playing)
  const focus = useStore((now) => now.focus)
  const bench = useStore((now) => now.bench)
  const low = useMedia(LOW)
  const alone = useMedia(`(max-width: ${benches.length * BENCH_PX + (low ? WORDS_PX : 0)}px)`) && benches.length > 1
  const phone = usePhone()
  const swipe = useSwipe()
  const t = useMotion()
  useEffect(() => {
    void fetchLater()
    return listen()
  }, [])
  const { shown, differs, places, says } = useStages()
  const only = alone ? Math.min(bench, benches.length - 1) : focus
  return (
    <main className="embed">
      <Notices />
      <h1 className="unseen">Bufscope</h1>
      <div className="embed-benches" {...swipe}>
        {benches.map(({ recipe }, i) => (only === null || i === only) && (
          <section className="bench" key={i} aria-label={fill(SHARED.bench, { number: i + 1, name: benchName(recipe) })}>
            <h2>{benchName(recipe)}</h2>
            <div className="stage">{shown[i] && <StageHost shown={shown[i]} t={t} places={places} says={says} differs={differs} compact={phone && !low} />}</div>
          </section>
        ))}
      </div>
      <Caption shown={shown} differs={differs} only={only} />
      <div className="row" role="toolbar" aria-label="Playhead">
        <button className="button" aria-disabled={at === 0} onClick={playhead.back}><StepBack aria-hidden />Back</button>
        <button className="button" onClick={playhead.togglePlay}>{playing ? <><Pause aria-hidden />Pause</> : <><Play aria-hidden />Play</>}</button>
        <button className="button strong" aria-disabled={at === rows.length} onClick={playhead.next}>Next<StepForward aria-hidden /></button>
        {alone && <Turn />}
        <span className="where">{at} / {rows.length}</span>
        <a className="button square" href={`#${location.hash.slice(1).replace(/&?view=embed/, '')}`} target="_blank" rel="noreferrer" aria-label="Open the whole page"><ExternalLink aria-hidden /></a>
      </div>
    </main>
  )
}
