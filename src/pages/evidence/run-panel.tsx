/** The replay itself: begin and cancel, how far it is, and what it comes to. */
import { Play, RotateCcw, X } from 'lucide-react'
import { cancel, replayAll, useEvidence, type Evidence } from '../../app/evidence.ts'
import { fill } from '../../base/fill.ts'
import type { Tally } from '../../journal/evidence.ts'
import { Rich } from '../compare/rich.tsx'
import { SENTENCES } from './sentences.ts'
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
  const whose = own.length > 0 ? fill(SENTENCES.ownRecording, { files: own.join(', ') }) : files ? fill(SENTENCES.recordings, { count: files.length }) : SENTENCES.recordingsAll
  const asked = total.sequences > 0 ? fill(SENTENCES.wholeSequences, { whose, whole: number(total.whole), all: number(total.sequences) }) : whose
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
          {total.all === 0 ? <span>…</span> : <Rich text={SENTENCES.score} parts={{ agree: <b>{number(total.agree)}</b>, all: number(total.all), what: <span>{SENTENCES.scoreWhat}</span> }} />}
        </p>
        <p className="fine">{total.apart ? fill(SENTENCES.otherRelease, { so: asked }) : asked}</p>
      </div>
      <div className="doing">
        <div className="bar" role="progressbar" aria-label="Operations replayed" aria-valuemin={0} aria-valuemax={all || 1} aria-valuenow={done} aria-valuetext={fill(SENTENCES.operationsDone, { done: number(done), all: number(all) })}>
          <span style={{ width: `${phase === 'fetching' && files ? 0 : share}%` }} data-phase={phase} />
        </div>
        <p className="fine">
          {phase === 'fetching' && files ? fill(SENTENCES.fetched, { fetched, all: files.length }) : WHERE[phase]}{' '}
          {phase !== 'fetching' && all > 0 && fill(SENTENCES.operationsIn, { done: number(done), all: number(all), seconds: seconds.toFixed(1) })}
        </p>
        {busy ? <button className="button" onClick={cancel}><X aria-hidden />Cancel</button> : (
          <button className="button strong" onClick={() => void replayAll()}>{phase === 'idle' ? <Play aria-hidden /> : <RotateCcw aria-hidden />}{phase === 'idle' || own.length > 0 ? 'Replay all recordings' : 'Replay again'}</button>
        )}
      </div>
      {/* Every figure spoken would be too many: a quarter at a time, and the end. */}
      <p className="unseen" role="status">
        {phase === 'over' ? fill(SENTENCES.doneAgree, { agree: number(total.agree), all: number(total.all) }) : phase === 'replaying' ? fill(SENTENCES.percent, { share: Math.floor(share / 25) * 25 }) : WHERE[phase]}
      </p>
      {problem !== null && <p className="problem" role="alert"><b>{problem}</b></p>}
    </section>
  )
}
