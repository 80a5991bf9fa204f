/** One caption per step, generated from the event; where the benches differ, the difference comes first. */
import { ChevronRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { chapterOf } from '../../chapters/chapters.ts'
import { STALE } from '../../chapters/moments.ts'
import { openFragment } from '../../app/bookmarks.ts'
import type { Shown } from '../../app/frames.ts'
import { captionOf, plainText } from '../../journal/say.ts'
import { benchName } from '../../app/skip.ts'
import { answerOf, patch, refuses, useStore, type Bench } from '../../app/store.ts'
import type { Divergence } from '../../journal/divergence.ts'
import { oddAt, seenAt } from './quirks.tsx'
import { Rich } from './rich.tsx'

const NONE = 'does **not do this**: its run has no such step.'
const NOT_REFUSED = 'is **not refused** here: its call answers ok.'

export const Caption = memo(function Caption({ shown, differs, only }: { shown: readonly (Shown | null)[]; differs: ReadonlySet<string>; only: number | null }) {
  const at = useStore((now) => now.at)
  const says = useStore((now) => now.catalog?.says)
  const benches = useStore((now) => now.benches)
  const mark = useStore((now) => now.marks.find((each) => each.row === now.at - 1))
  const row = useStore((now) => now.rows[now.at - 1])
  const count = useStore((now) => now.rows.length)
  const names = benches.map((bench) => benchName(bench.recipe))
  const beat = at === 0 || row?.landmark ? chapterOf(benches[0]!.recipe.scenario)?.beats.find((each) => each.at === (row?.landmark ?? null)) : undefined
  const refused = shown.some((each) => each?.step && !each.gap && refuses(each.step))
  const texts = shown.map((each, i): string => {
    if (!each || !says) return ''
    if (each.gap) return refused && answerOf(benches[i]?.run ?? null, row?.key ?? '') === 'ok' ? NOT_REFUSED : NONE
    return each.step ? captionOf(each.step, says, each.journal, each.after, each.before) : ''
  })
  const same = texts.every((text) => text === texts[0])
  const one = at === 0 || same || only !== null
  const lead = mark ? leadOf(mark, benches, row?.key ?? '') : null
  const told = at === 0 ? <Intro names={names} beat={beat?.text} /> : same && beat ? beat.text : null
  const subject = only !== null && shown[only]?.gap ? `${names[only]} ` : ''
  const text = texts[only ?? 0] ?? ''
  return (
    <div className="caption" data-lead={mark?.kind} data-differs={differs.size > 0 && !one}>
      {one ? (
        <>
          <p className="one">{lead && <strong className="lead">{lead} </strong>}{told ?? <>{subject}<Rich text={text} /></>}</p>
          {at === 0 && count > 0 && <NoStripes />}
          {only !== null && !same && at > 0 && <Other only={only} />}
        </>
      ) : (
        <>
          {lead && <p className="lead">{lead}</p>}
          <div className="each">
            {texts.map((each, i) => <p key={i}><b className="tag">{names[i]}</b><span><Rich text={each} /></span></p>)}
          </div>
        </>
      )}
      <div className="unseen" aria-live="polite" role="status">
        Step {at} of {count}. {lead && `${lead} `}
        {at > 0 && [...new Set(shown.flatMap((each, i) => seenAt(benches[i], each).map(({ known, title }) => `Hazard ${known}: ${title}. `)))]}
        {at > 0 && [...new Set(shown.flatMap((each, i) => oddAt(benches[i], each).map(({ title }) => `Quirk: ${title}. `)))]}
        {one ? (told ?? plainText(`${subject}${text}`)) : texts.map((each, i) => `${names[i]}: ${plainText(each)} `).join('')}
      </div>
    </div>
  )
})

/** What the difference is, before what each side does. */
function leadOf(mark: Divergence, benches: readonly Bench[], key: string): string {
  if (mark.kind === 'seed') return `${mark.sentence.charAt(0).toUpperCase()}${mark.sentence.slice(1)}.`
  const answers = benches.map((bench) => answerOf(bench.run, key))
  if (answers.includes(null)) return 'Only one of them comes here.'
  return answers.every((answer) => answer === answers[0]) ? 'Same call, another way.' : 'Same call, two answers.'
}

function Intro({ names, beat }: { names: readonly string[]; beat: ReactNode }) {
  return <>{beat ?? <b>One program, {names.length === 1 ? 'one machine' : names.length === 2 ? 'two machines' : `${names.length} machines`}: {names.join(' and ')}.</b>} <span className="how">→ takes a step, X goes to where they first differ.</span></>
}

/** Why the working runs of a write-combined exporter show no stripes, and where to see some. */
function NoStripes() {
  const exporter = useStore((now) => now.benches[0]!.run?.journal.header.chosen.exporter)
  if (exporter !== 'E1' && exporter !== 'E3') return null
  return <p className="aside">This exporter maps write-combined: no line goes stale, no stripe is seen. <button className="link" onClick={() => openFragment(STALE.fragment)}>Show the stripes on E2</button></p>
}

/** Where only one bench has room: what another answers at the same moment, and the way there. */
function Other({ only }: { only: number }) {
  const benches = useStore((now) => now.benches)
  const key = useStore((now) => now.rows[now.at - 1]?.key ?? '')
  const other = (only + 1) % benches.length
  const answers = [only, other].map((bench) => answerOf(benches[bench]!.run, key))
  const name = benchName(benches[other]!.recipe, 'The other')
  const sentence = answers[1] === null ? `${name} never comes here` : answers[0] === answers[1] ? `${name} takes another way here` : `${name} answers ${answers[1]} here`
  return <button className="other" onClick={() => patch({ bench: other, ...(useStore.getState().focus !== null && { focus: other }) })}>{sentence}<ChevronRight aria-hidden size={18} /></button>
}
