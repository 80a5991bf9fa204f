/** The sentence of a slide: of the event, one for both benches or one each; at a landmark that is gone to, what its story says. */
import { memo } from 'react'
import { storyOf } from '../../chapters/stories.ts'
import { useStore } from '../../app/store.ts'
import { plainText } from '../../journal/say.ts'
import { Rich } from '../compare/rich.tsx'
import { fitSentence } from './fit-sentence.ts'

const BETWEEN = 56
/** Before the sentence of one of two benches. */
const TAG = 90

export const Sentence = memo(function Sentence({ at, count, texts, only, lead, width, names, gaps }: {
  at: number; count: number; texts: readonly string[]; only: number | null; lead: string | null; width: number; names: readonly string[]; gaps: readonly boolean[]
}) {
  const scenario = useStore((now) => now.benches[0]!.recipe.scenario)
  const landmark = useStore((now) => now.rows[now.at - 1]?.landmark ?? null)
  const same = texts.every((text) => text === texts[0])
  const beat = at === 0 || (landmark !== null && same) ? storyOf(scenario)?.beats.find((each) => each.at === landmark)?.text : undefined
  const one = at === 0 || same || only !== null
  const each = width / texts.length - BETWEEN / 2 - TAG
  return (
    <div className="slide-sentence">
      {one
        ? <p>{beat ?? (at === 0 ? <b>One program: {names.join(' and ')}.</b> : <>{only !== null && lead && <strong>{lead} </strong>}{only !== null && gaps[only] ? `${names[only]} ` : ''}<Rich text={fitSentence(texts[only ?? 0] ?? '', width).text} /></>)}</p>
        : texts.map((text, i) => <p className="slide-each" key={i}><b className="tag">{names[i]}</b><span><Rich text={fitSentence(text, each).text} /></span></p>)}
      <div className="caption unseen"><div aria-live="polite" role="status">
        Step {at} of {count}. {lead && `${lead} `}{one ? (beat ?? plainText(texts[only ?? 0] ?? '')) : texts.map((text, i) => `${names[i]}: ${plainText(text)} `).join('')}
      </div></div>
    </div>
  )
})
