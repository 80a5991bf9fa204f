/** One caption per step, generated from the event; where the benches differ, the difference comes first. */
import { ChevronRight } from 'lucide-react'
import type { Shown } from '../../app/frames.ts'
import { captionOf, plainText } from '../../app/say.ts'
import { answerOf, patch, refuses, useStore } from '../../app/store.ts'
import { Rich } from './rich.tsx'

const NONE = 'does **not do this**: its run has no such step.'
const NOT_REFUSED = 'is **not refused** here: its call answers ok.'

export function Caption({ shown, differs, only }: { shown: readonly (Shown | null)[]; differs: ReadonlySet<string>; only: number | null }) {
  const at = useStore((now) => now.at)
  const says = useStore((now) => now.catalog?.says)
  const benches = useStore((now) => now.benches)
  const mark = useStore((now) => now.marks.find((each) => each.row === now.at - 1))
  const count = useStore((now) => now.rows.length)
  const key = useStore((now) => now.rows[now.at - 1]?.key ?? '')
  const refused = shown.some((each) => each?.step && !each.gap && refuses(each.step))
  const passes = shown.map((each, i) => each?.gap === true && refused && answerOf(benches[i]?.run ?? null, key) === 'ok')
  const texts = shown.map((each, i) => (!each || !says ? '' : each.gap ? (passes[i] ? NOT_REFUSED : NONE) : each.step ? captionOf(each.step, says, each.journal, each.after, each.before) : ''))
  const names = benches.map((bench) => bench.recipe.variant || 'free')
  const same = texts.every((text) => text === texts[0])
  const lead = mark && (mark.kind === 'seed' ? `${mark.sentence.charAt(0).toUpperCase()}${mark.sentence.slice(1)}.` : shown.some((each, i) => each?.gap && !passes[i]) ? 'Here the ways part.' : 'Same call, two answers.')
  const one = at === 0 || same || only !== null
  const text = at === 0 ? intro(names, benches[0]?.run?.journal.header.chosen.exporter) : texts[only ?? 0] ?? ''
  return (
    <div className="caption" data-lead={mark?.kind} data-differs={differs.size > 0 && !one}>
      {one ? (
        <>
          <p className="one">{lead && <strong className="lead">{lead} </strong>}{only !== null && shown[only]?.gap && `${names[only]} `}<Rich text={text} /></p>
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
        {`Step ${at} of ${count}. ${lead ? `${lead} ` : ''}${one ? plainText(text) : texts.map((each, i) => `${names[i]}: ${plainText(each)}`).join(' ')}`}
      </div>
    </div>
  )
}

function intro(names: readonly string[], exporter: string | undefined): string {
  const start = `**One program, ${names.length === 2 ? 'two' : names.length} machines: ${names.join(' and ')}.** → takes a step, X goes to where they first differ.`
  if (exporter === 'E1' || exporter === 'E3') return `${start} ${exporter} is mapped write-combined, so no cache line can go stale; exporter E2 shows stripes.`
  return start
}

/** Where only one bench has room: what another answers at the same moment, and the way there. */
function Other({ only }: { only: number }) {
  const benches = useStore((now) => now.benches)
  const key = useStore((now) => now.rows[now.at - 1]?.key ?? '')
  const other = (only + 1) % benches.length
  const answers = [only, other].map((bench) => answerOf(benches[bench]!.run, key))
  const name = benches[other]!.recipe.variant || 'The other'
  const sentence = answers[1] === null ? `${name} never comes here` : answers[0] === answers[1] ? `${name} takes another way here` : `${name} answers ${answers[1]} here`
  return <button className="other" onClick={() => patch({ bench: other, ...(useStore.getState().focus !== null && { focus: other }) })}>{sentence}<ChevronRight aria-hidden size={18} /></button>
}
