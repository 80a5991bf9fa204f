/** One object from close: its fields in every bench, who holds it, what it holds, and the steps that touched it. */
import { useMemo } from 'react'
import type { Shown } from '../../app/frames.ts'
import { equal } from '../../app/frames.ts'
import { castOf, nameOf } from '../../journal/say.ts'
import { goToTouch, historyOf, lastChange, rowOf, type Touch } from '../../app/history.ts'
import { event } from '../../app/playhead.ts'
import { benchName, callOf } from '../../app/names.ts'
import { patch, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import type { AnyRecord, Snapshot } from '../../journal/snapshot.ts'
import { kindOf, type Id } from '../../journal/vocabulary.ts'
import { kernelName, shortValue } from '../../stage/near/fields.ts'
import { Closer, hasCloser } from '../../stage/hardware/closer.tsx'
import { DriversOf } from './drivers.tsx'
import { About } from './about.tsx'
import { CallSwitch, lineTitle } from './call-switch.tsx'
import { History } from './history.tsx'
import { Panel } from './panel.tsx'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences-later.ts'
import { WhyObject, WhyStep } from './why.tsx'

interface Ref { from: string; slot: string; to: string; counter: string; lost: boolean }

/** Of the panel, without its padding. */
const CLOSER_WIDTH = 424

export default function Inspector({ shown }: { shown: readonly (Shown | null)[] }) {
  const id = useStore((now) => now.selected)
  const benches = useStore((now) => now.benches)
  const stops = useStore((now) => now.catalog?.stops)
  const history = useMemo(() => (id === null ? [] : historyOf(id, benches, stops ?? [])), [id, benches, stops])
  const close = (): void => patch({ inspecting: false })
  if (id === null) return <Panel title="Why is it so?" label="Inspector" close={close}><div className="inspector"><WhyStep shown={shown} /><About /></div></Panel>

  const call = callOf(id)
  const isMemory = id.startsWith('line:') || id.startsWith('page:')
  const isRecord = !isMemory && call === null
  const snapshots = shown.map((each) => each?.after ?? null)
  const named = [...snapshots.filter((each) => each !== null), ...shown.flatMap((each) => (each ? [castOf(each.journal)] : []))]
  const records = snapshots.map((snapshot) => snapshot?.records.get(id as Id))
  const fields = [...new Set(records.flatMap((record) => Object.keys(record ?? {})))]
  return (
    <Panel title={call === null ? nameOf(id, named) : lineTitle(call)} label="Inspector" close={close}>
      <div className="inspector">
        {call === null ? <p className="fine">{records.every((record) => !record) && isRecord ? <Rich text={SENTENCES.notThere} parts={{ id }} /> : <code>{id}</code>}</p> : <CallSwitch call={call} />}
        {shown.map((each, bench) => (
          <section key={bench}>
            {each && hasCloser({ ...each, header: each.journal.header }, id) && (
              <>
                <h3>{fill(isMemory ? SENTENCES.whoSees : SENTENCES.wayToPages, { bench: benchName(benches[bench]!.recipe) })}</h3>
                <Closer frame={{ ...each, header: each.journal.header }} id={id} width={CLOSER_WIDTH} />
              </>
            )}
            <WhyObject id={id} bench={bench} shown={each} />
          </section>
        ))}
        <DriversOf id={id} shown={shown} />
        {fields.length > 0 && (
          <table>
            <thead><tr><th scope="col">field</th>{benches.map((bench, i) => <th scope="col" key={i}>{benchName(bench.recipe)}</th>)}</tr></thead>
            <tbody>
              {fields.map((field) => {
                const values = records.map((record) => record?.[field])
                return (
                  <tr key={field} data-differs={!values.every((value) => equal(value, values[0]))}>
                    <th scope="row"><code title={field}>{kernelName(kindOf(id as Id), field)}</code></th>
                    {records.map((record, i) => <td key={i}>{record ? <Value field={field} value={record[field]} named={named} firstPfn={shown[i]!.journal.header.firstPfn} /> : <em>gone</em>}{record && <Since touch={lastChange(history, i, seqOf(shown[i]!), field)} field={field} />}</td>)}
                  </tr>
                )
              })}
            </tbody>
          </table>
        )}
        {isRecord && benches.map((bench, i) => {
          const snapshot = snapshots[i]
          if (!snapshot) return null
          const refs = [...snapshot.records].flatMap(([key, record]) => (key.startsWith('ref:') ? [record as unknown as Ref] : []))
          return (
            <section key={i}>
              <h3>{fill(SENTENCES.heldBy, { bench: benchName(bench.recipe) })}</h3>
              <Refs refs={refs.filter((ref) => ref.to === id)} end="from" named={named} />
              <h3>{fill(SENTENCES.holds, { bench: benchName(bench.recipe) })}</h3>
              <Refs refs={refs.filter((ref) => ref.from === id)} end="to" named={named} />
            </section>
          )
        })}
        <h3>{call === null ? 'Steps that touched it' : 'Its steps'}</h3>
        <p className="row">
          <button className="button" onClick={() => event(-1)} title="Event before (,)">Event before</button>
          <button className="button" onClick={() => event(1)} title="Next event (.)">Next event</button>
        </p>
        <History history={history} kind={kindOf(id as Id)} />
      </div>
    </Panel>
  )
}

function Refs({ refs, end, named }: { refs: readonly Ref[]; end: 'from' | 'to'; named: readonly Snapshot[] }) {
  if (refs.length === 0) return <p className="fine">nothing</p>
  return (
    <ul>
      {refs.map((ref) => (
        <li key={ref.from + ref.slot + ref.to} data-lost={ref.lost}>
          <Rich
            text={ref.lost ? SENTENCES.refLost : ref.counter ? SENTENCES.refCounted : SENTENCES.refUncounted}
            parts={{ object: <button className="link" onClick={() => patch({ selected: ref[end] })}>{nameOf(ref[end], named)}</button>, slot: ref.slot, counter: kernelName(kindOf(ref.to as Id), ref.counter) }}
          />
        </li>
      ))}
    </ul>
  )
}

/** The last step of the bench so far; a step that it does not do is not its own. */
const seqOf = ({ step, journal }: Shown): number => step?.seq ?? journal.header.start - 1

/** Who changed this, and when? */
function Since({ touch, field }: { touch: Touch | null; field: string }) {
  if (!touch) return null
  const { at, exact } = rowOf(touch)
  return <button className="since" onClick={() => goToTouch(touch)} aria-label={fill(SENTENCES.setBy, { field, at })} title={fill(exact ? SENTENCES.setByGo : SENTENCES.setWithinGo, { at })}>{at}</button>
}

function Value({ field, value, named, firstPfn }: { field: string; value: unknown; named: readonly Snapshot[]; firstPfn: number }) {
  if (typeof value === 'string' && /^[a-z_]+:\S+$/.test(value)) return <button className="link" onClick={() => patch({ selected: value })}>{nameOf(value, named)}</button>
  if (value === null || value === undefined) return <em>none</em>
  if (Array.isArray(value) && value.length === 0) return <em>empty</em>
  return <code>{typeof value === 'object' ? short(value as AnyRecord) : shortValue(field, value, firstPfn)}</code>
}

function short(value: unknown): string {
  const text = JSON.stringify(value).replace(/"/g, '').replace(/,/g, ', ').replace(/:(?=\S)/g, ': ')
  return text.length > 160 ? `${text.slice(0, 157)}…` : text
}
