/** The list of all chapters, and how much of each was read. */
import { Check } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { chapters, type Chapter } from '../../chapters/chapters.ts'
import { forgetMarks, markOf, useMarks } from '../../app/read-marks.ts'
import { fill } from '../../base/fill.ts'
import { SENTENCES } from './sentences.ts'

export function ChapterList({ number }: { number: number }) {
  const here = useRef<HTMLDetailsElement>(null)
  // The list is longer than a small screen.
  // Newer browsers answer a scroll with a promise, which an effect must not give.
  const show = (): void => void here.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  useEffect(show, [number])
  const hasMarks = useMarks(({ marks }) => Object.keys(marks).length > 0)
  // Its button goes with the marks.
  const forget = (): void => {
    forgetMarks()
    here.current?.querySelector('summary')?.focus()
  }
  return (
    <details ref={here} onToggle={show} open={!matchMedia('(max-width: 1200px)').matches}>
      <summary>{fill(SENTENCES.chapterOf, { number: String(number + 1), count: String(chapters.length) })}</summary>
      <ol>{chapters.map((each, i) => <li key={each.id}><a href={`#read=${each.id}`} aria-current={i === number ? 'page' : undefined}><span className="number">{i + 1}</span> <span className="name">{each.title}</span> <ReadMark chapter={each} /></a></li>)}</ol>
      {hasMarks && <p className="fine forget">{SENTENCES.forgetNote} <button className="link" onClick={forget}>{SENTENCES.forget}</button></p>}
    </details>
  )
}

/** Nothing for a chapter that nobody has opened. */
function ReadMark({ chapter: { id, beats } }: { chapter: Chapter }) {
  const { read, predicted } = useMarks(({ marks }) => markOf(marks, id))
  // A chapter may have become shorter since.
  const count = read.filter((each) => each < beats.length).length
  if (count === 0 && !predicted) return null
  const all = count === beats.length
  const words = { read: String(count), count: String(beats.length) }
  const long = all ? SENTENCES.readAll : fill(SENTENCES.readPartLong, words)
  return (
    <span className="read-mark" data-all={all && predicted !== null} title={predicted ? `${long}; ${SENTENCES.asked}` : long}>
      <span className="unseen">{long}</span>
      {all ? <Check aria-hidden /> : <span aria-hidden>{fill(SENTENCES.readPart, words)}</span>}
      {predicted && <><span className="unseen">{SENTENCES.asked}</span><span className="asked" aria-hidden>?</span></>}
    </span>
  )
}
