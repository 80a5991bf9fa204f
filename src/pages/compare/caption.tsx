/** One caption per step, generated from the event; where the benches differ, the difference comes first. */
import type { Shown } from '../../app/frames.ts'
import { captionOf, castOf, plainText } from '../../app/say.ts'
import { useStore } from '../../app/store.ts'
import { Rich } from './rich.tsx'

const NONE = 'does **not do this**: its run has no such step.'

export function Caption({ shown, differs, only }: { shown: readonly (Shown | null)[]; differs: ReadonlySet<string>; only: number | null }) {
  const at = useStore((now) => now.at)
  const says = useStore((now) => now.catalog?.says)
  const benches = useStore((now) => now.benches)
  const mark = useStore((now) => now.marks.find((each) => each.row === now.at - 1))
  const count = useStore((now) => now.rows.length)
  const texts = shown.map((each) => (!each || !says ? '' : each.gap ? NONE : each.step ? captionOf(each.step, says, each.after, each.before, castOf(each.journal)) : ''))
  const names = benches.map((bench) => bench.recipe.variant || 'free')
  const same = texts.every((text) => text === texts[0])
  const lead = mark && (mark.kind === 'seed' ? mark.sentence : shown.some((each) => each?.gap) ? 'Here the ways part.' : 'Same call, two answers.')
  const one = at === 0 || same || only !== null
  const text = at === 0 ? intro(names, benches[0]?.run?.journal.header.chosen.exporter) : texts[only ?? 0] ?? ''
  return (
    <div className="caption" data-lead={mark?.kind} data-differs={differs.size > 0 && !one}>
      {one ? (
        <p className="one">{lead && <strong className="lead">{lead} </strong>}{only !== null && shown[only]?.gap && `${names[only]} `}<Rich text={text} /></p>
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
  const start = `**One program, ${names.length === 2 ? 'two' : names.length} machines: ${names.join(' and ')}.** Press → to take a step, X to see where they first differ.`
  if (exporter === 'E1' || exporter === 'E3') return `${start} Exporter ${exporter} is mapped write-combined, so no cache line can go stale here; exporter E2 shows stripes.`
  return start
}
