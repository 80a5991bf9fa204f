/** The text twin: every step as a sentence, real text that the browser's own search finds. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { goTo } from '../../app/playhead.ts'
import { alike } from '../../app/differences.ts'
import { framesAt, makeSeekers, type Shown } from '../../app/frames.ts'
import { namesBeside } from '../../app/names.ts'
import { patch, useStore } from '../../app/store.ts'
import { lines } from '../../app/lines.ts'
import { fill } from '../../base/fill.ts'
import { factsOf } from './facts.ts'
import { SENTENCES as FACTS } from './facts-sentences.ts'
import { Panel } from './panel.tsx'
import { LeavesOut } from './parts.tsx'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences-later.ts'

/** What more than two say alike stands once. */
const said = (texts: readonly (string | null)[]) => (texts.length > 2 ? alike(texts) : texts.map((text, i) => [text, [i]] as const))

export default function Transcript() {
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const benches = useStore((now) => now.benches)
  const says = useStore((now) => now.catalog?.says)
  const all = useMemo(() => lines(rows, benches, says ?? {}), [rows, benches, says])
  const recipes = benches.map(({ recipe }) => recipe)
  const names = namesBeside(recipes)
  const current = useRef<HTMLLIElement>(null)
  useEffect(() => void current.current?.scrollIntoView({ block: 'nearest' }), [at])
  return (
    <Panel title="The runs as text" label="The runs as text" close={() => patch({ panel: null })}>
      <LeavesOut />
      <ol className="transcript">
        {all.map((line) => {
          const same = line.texts.every((text) => text === line.texts[0])
          return (
            <li key={line.at} ref={line.at === at ? current : null} aria-current={line.at === at ? 'step' : undefined}>
              {line.call && <h3><span className="letter" data-process={line.process}>{line.process}</span><code>{line.call}</code></h3>}
              <button onClick={() => goTo(line.at)} aria-label={fill(SENTENCES.goTo, { at: line.at })}>{line.at}</button>
              <div>
                {same ? <p><Rich text={line.texts[0] ?? ''} /></p> : said(line.texts).map(([text, whose]) => (
                  <p key={whose[0]}>{whose.map((i) => <b className="tag" key={i}>{names[i]}</b>)} {text === null ? <em>does not do this</em> : <Rich text={text} />}</p>
                ))}
                <FactsAt at={line.at} now={line.at === at} names={names} />
              </div>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

/** What the picture shows of a step and no sentence says: open at the step shown, at others when it is asked for. */
function FactsAt({ at, now, names }: { at: number; now: boolean; names: readonly string[] }) {
  const [asked, ask] = useState(false)
  const open = now || asked
  return (
    <details className="facts" open={open} onToggle={(event) => { if (!now) ask(event.currentTarget.open) }}>
      <summary aria-label={fill(FACTS.ofStep, { at })}>what changed</summary>
      {open && <Facts at={at} names={names} />}
    </details>
  )
}

const NOTHING: ReturnType<typeof factsOf> = { changes: [], bytes: [] }
const factsOrNone = (shown: Shown | null): typeof NOTHING => (shown ? factsOf(shown) : NOTHING)

function Facts({ at, names }: { at: number; names: readonly string[] }) {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const all = useMemo(() => framesAt({ benches, rows, at }, makeSeekers).map(factsOrNone), [benches, rows, at])
  const parts = all.flatMap(({ changes, bytes }, bench) => [[FACTS.changed, changes, bench], [FACTS.bytes, bytes, bench]] as const).filter(([, facts]) => facts.length > 0)
  if (parts.length === 0) return <p className="fine">nothing that a picture shows</p>
  return parts.map(([title, facts, bench]) => (
    <section key={`${bench} ${title}`}>
      <h4>{fill(title, { bench: names[bench] ?? '' })}</h4>
      <ul>{facts.map((fact) => <li key={fact}>{fact}</li>)}</ul>
    </section>
  ))
}
