/** The window of who speaks: what the room sees, what comes next, notes, clock, and the controls of the talk. It makes the same runs anew from the same address. */
import { FlagTriangleLeft, FlagTriangleRight, Flashlight, Moon, StepBack, StepForward, Triangle } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from '../../app/store.ts'
import { useTitle } from '../../app/title.ts'
import { fill } from '../../base/fill.ts'
import { fetchLater } from '../../stage/shelf.ts'
import { useSays, useShown } from '../compare/shown.ts'
import { Clock } from './clock.tsx'
import { follower, type Follower } from './follow.ts'
import { watchPresenter } from './keys.ts'
import { Layers } from './layers.tsx'
import { nextOf, notesOf, type Note } from './notes.tsx'
import { Dark, Lit } from './over.tsx'
import { SENTENCES } from './sentences.ts'
import { useTalk } from './shared.ts'
import { Slide } from './slide.tsx'
import { countAt, useStops } from './stops.ts'
import './presenter.css'

export function Presenter() {
  const [there, setThere] = useState<boolean | null>(null)
  const [talk, setTalk] = useState<Follower | null>(null)
  useTitle('Bufscope: presenter')
  useEffect(() => {
    void fetchLater()
    const made = follower(setThere)
    setTalk(made)
    const unwatch = watchPresenter(made.ask)
    return () => {
      unwatch()
      made.stop()
    }
  }, [])
  return (
    <>
      <main className="presenter">
        {there === false && <p className="presenter-lost" role="alert">The talk's window does not answer. Is it still open, and in talk mode? Press W there to have this window back.</p>}
        <section className="presenter-now" aria-label="On the screen">
          <Lit pointed={talk?.point ?? (() => undefined)}><Slide onSelect={talk?.select ?? (() => undefined)} /><Dark /></Lit>
        </section>
        <Words />
        {talk && <Bar talk={talk} />}
      </main>
      <Layers className="presenter-layers" />
    </>
  )
}

function Words() {
  const now = useStore()
  const shown = useShown()
  const says = useSays()
  const next = nextOf(now, says)
  return (
    <>
      <section className="presenter-next" aria-label="Next step"><h2>Next</h2>{next.length > 0 ? <Notes of={next} /> : <p>Nothing more: this is the last change.</p>}</section>
      <section className="presenter-notes" aria-label="Notes" tabIndex={0}><h2>Notes</h2><Notes of={notesOf(now, shown, says)} /></section>
    </>
  )
}

const Notes = ({ of }: { of: readonly Note[] }) => of.map(({ from, text }, i) => <div className="note" key={i}>{from && <h3>{from}</h3>}<p>{text}</p></div>)

function Bar({ talk: { ask } }: { talk: Follower }) {
  const at = useStore((now) => now.at)
  const { blank, spot } = useTalk()
  const stops = useStops()
  return (
    <div className="presenter-bar" role="toolbar" aria-label="Talk">
      <button className="button square" onClick={() => ask('landmark before')} aria-label="Landmark before" title="Landmark before (Shift+←)"><FlagTriangleLeft aria-hidden /></button>
      <button className="button" aria-disabled={at === 0} onClick={() => ask('back')}><StepBack aria-hidden />Back</button>
      <button className="button strong" onClick={() => ask('next')}>Next<StepForward aria-hidden /></button>
      <button className="button square" onClick={() => ask('next landmark')} aria-label="Next landmark" title="Next landmark (Shift+→)"><FlagTriangleRight aria-hidden /></button>
      <button className="button" onClick={() => ask('next difference')}>Next difference<Triangle aria-hidden style={{ rotate: '90deg' }} /></button>
      <button className="button" aria-pressed={blank} onClick={() => ask('blank')}><Moon aria-hidden />Dark screen</button>
      <button className="button" aria-pressed={spot !== null} onClick={() => ask('light')}><Flashlight aria-hidden />Light</button>
      <p className="presenter-where">{fill(SENTENCES.stopOf, { at: countAt(stops, at), count: stops.length })}</p>
      <Clock />
    </div>
  )
}
