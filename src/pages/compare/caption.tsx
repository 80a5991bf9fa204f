/** One caption per step, generated from the event; where the benches differ, the difference comes first. */
import { ChevronRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { storyOf } from '../../chapters/stories.ts'
import { STALE } from '../../chapters/moments.ts'
import { captionsAt } from '../../app/captions.ts'
import type { Shown } from '../../app/frames.ts'
import { openFragment, pageHere } from '../../app/page.ts'
import { plainText } from '../../journal/say.ts'
import { benchName, namesBeside } from '../../app/names.ts'
import { differences } from '../../app/differences-later.ts'
import { listed } from '../../base/listed.ts'
import { answerOf, patch, useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { oddAt, seenAt } from './quirks.tsx'
import { Rich } from './rich.tsx'
import { SENTENCES } from './sentences.ts'

export const Caption = memo(function Caption({ shown, differs, only }: { shown: readonly (Shown | null)[]; differs: ReadonlySet<string>; only: number | null }) {
  const at = useStore((now) => now.at)
  const says = useStore((now) => now.catalog?.says)
  const benches = useStore((now) => now.benches)
  const mark = useStore((now) => now.marks.find((each) => each.row === now.at - 1))
  const row = useStore((now) => now.rows[now.at - 1])
  const count = useStore((now) => now.rows.length)
  const recipes = benches.map((bench) => bench.recipe)
  const names = namesBeside(recipes)
  const beat = pageHere() === 'compare' && (at === 0 || row?.landmark) ? storyOf(benches[0]!.recipe.scenario)?.beats.find((each) => each.at === (row?.landmark ?? null)) : undefined
  const texts = captionsAt(shown, benches, row?.key ?? '', says)
  const same = texts.every((text) => text === texts[0])
  const said = differences && texts.length > 2 ? differences.together(texts) : texts.map((text, i) => [text, [i]] as const)
  const one = at === 0 || same || only !== null
  const lead = mark && differences ? differences.leadOf(mark, benches, row?.key ?? '') : null
  const told = at === 0 ? <Intro names={names} beat={beat?.text} /> : same && beat ? beat.text : null
  const alone = texts[only ?? 0] ?? ''
  const text = only !== null && shown[only]?.gap ? fill(SENTENCES.ofBench, { name: names[only]!, text: alone }) : alone
  return (
    <div className="caption" data-lead={mark?.kind} data-differs={differs.size > 0 && !one}>
      {one ? (
        <>
          <p className="one">{lead && <strong className="lead">{lead} </strong>}{told ?? <Rich text={text} />}</p>
          {at === 0 && count > 0 && (benches.length > 2 && only === null ? <p className="aside">{differences?.BRIEFLY}</p> : <NoStripes />)}
          {only !== null && !same && at > 0 && <Other only={only} texts={texts} />}
        </>
      ) : (
        <>
          {lead && <p className="lead">{lead}</p>}
          <div className="each" data-count={said.length}>
            {said.map(([each, whose]) => <p key={whose[0]}><span className="whose">{whose.map((i) => <b className="tag" key={i}>{names[i]}</b>)}</span><span><Rich text={each} /></span></p>)}
          </div>
        </>
      )}
      <div className="unseen" aria-live="polite" role="status">
        {fill(SENTENCES.stepOf, { at, count })} {lead && `${lead} `}
        {at > 0 && [...new Set(shown.flatMap((each, i) => seenAt(benches[i], each).map((each) => `${fill(SENTENCES.hazard, each)} `)))]}
        {at > 0 && [...new Set(shown.flatMap((each, i) => oddAt(benches[i], each).map((each) => `${fill(SENTENCES.quirk, each)} `)))]}
        {one ? (told ?? plainText(text)) : said.map(([each, whose]) => `${listed(whose.map((i) => names[i]!))}: ${plainText(each)} `).join('')}
      </div>
    </div>
  )
})

function Intro({ names, beat }: { names: readonly string[]; beat: ReactNode }) {
  return <>{beat ?? <b>{fill(names.length === 1 ? SENTENCES.oneMachine : names.length === 2 ? SENTENCES.twoMachines : SENTENCES.machines, { count: names.length, names: listed([...new Set(names)]) })}</b>} <span className="how">→ takes a step, X goes to where they first differ.</span></>
}

/** Why the working runs of a write-combined exporter show no stripes, and where to see some. */
function NoStripes() {
  const exporter = useStore((now) => now.benches[0]!.run?.journal.header.chosen.exporter)
  if (exporter !== 'E1' && exporter !== 'E3') return null
  return <p className="aside">This exporter maps write-combined: no line goes stale, no stripe is seen. <button className="link" onClick={() => openFragment(STALE.fragment)}>Show the stripes on E2</button></p>
}

/** Where only one bench has room: what another answers at the same moment, and the way there. */
function Other({ only, texts }: { only: number; texts: readonly string[] }) {
  const benches = useStore((now) => now.benches)
  const key = useStore((now) => now.rows[now.at - 1]?.key ?? '')
  const other = benches.map((_, i) => (only + 1 + i) % benches.length).find((i) => texts[i] !== texts[only]) ?? only
  const answers = [only, other].map((bench) => answerOf(benches[bench]!.run, key))
  const name = benchName(benches[other]!.recipe, SENTENCES.theOther)
  const sentence = fill(answers[1] === null ? SENTENCES.neverHere : answers[0] === answers[1] ? SENTENCES.anotherWay : SENTENCES.answersHere, { name, answer: answers[1] ?? '' })
  return <button className="other" onClick={() => patch({ bench: other, ...(useStore.getState().focus !== null && { focus: other }) })}>{sentence}<ChevronRight aria-hidden size={18} /></button>
}
