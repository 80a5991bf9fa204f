/** A switch on a call of a program: run without it, or with it again. */
import { benchName } from '../../app/names.ts'
import { callHere, lineOf, skipsOf, toggleSkip } from '../../app/skip.ts'
import { innerCalls, innerKey } from '../../journal/leave-out.ts'
import { answerOf, useStore } from '../../app/store.ts'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences-later.ts'

/** The line of a call as the title of a panel; its key where no program has it. */
export function lineTitle(call: string): string {
  for (let bench = 0; bench < useStore.getState().benches.length; bench++) {
    const line = lineOf(bench, call)
    if (line) return line.text
  }
  return call
}

export function CallSwitch({ call }: { call: string }) {
  const benches = useStore((now) => now.benches)
  return (
    <section className="call-switch">
      <p className="fine"><code>{call}</code>{', '}{lineOf(0, call)?.where ?? 'a line of its own'}</p>
      <ul>
        {benches.map(({ recipe, run }, bench) => {
          const out = skipsOf(recipe).includes(call)
          const answer = answerOf(run, call)
          return (
            <li key={bench}>
              <span><Rich text={out ? SENTENCES.goesOnWithout : answer === null ? SENTENCES.doesNotMake : SENTENCES.answers} parts={{ bench: <b className="tag">{benchName(recipe)}</b>, answer }} /></span>
              <button className="button" aria-pressed={out} onClick={() => toggleSkip(call, bench)} title="S">{out ? 'Make it again' : 'Run without it'}</button>
              {!out && run && innerCalls(run.journal, call).map((inner) => <Inner key={inner} call={call} inner={inner} bench={bench} />)}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** A system call that the library makes in this line. */
function Inner({ call, inner, bench }: { call: string; inner: string; bench: number }) {
  const key = innerKey(call, inner)
  const out = useStore((now) => skipsOf(now.benches[bench]!.recipe).includes(key))
  return (
    <span className="inner">
      <code>{inner}</code>
      <button className="button" aria-pressed={out} onClick={() => toggleSkip(key, bench)}>{out ? 'Make it again' : 'Run without it'}</button>
    </span>
  )
}

/** The same for the call of the step shown. */
export function StepSwitch() {
  const call = useStore((now) => callHere(now))
  return call === null ? null : <><h3>{lineTitle(call)}</h3><CallSwitch call={call} /></>
}
