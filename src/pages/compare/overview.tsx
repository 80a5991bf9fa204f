/** The whole run from afar: a small stage of every bench at each moment that its program names, and the steps between. A click goes there. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { lines } from '../../app/lines.ts'
import { benchName } from '../../app/names.ts'
import { goTo } from '../../app/playhead.ts'
import { refuses, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { plainText } from '../../journal/say.ts'
import type { Far } from '../../stage/far/far.ts'
import { FarStage } from '../../stage/far/far.tsx'
import { BEST } from '../../stage/floors.ts'
import type { Places } from '../../stage/places.ts'
import { Looking, stillsOf, type Still } from './stills.ts'
import { SENTENCES } from './sentences-later.ts'
import { hueOfProcess } from './timeline.tsx'
import './overview.css'

/** Of a small stage in CSS pixels, or somewhat more: they fill the page. */
const WIDTH = { alone: 300, beside: 226 } as const
/** Of more steps than these only the stills are shown. */
const MOST_STEPS = 1500

/** `main`: the page has no other main part meanwhile. */
export default function Overview({ visible, places, main, gone }: { visible: readonly number[]; places: Places; main: boolean; gone?: () => void }) {
  const Part = main ? 'main' : 'section'
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const marks = useStore((now) => now.marks)
  const at = useStore((now) => now.at)
  const says = useStore((now) => now.catalog?.says)
  const text = useMemo(() => (rows.length > MOST_STEPS ? null : lines(rows, benches, says ?? {})), [rows, benches, says])
  const calls = useMemo(() => new Map(benches.flatMap(({ run }) => run?.journal.header.listing.flatMap((each) => each.lines.map((line) => [line.key, line.text.trim()] as const)) ?? [])), [benches])
  const stills = useMemo(() => stillsOf(rows, marks, (row) => calls.get(row.key) ?? row.process), [rows, marks, calls])
  const drawn = useDrawn(stills, places)
  const here = stills.findIndex((still) => still.at >= at)
  const current = useRef<HTMLLIElement>(null)
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' })
  }, [here, stills])
  // What had the focus lies behind.
  useEffect(() => current.current?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true }), [])
  const go = (step: number): void => {
    goTo(step)
    gone?.()
  }
  const width = visible.length > 1 ? WIDTH.beside : WIDTH.alone
  return (
    <Part className="from-afar" aria-label="Overview: the whole run">
      <header><h2>The whole run, from afar</h2><p className="fine">A click goes to that moment.</p><button className="button" onClick={gone} title="Back to the stage (O)">Back to the stage</button></header>
      <ol data-count={visible.length}>
        {stills.map((still, i) => (
          <li key={still.at} ref={i === here ? current : null} data-parts={still.parts} aria-current={i === here ? 'step' : undefined}>
            <button className="moment" onClick={() => go(still.at)}>
              <span className="title"><b>{still.at}</b><span className="clip">{still.title}</span></span>
              <span className="stages">
                {visible.map((bench) => {
                  const far = drawn[i]?.[bench]
                  const name = benchName(benches[bench]!.recipe)
                  return (
                    <span key={bench}>
                      {far ? <FarStage far={far} width={width} name={fill(SENTENCES.then, { name })} /> : <span className="wait" style={{ aspectRatio: BEST.w / BEST.h }} />}
                      <span className="fine">{name}</span>
                    </span>
                  )
                })}
              </span>
            </button>
            {text && (
              <div className="steps" role="group" aria-label={fill(SENTENCES.stepsUpTo, still)}>
                {text.slice(still.since, still.at).map((line) => (
                  <button
                    key={line.at} data-hue={hueOfProcess(line.process)} data-passed={line.at <= at} aria-current={line.at === at ? 'step' : undefined} onClick={() => go(line.at)}
                    data-bad={rows[line.at - 1]!.seqs.some((seq, bench) => seq !== null && visible.includes(bench) && refuses(benches[bench]!.run!.journal.steps[seq]!))}
                    aria-label={fill(SENTENCES.stepSays, { at: line.at, text: plain(line.texts) })} title={`${line.at} ${plain(line.texts)}`}
                  />
                ))}
              </div>
            )}
          </li>
        ))}
      </ol>
    </Part>
  )
}

const plain = (texts: readonly (string | null)[]): string => plainText(texts.find((each) => each !== null) ?? '')

/** One still at a time, so that keys are answered between two. */
function useDrawn(stills: readonly Still[], places: Places): readonly (readonly (Far | null)[])[] {
  const benches = useStore((now) => now.benches)
  const rows = useStore((now) => now.rows)
  const says = useStore((now) => now.catalog?.says)
  const [drawn, setDrawn] = useState<readonly (readonly (Far | null)[])[]>([])
  useEffect(() => {
    const looking = new Looking(benches, rows, { places, says: says ?? {} })
    let timer: ReturnType<typeof setTimeout> | undefined
    const next = (so: readonly (readonly (Far | null)[])[]): void => {
      const still = stills[so.length]
      if (!still) return
      const more = [...so, looking.at(still.at)]
      setDrawn(more)
      timer = setTimeout(() => next(more))
    }
    timer = setTimeout(() => next([]))
    return () => clearTimeout(timer)
  }, [stills, benches, rows, places, says])
  return drawn
}
