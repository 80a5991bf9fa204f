/** The sentence of a slide: of the event, one for both benches or one each; at a landmark that is gone to, what its story says. */
import { memo } from 'react'
import { storyOf } from '../../chapters/stories.ts'
import { useStore } from '../../app/store.ts'
import { fill } from '../../base/fill.ts'
import { listed } from '../../base/listed.ts'
import { plainText } from '../../journal/say.ts'
import { Rich } from '../compare/rich.tsx'
import { SENTENCES as SHARED } from '../compare/sentences.ts'
import { fitSentence } from './fit-sentence.ts'
import { SENTENCES } from './sentences.ts'

const BETWEEN = 56
/** Before the sentence of one of two benches. */
const TAG = 90

interface Said { readonly name: string; readonly text: string; readonly gap: boolean }

/** `width` in units of the slide, with room for so many `lines`; `alone`: other benches are not shown. */
export const Sentence = memo(function Sentence({ at, count, said, lead, width, lines, alone }: { at: number; count: number; said: readonly Said[]; lead: string | null; width: number; lines: number; alone: boolean }) {
  const scenario = useStore((now) => now.benches[0]!.recipe.scenario)
  const landmark = useStore((now) => now.rows[now.at - 1]?.landmark ?? null)
  const [first] = said
  const same = said.every(({ text }) => text === first!.text)
  const beat = at === 0 || (landmark !== null && same) ? storyOf(scenario)?.beats.find((each) => each.at === landmark)?.text : undefined
  const one = at === 0 || same
  const subject = one && alone && first!.gap ? `${first!.name} ` : ''
  const before = alone && lead !== null ? `**${lead}** ` : ''
  const each = width / said.length - BETWEEN / 2 - TAG
  return (
    <div className="slide-sentence">
      {one
        ? <p>{beat ?? (at === 0 ? <b>{fill(SENTENCES.oneProgram, { benches: listed(said.map(({ name }) => name)) })}</b> : <Rich text={fitSentence(`${before}${subject}${first!.text}`, width, lines).text} />)}</p>
        : said.map(({ name, text }) => <p className="slide-each" key={name}><b className="tag">{name}</b><span><Rich text={fitSentence(text, each, lines).text} /></span></p>)}
      <div className="caption unseen"><div aria-live="polite" role="status">
        {fill(SHARED.stepOf, { at, count })} {lead && `${lead} `}{one ? (beat ?? plainText(`${subject}${first!.text}`)) : said.map(({ name, text }) => `${name}: ${plainText(text)} `).join('')}
      </div></div>
    </div>
  )
})
