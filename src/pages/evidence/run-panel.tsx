/** The replay itself: begin and cancel, how far it is, and what it comes to. */
import { Play, RotateCcw, X } from 'lucide-react'
import { cancel, replayAll, useEvidence, type Evidence } from '../../app/evidence.ts'
import type { Tally } from '../../journal/evidence.ts'
import { number } from './words.ts'

/** Of releases that have a kernel of their own here. */
export function totalOf({ releases }: Pick<Evidence, 'releases'>): Tally & { readonly whole: number; readonly sequences: number; readonly apart: boolean } {
  const held = releases.filter(({ apart }) => !apart)
  const counted = held.length > 0 ? held : releases
  const sum = (of: 'ops' | 'sequences', end: keyof Tally): number => counted.reduce((total, release) => total + release[of][end], 0)
  return { agree: sum('ops', 'agree'), all: sum('ops', 'all'), whole: sum('sequences', 'agree'), sequences: sum('sequences', 'all'), apart: held.length === 0 && releases.length > 0 }
}

const WHERE: Readonly<Record<Evidence['phase'], string>> = {
  idle: 'Nothing is replayed yet.', fetching: 'Fetching the recordings…', replaying: 'Replaying…', over: 'Done.', cancelled: 'Cancelled; what stands here is as far as it came.', failed: 'It could not be done.',
}

export function RunPanel() {
  const now = useEvidence()
  const { phase, files, own, fetched, done, all, seconds, problem } = now
  const busy = phase === 'fetching' || phase === 'replaying'
  const total = totalOf(now)
  const tone = total.all === 0 ? 'open' : total.agree === total.all ? 'ok' : 'bad'
  const whose = own.length > 0 ? own.join(', ') : `${files?.length ?? 'all'} recordings of real kernels`
  const share = all === 0 ? 0 : Math.floor((100 * done) / all)
  return (
    <section className="run" aria-labelledby="run-title">
      <h2 id="run-title" className="unseen">Replay</h2>
      <p className="lead">
        Bufscope's kernel is held to what real kernels answered. This page makes the recorded calls again, <b>here, in your browser</b>, on the same simulated kernel that plays the story, and compares
        every field of every answer. Nothing is sent anywhere.
      </p>
      <div className="score" data-tone={tone}>
        <p className="figure">
          {total.all === 0 ? <span>…</span> : <><b>{number(total.agree)}</b> of {number(total.all)} <span>operations agree</span></>}
        </p>
        <p className="fine">
          {own.length > 0 ? 'Your recording: ' : ''}{whose}{total.sequences > 0 && <>: {number(total.whole)} of {number(total.sequences)} sequences agree to the end</>}
          {total.apart && '; no kernel here is of that release, so today\'s was asked'}
        </p>
      </div>
      <div className="doing">
        <div className="bar" role="progressbar" aria-label="Operations replayed" aria-valuemin={0} aria-valuemax={all || 1} aria-valuenow={done} aria-valuetext={`${number(done)} of ${number(all)} operations`}>
          <span style={{ width: `${phase === 'fetching' && files ? 0 : share}%` }} data-phase={phase} />
        </div>
        <p className="fine">
          {WHERE[phase]}{' '}
          {phase === 'fetching' && files && `${fetched} of ${files.length}.`}
          {phase !== 'fetching' && all > 0 && `${number(done)} of ${number(all)} operations in ${seconds.toFixed(1)} s.`}
        </p>
        {busy ? <button className="button" onClick={cancel}><X aria-hidden />Cancel</button> : (
          <button className="button strong" onClick={() => void replayAll()}>{phase === 'idle' ? <Play aria-hidden /> : <RotateCcw aria-hidden />}{phase === 'idle' || own.length > 0 ? 'Replay all recordings' : 'Replay again'}</button>
        )}
      </div>
      {/* Every figure spoken would be too many: a quarter at a time, and the end. */}
      <p className="unseen" role="status">
        {phase === 'over' ? `Done. ${number(total.agree)} of ${number(total.all)} operations agree.` : phase === 'replaying' ? `${Math.floor(share / 25) * 25} percent replayed.` : WHERE[phase]}
      </p>
      {problem !== null && <p className="problem" role="alert"><b>{problem}</b></p>}
    </section>
  )
}
