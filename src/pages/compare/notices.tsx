/** What the reader should know and may put away. Nothing waits for it. */
import { X } from 'lucide-react'
import { benchName } from '../../app/names.ts'
import { restart } from '../../app/open.ts'
import { dismiss, useStore, type Bench } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences.ts'

type Wrong = NonNullable<Bench['problem']>
/** Each once: a mistake in the program stops every bench. `whose`: the benches that it stops, '' for all. */
function problemsOf(benches: readonly Bench[]): [Wrong, string][] {
  const found = new Map<string, [Wrong, string[]]>()
  benches.forEach(({ problem, recipe }, i) => {
    if (!problem) return
    const key = JSON.stringify(problem)
    const names = found.get(key)?.[1] ?? []
    found.set(key, [problem, [...names, benchName(recipe, fill(SENTENCES.benchNumber, { number: i + 1 }))]])
  })
  return [...found.values()].map(([problem, names]) => [problem, names.length === benches.length ? '' : names.join(', ')])
}

export function Notices() {
  const notices = useStore((now) => now.notices)
  const failure = useStore((now) => now.failure)
  const benches = useStore((now) => now.benches)
  return (
    <div className="notices">
      {failure !== null && (
        <div className="notice" data-tone="bad" role="alert">
          <p><Rich text={SENTENCES.stopped} parts={{ failure }} /></p>
          <button className="button" onClick={restart}>Start again</button>
        </div>
      )}
      {problemsOf(benches).map(([problem, whose], i) => (
        <div className="notice" data-tone="bad" role="alert" key={i}>
          <p><b>{whose && `${whose}: `}{problem.message}</b>{problem.line !== undefined && ` ${fill(SENTENCES.inLine, { line: problem.line, column: problem.column ?? 1 })}`} {problem.remedy}</p>
        </div>
      ))}
      <div role="status">
        {notices.map((notice) => (
          <div className="notice" data-tone={notice.tone} key={notice.id}>
            <p>{notice.text}</p>
            <button className="button square" onClick={() => dismiss(notice.id)} aria-label="Dismiss"><X aria-hidden /></button>
          </div>
        ))}
      </div>
    </div>
  )
}
