/** Why is it so: for an object, the step that made it what it is; for a step, the functions that ran and what they changed. */
import { Fragment, type ReactNode } from 'react'
import type { Shown } from '../../app/frames.ts'
import { captionOf, castOf, nameOf, namesIn } from '../../journal/say.ts'
import { goTo, touches } from '../../app/playhead.ts'
import { benchName } from '../../app/names.ts'
import { patch, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import type { Row } from '../../journal/align.ts'
import { BOUNDARY, type Change, type Step } from '../../journal/step.ts'
import type { Snapshot } from '../../journal/snapshot.ts'
import { StepSwitch } from './call-switch.tsx'
import { DriversAt } from './drivers.tsx'
import { Facts } from './hazard-facts.tsx'
import { oddAt, seenAt } from './quirks.tsx'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences-later.ts'
import { useSays } from './shown.ts'
import { WhyMemory } from './why-memory.tsx'
import { Witnessed } from './witness.tsx'

/** The last step up to now that touched an object, in one bench. */
function lastTouch(rows: readonly Row[], at: number, bench: number, shown: Shown, id: string): { at: number; step: Step } | null {
  for (let i = at; i >= 1; i--) {
    const seq = rows[i - 1]!.seqs[bench]
    const step = seq === null || seq === undefined ? undefined : shown.journal.steps[seq]
    if (step && touches(step, id)) return { at: i, step }
  }
  return null
}

/** In one bench: what the rules say of memory and translations, and the last step that touched it. */
export function WhyObject({ id, bench, shown }: { id: string; bench: number; shown: Shown | null }) {
  const recipe = useStore((now) => now.benches[bench]!.recipe)
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const says = useSays()
  if (!shown) return null
  const last = lastTouch(rows, at, bench, shown, id)
  return (
    <section className="why-one">
      <h3>{fill(SENTENCES.whySo, { bench: benchName(recipe) })}</h3>
      <WhyMemory id={id} bench={bench} shown={shown} />
      {id.startsWith('line:') ? null : !last ? <p className="fine">No step up to here has touched it.</p> : (
        <>
          <p><Rich text={captionOf(last.step, says, shown.journal, shown.after)} /></p>
          <Chain stack={last.step.stack} />
          <Witnessed journal={shown.journal} step={last.step} />
          {last.at !== at && <button className="link" onClick={() => goTo(last.at)}>{fill(SENTENCES.goToStep, { at: last.at })}</button>}
        </>
      )}
    </section>
  )
}

export function WhyStep({ shown }: { shown: readonly (Shown | null)[] }) {
  const benches = useStore((now) => now.benches)
  const at = useStore((now) => now.at)
  const says = useSays()
  if (at === 0) return <p>Nothing has happened yet. Take a step, or click an object on the stage to see its fields, who holds it, and which steps touched it.</p>
  return <><StepSwitch />{shown.map((each, bench) => each && (
    <section key={bench} className="why-one">
      <h3>{fill(SENTENCES.benchStep, { bench: benchName(benches[bench]!.recipe), at })}</h3>
      {each.gap || !each.step ? <p className="fine">It does not do this.</p> : (
        <>
          <p><Rich text={captionOf(each.step, says, each.journal, each.after, each.before)} /></p>
          <SeenHere bench={bench} shown={each} />
          <OddHere bench={bench} shown={each} />
          <DriversAt shown={each} />
          <Chain stack={each.step.stack} />
          <Witnessed journal={each.journal} step={each.step} />
          <Changes step={each.step} shown={each} />
        </>
      )}
    </section>
  ))}</>
}

/** Hazards that were seen at this step: what was seen, what is missing, and what is known of it. */
function SeenHere({ bench, shown }: { bench: number; shown: Shown }) {
  const named = [shown.after, shown.before, castOf(shown.journal)]
  return seenAt(useStore((now) => now.benches[bench]), shown).map(({ hazard, known, title, text, objects, line, facts, seq }) => (
    <aside key={`${hazard} ${seq}`} className="odd" data-hazard={known}>
      <p><b>{known}: {title}.</b> {namesIn(text, named)}</p>
      <p className="fine"><Rich text={SENTENCES.concerned} parts={{ objects: <Objects ids={[...objects, ...(line === null ? [] : [`line:${line}`])]} named={named} /> }} /></p>
      <Facts facts={facts} />
    </aside>
  ))
}

/** Quirks that bite at this step: what is odd, and where that can be read. */
function OddHere({ bench, shown }: { bench: number; shown: Shown }) {
  const named = [shown.after, shown.before, castOf(shown.journal)]
  return oddAt(useStore((now) => now.benches[bench]), shown).map(({ quirk, title, text, source, objects }) => (
    <aside key={quirk} className="odd">
      <p><b>{fill(SENTENCES.quirk, { title })}</b> {text}</p>
      <p className="fine"><Rich text={SENTENCES.quirkSource} parts={{ fn: source.fn, file: source.file, version: source.version, objects: <Objects ids={objects} named={named} /> }} /></p>
    </aside>
  ))
}

const Objects = ({ ids, named }: { ids: readonly string[]; named: readonly Snapshot[] }) => ids.map((id, i) => <Fragment key={id}>{i > 0 && ', '}<ToObject id={id} named={named} /></Fragment>)
const ToObject = ({ id, named }: { id: string; named: readonly Snapshot[] }) => <button className="link" onClick={() => patch({ selected: id, inspecting: true })}>{nameOf(id, named)}</button>

/** The functions that were running, outermost first, with the line they crossed into the kernel. */
function Chain({ stack }: { stack: readonly string[] }) {
  if (stack.length === 0) return null
  return (
    <ol className="chain" aria-label="Call chain">
      {stack.map((fn, depth) => (fn === BOUNDARY ? <li key={depth} className="boundary"><span>system call</span></li> : <li key={depth} style={{ paddingLeft: `${Math.min(depth, 12) * 10}px` }}><code>{fn}()</code></li>))}
    </ol>
  )
}

function Changes({ step, shown }: { step: Step; shown: Shown }) {
  const named = [shown.after, shown.before, castOf(shown.journal)]
  const told = step.changes.filter(({ id }) => !/^(ref|prog|script):/.test(id))
  const words = step.words.reduce((sum, change) => sum + change.to.length, 0)
  if (told.length === 0 && words === 0) return <p className="fine">It changed nothing but where its program stands.</p>
  return (
    <ul className="changes" aria-label="What it changed">
      {told.map((change, i) => <li key={i}><ChangeOf change={change} object={<ToObject id={change.id} named={named} />} /></li>)}
      {words > 0 && <li><Rich text={fill(SENTENCES.words, { count: words, areas: [...new Set(step.words.map(({ area }) => area))].join(', ') })} /></li>}
    </ul>
  )
}

function ChangeOf({ change: { field, from, to }, object }: { change: Change; object: ReactNode }) {
  return field === null ? <Rich text={to === undefined ? SENTENCES.isGone : SENTENCES.isNew} parts={{ object }} /> : <>{object} {field}: {short(from)} → {short(to)}</>
}
function short(value: unknown): string {
  if (value === null || value === undefined) return 'none'
  const text = typeof value === 'string' ? value : JSON.stringify(value).replace(/"/g, '')
  return text.length > 48 ? `${text.slice(0, 46)}…` : text
}
