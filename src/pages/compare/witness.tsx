/** What confirms a step: the recorded call of a real kernel in the same situation, or that there is none. */
import { Fragment } from 'react'
import { evidenceLink } from '../../app/evidence-link.ts'
import { useWitnesses } from '../../app/witnesses.ts'
import { fill } from '../../base/fill.ts'
import { listed } from '../../base/listed.ts'
import { crossingsAt } from '../../journal/crossing.ts'
import type { Journal } from '../../journal/run.ts'
import { Seeker } from '../../journal/seek.ts'
import { situationOf, type Situation } from '../../journal/situation.ts'
import type { Step } from '../../journal/step.ts'
import { coverOf, witnessOf, type Witness, type WitnessIndex } from '../../journal/witness.ts'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences-later.ts'
import './witness.css'

/** A snapshot is moved, not copied, so this has a seeker of its own. */
const seekers = new WeakMap<Journal, Seeker>()
function seekerOf(journal: Journal): Seeker {
  const known = seekers.get(journal) ?? new Seeker(journal)
  seekers.set(journal, known)
  return known
}

function situationsAt(journal: Journal, step: Step): Situation[] {
  return crossingsAt(journal, step.seq).flatMap((crossing) => situationOf(crossing, seekerOf(journal).at(crossing.first - 1)) ?? [])
}

export function Witnessed({ journal, step }: { journal: Journal; step: Step }) {
  const index = useWitnesses()
  const situations = situationsAt(journal, step)
  if (situations.length === 0) return <Uncovered step={step} />
  if (index === null) return <p className="fine" role="status">Asking the recordings…</p>
  if (typeof index === 'string') return <p className="fine">{fill(SENTENCES.witnessUnknown, { why: index })}</p>
  return situations.map((situation, i) => <One key={i} situation={situation} index={index} flavour={journal.header.chosen.kernel} />)
}

/** What the kernel was not asked is in no recording. */
function Uncovered({ step }: { step: Step }) {
  const why = !step.actor.startsWith('task:') ? 'recordings hold calls of processes, not what devices do by themselves'
    : step.call === '' ? 'it is no call' : 'it stays in user space, or has not come back yet; recordings hold what the kernel answered'
  return <div className="witness" data-cover="none"><p><Rich text={fill(SENTENCES.uncovered, { why })} /></p></div>
}

function One({ situation, index, flavour }: { situation: Situation; index: WitnessIndex; flavour: string }) {
  const witness = witnessOf(index, situation, flavour)
  const cover = coverOf(witness)
  return (
    <div className="witness" data-cover={cover}>
      {witness ? <Confirmed witness={witness} situation={situation} /> : (
        <p><Rich text={index.flavours[flavour]?.by.length ? SENTENCES.uncoveredCall : SENTENCES.uncoveredKernel} parts={{ call: situation.call }} /></p>
      )}
      <details>
        <summary>What “the same situation” means here</summary>
        <dl>
          <dt>call</dt><dd><code>{situation.call}</code></dd>
          {situation.facts.map(([what, how], i) => <Fragment key={i}><dt>{what}</dt><dd>{how}</dd></Fragment>)}
          <dt>answer</dt><dd>{situation.answer}</dd>
          {situation.check !== null && <><dt>check that said no</dt><dd><code>{situation.check}</code></dd></>}
          <dt>functions</dt><dd>{situation.way.length === 0 ? 'none with a name' : situation.way.map((fn, i) => <Fragment key={fn}>{i > 0 && ', '}<code>{fn}</code></Fragment>)}</dd>
        </dl>
      </details>
    </div>
  )
}

function Confirmed({ witness, situation }: { witness: Witness; situation: Situation }) {
  const { release, insteadOf, file, sequence, op, count, drivers, here, there } = witness
  const same = here.length === 0 && there.length === 0
  const others = situation.drivers.length > 0 && drivers.join() !== situation.drivers.join()
  const more = count - 1
  const said = [
    same && others && fill(SENTENCES.otherDrivers, { there: listed(drivers) || SENTENCES.noDriver, here: listed(situation.drivers) }),
    !same && here.length > 0 && fill(SENTENCES.notConfirmed, { here: functions(here), count: here.length }),
    !same && there.length > 0 && fill(RAN[here.length > 0 ? 'instead' : 'besides'][drivers.length > 0 ? 'by' : 'so'], { there: functions(there), drivers: listed(drivers) }),
    insteadOf !== null && fill(SENTENCES.insteadOf, { release: insteadOf }),
  ].filter((each) => each !== false)
  return (
    <p>
      <span className="glyph" aria-hidden>{same ? '✓ ' : '◐ '}</span>
      <Rich text={SENTENCES[same ? (more ? 'confirmedMore' : 'confirmed') : more ? 'answerConfirmedMore' : 'answerConfirmed']} parts={{ call: situation.call, release, sequence: <a href={evidenceLink(file, sequence, op)}>{sequence}</a>, op, more }} />
      {said.map((each) => <Fragment key={each}> <Rich text={each} /></Fragment>)}
    </p>
  )
}

const RAN = { instead: { so: SENTENCES.ranInstead, by: SENTENCES.ranInsteadBy }, besides: { so: SENTENCES.ranBesides, by: SENTENCES.ranBesidesBy } } as const
const functions = (names: readonly string[]): string => listed(names.map((fn) => `\`${fn}\``))
