/** Predict, then press: the reader answers first, then the machine runs, and its answer counts. */
import { ArrowRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Question } from '../../chapters/chapter.ts'
import { markOf, markPredicted, useMarks } from '../../app/read-marks.ts'
import { show, tell } from '../../app/reading.ts'
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences.ts'
import { Words } from './words.tsx'

const NONE: ReadonlySet<string> = new Set()

export function Predict({ chapter, question }: { chapter: string; question: Question }) {
  // What was said in another hour is told; the machine is asked again.
  const [before] = useState(() => markOf(useMarks.getState().marks, chapter).predicted)
  const last = before && Object.hasOwn(question.choices, before.choice) ? before : null
  const [given, setGiven] = useState<string | null>(last?.choice ?? null)
  const [answer, setAnswer] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const press = (): void => {
    setBusy(true)
    tell(question.runs).then(
      (runs) => {
        const truth = question.answer(runs.map(({ journal, verdict, findings }) => ({ journal, verdict: verdict!, findings })))
        setAnswer(truth)
        if (given !== null) markPredicted(chapter, given, given === truth)
      },
      ({ message }: Error) => setProblem(fill(SENTENCES.noAnswer, { message })),
    ).finally(() => setBusy(false))
  }
  // The button that was pressed is gone: the focus goes to what comes after it.
  const next = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (answer !== null && document.activeElement === document.body) next.current?.focus({ preventScroll: true })
  }, [answer])
  const right = answer !== null && answer === given
  return (
    <section className="predict" aria-label={SENTENCES.predictLabel}>
      <fieldset>
        <legend><b>{SENTENCES.predict}</b> <Words text={question.ask} terms={NONE} /></legend>
        {Object.entries(question.choices).map(([name, text]) => (
          <label key={name} data-picked={given === name} data-true={answer === name}>
            <input type="radio" name="predicted" value={name} checked={given === name} disabled={answer !== null} onChange={() => setGiven(name)} />
            <span><Words text={text} terms={NONE} /></span>
            {answer === name && <span className="tag">{SENTENCES.truth}</span>}
          </label>
        ))}
      </fieldset>
      {answer === null && last && <p className="fine last"><Words text={fill(last.right ? SENTENCES.saidRight : SENTENCES.saidWrong, { choice: question.choices[last.choice]! })} terms={NONE} /></p>}
      {answer === null && <button className="button strong" aria-disabled={given === null || busy} onClick={() => { if (given !== null && !busy) press() }}>{busy ? SENTENCES.running : SENTENCES.press}</button>}
      <div role="status">
        {answer !== null && <p className="graded" data-right={right}><b>{right ? SENTENCES.right : SENTENCES.wrong}</b> <Words text={question.why} terms={NONE} /></p>}
        {problem && <p className="graded" data-right="false">{problem}</p>}
      </div>
      {answer !== null && <button className="button" ref={next} onClick={() => void show(question.runs)}>{SENTENCES.seeRun}<ArrowRight aria-hidden /></button>}
    </section>
  )
}
