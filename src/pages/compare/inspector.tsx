/** One object from close: its fields in every bench, who holds it, what it holds, and the steps that touched it. */
import type { Shown } from '../../app/frames.ts'
import { equal } from '../../app/frames.ts'
import { captionOf, castOf, nameOf } from '../../journal/say.ts'
import { event, goTo, touches } from '../../app/playhead.ts'
import { benchName, callOf } from '../../app/names.ts'
import { patch, useStore } from '../../app/store.ts'
import type { AnyRecord, Snapshot } from '../../journal/snapshot.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { Closer, hasCloser } from '../../stage/hardware/closer.tsx'
import { DriversOf } from './drivers.tsx'
import { About } from './about.tsx'
import { CallSwitch, lineTitle } from './call-switch.tsx'
import { Panel } from './panel.tsx'
import { Rich } from './rich.tsx'
import { WhyObject, WhyStep } from './why.tsx'

interface Ref { from: string; slot: string; to: string; counter: string; lost: boolean }

/** Of the panel, without its padding. */
const CLOSER_WIDTH = 424

export default function Inspector({ shown }: { shown: readonly (Shown | null)[] }) {
  const id = useStore((now) => now.selected)
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const says = useStore((now) => now.catalog?.says)
  const close = (): void => patch({ inspecting: false })
  if (id === null) return <Panel title="Why is it so?" label="Inspector" close={close}><div className="inspector"><WhyStep shown={shown} /><About /></div></Panel>

  const call = callOf(id)
  const isMemory = id.startsWith('line:') || id.startsWith('page:')
  const isRecord = !isMemory && call === null
  const snapshots = shown.map((each) => each?.after ?? null)
  const named = [...snapshots.filter((each) => each !== null), ...shown.flatMap((each) => (each ? [castOf(each.journal)] : []))]
  const records = snapshots.map((snapshot) => snapshot?.records.get(id as Id))
  const fields = [...new Set(records.flatMap((record) => Object.keys(record ?? {})))]
  const history = rows.flatMap((row, i) => {
    const bench = row.seqs.findIndex((seq, b) => seq !== null && benches[b]?.run && touches(benches[b].run.journal.steps[seq]!, id))
    return bench < 0 ? [] : [{ at: i + 1, bench, seq: row.seqs[bench]! }]
  })
  return (
    <Panel title={call === null ? nameOf(id, named) : lineTitle(call)} label="Inspector" close={close}>
      <div className="inspector">
        {call === null ? <p className="fine"><code>{id}</code>{records.every((record) => !record) && isRecord && ', not there at this step'}</p> : <CallSwitch call={call} />}
        {shown.map((each, bench) => (
          <section key={bench}>
            {each && hasCloser({ ...each, header: each.journal.header }, id) && (
              <>
                <h3>{benchName(benches[bench]!.recipe)}: {isMemory ? 'who sees which bytes' : 'the way to its pages'}</h3>
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
                    <th scope="row"><code>{field}</code></th>
                    {records.map((record, i) => <td key={i}>{record ? <Value value={record[field]} named={named} /> : <em>gone</em>}</td>)}
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
              <h3>{benchName(bench.recipe)}: held by</h3>
              <Refs refs={refs.filter((ref) => ref.to === id)} end="from" named={named} />
              <h3>{benchName(bench.recipe)}: holds</h3>
              <Refs refs={refs.filter((ref) => ref.from === id)} end="to" named={named} />
            </section>
          )
        })}
        <h3>{call === null ? 'Steps that touched it' : 'Its steps'}</h3>
        <p className="row">
          <button className="button" onClick={() => event(-1)} title="Event before (,)">Event before</button>
          <button className="button" onClick={() => event(1)} title="Next event (.)">Next event</button>
        </p>
        <ol className="history">
          {history.map((entry) => (
            <li key={entry.at} aria-current={entry.at === at ? 'step' : undefined}>
              <button onClick={() => goTo(entry.at)}><b>{entry.at}</b><span><Rich text={captionOf(benches[entry.bench]!.run!.journal.steps[entry.seq]!, says ?? {}, benches[entry.bench]!.run!.journal)} /></span></button>
            </li>
          ))}
        </ol>
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
          <button className="link" onClick={() => patch({ selected: ref[end] })}>{nameOf(ref[end], named)}</button> <code>{ref.slot}</code>
          {ref.lost ? ' (lost: nobody can put it)' : ref.counter ? ` (counted in ${ref.counter})` : ' (not counted)'}
        </li>
      ))}
    </ul>
  )
}

function Value({ value, named }: { value: unknown; named: readonly Snapshot[] }) {
  if (typeof value === 'string' && /^[a-z_]+:\S+$/.test(value)) return <button className="link" onClick={() => patch({ selected: value })}>{nameOf(value, named)}</button>
  if (value === null || value === undefined) return <em>none</em>
  if (Array.isArray(value) && value.length === 0) return <em>empty</em>
  return <code>{typeof value === 'object' ? short(value as AnyRecord) : String(value)}</code>
}

function short(value: unknown): string {
  const text = JSON.stringify(value).replace(/"/g, '').replace(/,/g, ', ').replace(/:(?=\S)/g, ': ')
  return text.length > 160 ? `${text.slice(0, 157)}…` : text
}
