/** The program that runs, as text to change. A change runs at once, in every bench. */
import { useEffect, useRef, useState } from 'react'
import { choose, fitsLink, redo, undo } from '../../app/open.ts'
import { patch, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { Panel } from './panel.tsx'
import { SENTENCES } from './sentences-later.ts'

const PAUSE_MS = 450

export default function Program() {
  const benches = useStore((now) => now.benches)
  const canUndo = useStore((now) => now.edits.length > 0)
  const canRedo = useStore((now) => now.undone.length > 0)
  const edited = benches[0]!.recipe.program
  const own = useStore((now) => now.benches[0]!.run?.journal.header.program)
  const [text, setText] = useState(edited ?? own ?? '')
  const area = useRef<HTMLTextAreaElement>(null)
  const problems = [...new Map(benches.flatMap((bench) => [...(bench.problem ? [bench.problem] : []), ...(bench.run?.problems ?? [])]).map((each) => [JSON.stringify(each), each])).values()]
  // Undo, the back button or another scenario change the program from outside.
  const outside = edited ?? own ?? ''
  const [seen, setSeen] = useState(outside)
  if (outside !== seen) {
    setSeen(outside)
    setText(outside)
  }
  useEffect(() => {
    if (text === outside) return
    const timer = setTimeout(() => {
      setSeen(text)
      choose(benches.map(({ recipe }) => ({ ...recipe, program: text })), true)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, outside, benches])

  const goToProblem = (line: number, column: number): void => {
    const start = text.split('\n').slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1
    area.current?.focus()
    area.current?.setSelectionRange(start, start + 1)
  }
  return (
    <Panel title="Program" label="Program" close={() => patch({ panel: null })}>
      <div className="program">
        <label htmlFor="program-text">One call per line. A change runs at once, in every bench.</label>
        <textarea id="program-text" ref={area} autoFocus className="field mono" spellCheck={false} autoCapitalize="off" autoCorrect="off" wrap="off" value={text} onChange={(event) => setText(event.target.value)} aria-describedby="program-problems" />
        <div id="program-problems" role="status">
          {problems.length === 0 && <p className="fine">{benches.some((bench) => bench.busy) ? 'Running…' : edited === undefined ? 'This is the text of the scenario as it is.' : fitsLink(benches[0]!.recipe) ? 'Runs as it stands, and is part of the link.' : 'Runs as it stands. Too much of it is changed for a link: keep a copy of it.'}</p>}
          {problems.length > 0 && <ul>{problems.map((problem) => (
            <li key={problem.message + problem.line} className="problem">
              {problem.line !== undefined && <button className="button" onClick={() => goToProblem(problem.line!, problem.column ?? 1)}>{fill(SENTENCES.place, { line: problem.line, column: problem.column ?? 1 })}</button>}
              <p><b>{problem.message}</b> {problem.remedy}</p>
            </li>
          ))}</ul>}
        </div>
        <p className="row">
          <button className="button" onClick={undo} disabled={!canUndo}>Undo</button>
          <button className="button" onClick={redo} disabled={!canRedo}>Redo</button>
        </p>
        <button className="button" disabled={edited === undefined} onClick={() => choose(benches.map(({ recipe }) => ({ ...recipe, program: undefined })))}>Back to the scenario's own text</button>
      </div>
    </Panel>
  )
}
