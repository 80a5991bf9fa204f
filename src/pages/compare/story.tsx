/** The story along the run: its beats at their landmarks, other comparisons worth opening, and the reader's bookmarks. */
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { storyOf } from '../../chapters/stories.ts'
import type { Beat } from '../../chapters/story.ts'
import { moments } from '../../chapters/moments.ts'
import { removeBookmark } from '../../app/bookmarks.ts'
import { openFragment } from '../../app/page.ts'
import { goTo } from '../../app/playhead.ts'
import { patch, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import type { Row } from '../../journal/align.ts'
import { Panel } from './panel.tsx'
import { SENTENCES } from './sentences-later.ts'

/** The step of a beat; -1: these runs never come there. */
const stepOf = (beat: Beat, rows: readonly Row[]): number => (beat.at === null ? 0 : rows.findIndex((row) => row.landmark === beat.at) + 1 || -1)

/** The beat that is told at a step: the last one begun. */
export function beatAt(scenario: string, rows: readonly Row[], at: number): Beat | undefined {
  return storyOf(scenario)?.beats.findLast((beat) => {
    const step = stepOf(beat, rows)
    return step >= 0 && step <= at
  })
}

export default function Story() {
  const scenario = useStore((now) => now.benches[0]!.recipe.scenario)
  const rows = useStore((now) => now.rows)
  const at = useStore((now) => now.at)
  const bookmarks = useStore((now) => now.bookmarks)
  const story = storyOf(scenario)
  const told = story?.beats.map((beat) => ({ beat, step: stepOf(beat, rows) })).filter(({ step }) => step >= 0) ?? []
  const current = beatAt(scenario, rows, at)
  const index = told.findIndex(({ beat }) => beat === current)
  const here = useRef<HTMLLIElement>(null)
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'nearest' })
  }, [index])
  const move = (by: 1 | -1): void => {
    const to = told[index + by]
    if (to) goTo(to.step)
  }
  return (
    <Panel title={story?.title ?? 'The story'} label="Story" close={() => patch({ panel: null })}>
      {told.length > 0 ? (
        <>
          <p className="row">
            <button className="button" aria-disabled={index <= 0} onClick={() => move(-1)}>Beat before</button>
            <button className="button strong" aria-disabled={index >= told.length - 1} onClick={() => move(1)}>Next beat</button>
          </p>
          <ol className="story">
            {told.map(({ beat, step }) => (
              <li key={step} ref={beat === current ? here : null} aria-current={beat === current ? 'step' : undefined}>
                <button onClick={() => goTo(step)} aria-label={fill(SENTENCES.goToBeat, { place: beat.at ?? 'the start', at: step })}>{step}</button>
                <div><h3>{beat.at ?? 'the start'}</h3><p>{beat.text}</p></div>
              </li>
            ))}
          </ol>
        </>
      ) : <p>No story is told along this scenario. Its landmarks are on the timeline.</p>}
      <h3 className="over">Chapters</h3>
      <p><a href="#read">One lesson each, with the stage beside the text</a></p>
      <h3 className="over">Comparisons</h3>
      <ul className="moments">
        {moments.map(({ title, why, fragment }) => <li key={fragment}><a href={fragment}>{title}</a><p className="fine">{why}</p></li>)}
      </ul>
      <h3 className="over">Bookmarks</h3>
      {bookmarks.length === 0 ? <p className="fine">M marks the moment shown. Bookmarks stay in this browser; a copied link goes everywhere.</p> : (
        <ul className="moments">
          {bookmarks.map(({ title, fragment }) => (
            <li key={fragment} className="row">
              <button className="link" onClick={() => openFragment(fragment)}>{title}</button>
              <button className="button square" onClick={() => removeBookmark(fragment)} aria-label={fill(SENTENCES.removeBookmark, { title })}><X aria-hidden /></button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
