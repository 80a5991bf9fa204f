/** All runs of a bench: how far the search is, every way in which it can end, and the shortest run to each. */
import { useEffect } from 'react'
import { explore, giveUp, show, stop, useSearch } from '../../app/explore.ts'
import { benchName } from '../../app/names.ts'
import { patch, useStore, VERDICT_TONES } from '../../app/store.ts'
import type { Ending, Explored } from '../../journal/explored.ts'
import './explore.css'
import { Panel } from './panel.tsx'

const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

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
            <button key={bench} className="button strong" aria-disabled={phase === 'searching'} onClick={() => phase !== 'searching' && explore(recipe)}>Explore {names[bench]}</button>
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
  const how = phase === 'searching' ? 'is being explored' : explored?.whole ? 'is explored: every state was seen' : phase === 'over' ? 'was explored in part: what follows is what was seen before the search stopped' : 'was not explored'
  return (
    <div role="status" aria-busy={phase === 'searching'}>
      <p><b>{recipe && benchName(recipe)}</b> {how}.</p>
      <p className="fine">{count(states, 'state')}, {count(transitions, 'move')}, up to {count(deepest, 'step')} deep, {count(outcomes, 'outcome')}{rate > 0 && `; ${rate.toLocaleString('en')} states in a second`}.</p>
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
            <p className="fine">{count(list.length, 'way', 'ways')} to see it so; the shortest run has {count(list[0]!.moves, 'step')}.</p>
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
      {untold > 0 && <p className="fine">{count(untold, 'more outcome')} {untold === 1 ? 'is' : 'are'} not listed here.</p>}
      <p className="fine">Two lines of each buffer move by themselves; lines of page tables and entries of a TLB do not. The verdict is that of the shortest run.</p>
    </>
  )
}
