/** The reading page: a chapter's paragraphs beside the stage that they are about. `#read=who-may-write`. */
import { Check } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { chapters, type Chapter } from '../../chapters/chapters.ts'
import { flat, pieces } from '../../chapters/marks.ts'
import { useAddress } from '../../app/page.ts'
import { goTo } from '../../app/playhead.ts'
import { fragmentHere } from '../../app/open.ts'
import { placeIn } from '../../app/read-link.ts'
import { markOf, useMarks } from '../../app/read-marks.ts'
import { show } from '../../app/reading.ts'
import { useStore } from '../../app/store.ts'
import { useTitle } from '../../app/title.ts'
import { useArrival } from '../compare/arrival.ts'
import { Compare } from '../compare/compare.tsx'
import { Logo, ThemeMenu } from '../compare/header.tsx'
import { fill } from '../../base/fill.ts'
import { BenchTabs } from './bench-tabs.tsx'
import { ChapterList } from './chapter-list.tsx'
import { beatAt, useFollow, useRun, useSteps } from './follow.ts'
import { usePlace } from './place.ts'
import { Predict } from './predict.tsx'
import './read.css'
import { SENTENCES } from './sentences.ts'
import { Outside, Words } from './words.tsx'

const asked = (): string => placeIn(location.hash).chapter
/** Whether the address names a paragraph that no chapter of this length has. */
const isOdd = (count: number) => (): boolean => {
  const { paragraph } = placeIn(location.hash)
  return paragraph !== null && (paragraph < 0 || paragraph >= count)
}

export default function ReadPage() {
  const id = useAddress(asked)
  const number = Math.max(0, chapters.findIndex((each) => each.id === id))
  const chapter = chapters[number]!
  useEffect(() => show(chapter.recipes), [chapter])
  useTitle(fill(SENTENCES.pageTitle, { title: chapter.title }))
  return (
    <div className="read">
      <nav className="shelf" aria-label={SENTENCES.chapters}>
        <div className="shelf-top"><a href={fragmentHere()} aria-label={SENTENCES.mainPage}><Logo /></a><ThemeMenu /></div>
        <ChapterList number={number} key={chapter.id} />
      </nav>
      <Text key={chapter.id} chapter={chapter} number={number} unknown={id !== '' && chapter.id !== id ? id : null} />
      <aside className="beside" aria-label={SENTENCES.stage}><Compare top={<BenchTabs named={[chapter, chapter.breakIt]} />} /></aside>
    </div>
  )
}

/** For each text, the terms that have not stood in one before. */
function firstUses(texts: readonly string[]): readonly ReadonlySet<string>[] {
  const seen = new Set<string>()
  return texts.map((text) => {
    const here = new Set(flat(pieces(text)).flatMap((piece) => (piece.kind === 'term' && !seen.has(piece.term) ? [piece.term] : [])))
    here.forEach((term) => seen.add(term))
    return here
  })
}

function Text({ chapter, number, unknown }: { chapter: Chapter; number: number; unknown: string | null }) {
  const at = useStore((now) => now.at)
  const steps = useSteps(chapter)
  const current = steps ? beatAt(steps, at) : -1
  const pane = useArrival()
  const arriving = usePlace(chapter, steps, current)
  useRun(chapter, current)
  useFollow(pane, steps, current, arriving)
  const noParagraph = useAddress(isOdd(chapter.beats.length))
  const { read } = useMarks(({ marks }) => markOf(marks, chapter.id))
  const terms = useMemo(() => firstUses(chapter.beats.map(({ text }) => text)), [chapter])
  const [before, after] = [chapters[number - 1], chapters[number + 1]]
  return (
    // A pane that scrolls must be reachable by keyboard; the arrow keys step all the same.
    <main className="text" ref={pane} tabIndex={0} aria-label={chapter.title}>
      <article>
        {unknown && <p className="note" role="status">{fill(SENTENCES.noChapter, { name: unknown })}</p>}
        {noParagraph && !unknown && <p className="note" role="status">{fill(SENTENCES.noParagraph, { count: String(chapter.beats.length) })}</p>}
        <p className="fine">{fill(chapter.lesson ? SENTENCES.chapterWithLesson : SENTENCES.chapter, { number: String(number + 1), lesson: chapter.lesson ?? '' })}</p>
        <h1>{chapter.title}</h1>
        <p className="goal">{fill(SENTENCES.goal, { goal: chapter.goal })}</p>
        {chapter.beats.map(({ text }, i) => (
          <div className="beat" key={i} data-beat={i} aria-current={i === current ? 'step' : undefined}>
            <p><Words text={text} terms={terms[i]!} /></p>
            <Jump step={steps?.[i] ?? -1} isRead={read.includes(i)} />
          </div>
        ))}
        <Predict chapter={chapter.id} question={chapter.question} />
        <section className="break" aria-label={SENTENCES.breakItLabel}>
          <h2>{fill(SENTENCES.breakIt, { title: chapter.breakIt.title })}</h2>
          <p><Words text={chapter.breakIt.text} terms={new Set()} /></p>
          <p className="row">
            <button className="button strong" onClick={() => void show(chapter.breakIt.recipes, typeof chapter.breakIt.at === 'string' ? { landmark: chapter.breakIt.at } : {})}>{SENTENCES.breakItButton}</button>
            <button className="button" onClick={() => void show(chapter.recipes)}>{SENTENCES.asItWas}</button>
          </p>
        </section>
        <section aria-label={SENTENCES.readOn}>
          <h2>{SENTENCES.readOn}</h2>
          <ul className="sources">{chapter.sources.map(({ title, version, url }) => <li key={title}><Outside href={url}>{title}</Outside> <span className="fine">{version}</span></li>)}</ul>
        </section>
        <p className="fine keys-note"><Words text={SENTENCES.keys} terms={new Set()} /></p>
        <nav className="turn-page" aria-label={SENTENCES.turn}>
          {before && <a className="button" href={`#read=${before.id}`}>← {before.title}</a>}
          <span className="gap" />
          {after && <a className="button strong" href={`#read=${after.id}`}>{after.title} →</a>}
        </nav>
      </article>
    </main>
  )
}

/** To the moment that a paragraph is about; ticked once it was read. */
function Jump({ step, isRead }: { step: number; isRead: boolean }) {
  if (step < 0) return null
  const label = step === 0 ? (isRead ? SENTENCES.toStartRead : SENTENCES.toStart) : fill(isRead ? SENTENCES.toStepRead : SENTENCES.toStep, { step: String(step) })
  return <button className="jump" onClick={() => goTo(step)} aria-label={label}>{isRead && <Check aria-hidden />}{step}</button>
}
