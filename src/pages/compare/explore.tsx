/** All runs of a bench: how far the search is, every way in which it can end, and the shortest run to each. */
import { useEffect } from 'react'
import { explore, giveUp, show, stop, useSearch } from '../../app/explore.ts'
import { benchName } from '../../app/names.ts'
import { patch, useStore, VERDICT_TONES } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import type { Ending, Explored } from '../../journal/explored.ts'
import './explore.css'
import { Panel } from './panel.tsx'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences-later.ts'

const number = (n: number): string => n.toLocaleString('en')

export default function Explore() {
  const benches = useStore((now) => now.benches)
  const phase = useSearch((now) => now.phase)
  const explored = useSearch((now) => now.explored)
  const problem = useSearch((now) => now.problem)
  useEffect(() => giveUp, [])
  const names = benches.map(({ recipe }) => benchName(recipe))
  return (
    <Panel title="All runs" label="Explore" close={() => patch({ panel: null })}>
      <div className="explore">
        <p>Every order in which the processes, the GPU and the display can go on, and everything that hardware may do by itself on a buffer of two cache lines: in how many ways can the story end?</p>
        <p className="row">
          {benches.map(({ recipe }, bench) => (names.indexOf(names[bench]!) === bench && recipe.mode !== 'explore' ? (
            <button key={bench} className="button strong" aria-disabled={phase === 'searching'} onClick={() => phase !== 'searching' && explore(recipe)}>{fill(SENTENCES.explore, { name: names[bench]! })}</button>
          ) : null))}
          {phase === 'searching' && <button className="button" onClick={stop}>Stop</button>}
        </p>
        {phase !== 'idle' && <Progress />}
        {problem && <p className="problem" role="alert">{problem}</p>}
        {explored && <Endings explored={explored} />}
      </div>
    </Panel>
  )
}

function Progress() {
  const { phase, recipe, progress: { states, transitions, deepest, outcomes }, seconds, explored } = useSearch()
  const rate = seconds > 0 ? Math.round(states / seconds) : 0
  const how = phase === 'searching' ? SENTENCES.exploring : explored?.whole ? SENTENCES.explored : phase === 'over' ? SENTENCES.exploredPart : SENTENCES.notExplored
  const counts = { states: number(states), moves: number(transitions), steps: number(deepest), outcomes: number(outcomes), rate: number(rate) }
  return (
    <div role="status" aria-busy={phase === 'searching'}>
      <p><Rich text={how} parts={{ bench: <b>{recipe && benchName(recipe)}</b> }} /></p>
      <p className="fine">{fill(rate > 0 ? SENTENCES.searchedFast : SENTENCES.searched, counts)}</p>
    </div>
  )
}

interface Verdicts { readonly glyph: Ending['verdict']['glyph']; readonly text: string; readonly endings: readonly Ending[] }

function byVerdict(endings: readonly Ending[]): Verdicts[] {
  const found = new Map<string, Ending[]>()
  for (const ending of endings) {
    const key = `${ending.verdict.glyph} ${ending.verdict.text}`
    found.set(key, [...(found.get(key) ?? []), ending])
  }
  return [...found.values()].map((list) => ({ glyph: list[0]!.verdict.glyph, text: list[0]!.verdict.text, endings: list }))
}

function Endings({ explored: { endings, untold } }: { explored: Explored }) {
  return (
    <>
      <ul className="endings">
        {byVerdict(endings).map(({ glyph, text, endings: list }) => (
          <li key={glyph + text}>
            <h3 className="verdict" data-tone={VERDICT_TONES[glyph]}><span aria-hidden>{glyph} </span>{text}</h3>
            <p className="fine">{fill(SENTENCES.ways, { count: number(list.length), steps: number(list[0]!.moves) })}</p>
            <button className="button" onClick={() => show(list[0]!)}>Open the shortest run</button>
            {list.length > 1 && (
              <details>
                <summary>What was seen, in each</summary>
                <ol>{list.map((ending) => <li key={ending.seen}><button className="link" onClick={() => show(ending)}>{ending.seen}</button></li>)}</ol>
              </details>
            )}
          </li>
        ))}
      </ul>
      {untold > 0 && <p className="fine">{fill(SENTENCES.untold, { count: number(untold) })}</p>}
      <p className="fine">Two lines of each buffer move by themselves; lines of page tables and entries of a TLB do not. The verdict is that of the shortest run.</p>
    </>
  )
}
