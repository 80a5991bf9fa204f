/** Why a line of memory or a translation is as it is: worked out from the journal, with the steps it names as links. */
import { fill } from '../../base/fill.ts'
import { goTo } from '../../app/playhead.ts'
import type { Shown } from '../../app/frames.ts'
import { lineOf } from '../../app/skip.ts'
import { rowAfter, useStore } from '../../app/store.ts'
import { listed } from '../../base/listed.ts'
import type { Journal } from '../../journal/run.ts'
import { captionOf } from '../../journal/say.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { callAt, whyLine, type Cause, type Pending } from '../../journal/why-line.ts'
import { walkerTables, type Walker } from '../../journal/tables.ts'
import { whyEntry, wentAstray, type WhyEntry } from '../../journal/why-entry.ts'
import { lineOfId } from '../../stage/hardware/view.ts'
import { subjectsOf } from '../../stage/hardware/walk-subjects.ts'
import { addressText, nameOf } from '../../stage/hardware/walks.ts'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences-later.ts'
import { ENTRY, ENTRY_FINE, holderText, LINE, NEEDS, READERS } from './why-words.ts'

interface Of { readonly bench: number; readonly journal: Journal }

/** A step of a run, as a link to the first stop that shows it. */
function ToStep({ bench, journal, seq }: Of & { seq: number }) {
  const rows = useStore((now) => now.rows)
  const says = useStore((now) => now.catalog?.says)
  const at = rowAfter(rows, bench, seq)
  return (
    <p className="to-step">
      <button className="link" onClick={() => goTo(at)}>{fill(SENTENCES.step, { at })}</button> <Rich text={captionOf(journal.steps[seq]!, says ?? {}, journal)} />
    </p>
  )
}

const callText = (bench: number, key: string): string => lineOf(bench, key)?.text ?? key
const whereText = (bench: number, key: string): string => lineOf(bench, key)?.where ?? key

function WhyLine({ bench, shown, line }: { bench: number; shown: Shown; line: number }) {
  const { journal, seq } = placeOf(shown)
  const why = whyLine(journal, line, seq)
  if (why.wrote === null && why.old.length === 0) return <p className="fine">{LINE.untouched}</p>
  const call = why.wrote === null ? '' : callAt(journal, why.wrote)
  const dirty = why.old.some(({ holder, dirty }) => holder === 'cpu' && dirty)
  const holders = [...new Set([...why.old.map(({ newest }) => newest), ...why.right])].filter((each) => each !== null)
  return (
    <>
      {why.wrote !== null && <p><Rich text={fill(LINE.wrote, { call: callText(bench, call), where: whereText(bench, call), holders: holders.length === 0 ? holderText(null) : listed(holders.map(holderText)) })} /></p>}
      {why.wrote !== null && <ToStep bench={bench} journal={journal} seq={why.wrote} />}
      {why.causes.length === 0 && why.lost === null && <p className="why-fine"><Rich text={LINE.fine} /></p>}
      {why.causes.map((cause) => <CauseOf key={cause.reader} bench={bench} journal={journal} cause={cause} seq={seq} />)}
      {why.pending.map((pending) => <PendingOf key={pending.reader} bench={bench} journal={journal} pending={pending} />)}
      {dirty && <p><Rich text={LINE.conflict} /></p>}
      {why.lost !== null && <><p><Rich text={LINE.lost} /></p><ToStep bench={bench} journal={journal} seq={why.lost} /></>}
    </>
  )
}

function CauseOf({ bench, journal, cause, seq }: Of & { cause: Cause; seq: number }) {
  const fields = { reader: READERS[cause.reader], holder: holderText(cause.newest), after: callText(bench, cause.after), before: cause.before === null ? '' : callText(bench, cause.before) }
  const happened = cause.read !== null && cause.read <= seq
  return (
    <div className="cause">
      <p><Rich text={fill(happened ? LINE.read : LINE.willRead, fields)} /></p>
      {cause.read !== null && <ToStep bench={bench} journal={journal} seq={cause.read} />}
      {cause.needs.map((need) => <p key={need}><Rich text={`${fill(LINE.missing, { what: NEEDS[need].what })} ${fill(LINE.how, { how: NEEDS[need].how })}`} /></p>)}
      <p><Rich text={fill(cause.before === null ? LINE.behind : LINE.between, fields)} /></p>
      {cause.vain.length > 0 && <p>{LINE.vain}</p>}
      {cause.vain.map((each) => <ToStep key={each} bench={bench} journal={journal} seq={each} />)}
      {cause.leftOut.length > 0 && <p>{LINE.leftOut}</p>}
      {cause.leftOut.map((each) => <ToStep key={each} bench={bench} journal={journal} seq={each} />)}
      {cause.early !== null && <><p>{LINE.early}</p><ToStep bench={bench} journal={journal} seq={cause.early} /></>}
    </div>
  )
}

function PendingOf({ bench, journal, pending: { reader, newest, comes } }: Of & { pending: Pending }) {
  const fields = { reader: READERS[reader], holder: holderText(newest) }
  return comes === null ? <p className="fine"><Rich text={fill(LINE.never, fields)} /></p> : <><p><Rich text={fill(LINE.comes, fields)} /></p><ToStep bench={bench} journal={journal} seq={comes} /></>
}

const placeOf = ({ journal, step }: Shown): { journal: Journal; seq: number } => ({ journal, seq: step?.seq ?? journal.header.start - 1 })

/** For everything that has walks: an area, a buffer, a process, an MMU. */
function WhyEntries({ bench, shown, id }: { bench: number; shown: Shown; id: string }) {
  const { journal, seq } = placeOf(shown)
  const subjects = subjectsOf(shown, id as Id)
  return subjects.map((walker) => {
    const format = walkerTables(journal.header, shown.after, walker)?.format.id ?? ''
    const now = whyEntry(journal, walker, seq)
    const found = [...now, ...wentAstray(journal, walker, seq).filter((each) => !now.some(({ changed }) => changed === each.changed))]
    return (
      <section key={`${walker.who} ${walker.owner} ${walker.addr}`}>
        <h4>{nameOf(walker.who)} <code>{addressText(walker.addr)}</code></h4>
        {found.length === 0 ? <p className="why-fine"><Rich text={ENTRY_FINE} /></p> : found.map((why, i) => <EntryOf key={i} bench={bench} journal={journal} who={walker.who} format={format} why={why} />)}
      </section>
    )
  })
}

function EntryOf({ bench, journal, who, format, why: { fault, changed, mended, used } }: Of & { who: Walker['who']; format: string; why: WhyEntry }) {
  const words = ENTRY[fault]
  const missing = words.missing[format] ?? words.missing[who] ?? ''
  return (
    <div className="cause">
      <p><Rich text={words.old} /></p>
      <ToStep bench={bench} journal={journal} seq={changed} />
      {used !== null && <><p><Rich text={words.used} /></p><ToStep bench={bench} journal={journal} seq={used} /></>}
      {mended !== null && used === null && <><p><Rich text={words.mends} /></p><ToStep bench={bench} journal={journal} seq={mended} /></>}
      {(mended === null || used !== null) && <p><Rich text={`${mended === null ? `${words.never} ` : ''}${missing}`} /></p>}
    </div>
  )
}

/** What is asked about: a line by its id; anything else by its walks. */
export function WhyMemory({ id, bench, shown }: { id: string; bench: number; shown: Shown }) {
  const line = lineOfId(id)
  return line !== null ? <WhyLine bench={bench} shown={shown} line={line} /> : <WhyEntries bench={bench} shown={shown} id={id} />
}
