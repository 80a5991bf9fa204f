/** What a click puts on the clipboard. */
import { plainText } from '../../journal/say.ts'
import { lineOf } from '../../journal/transcript.ts'
import { tell, type Taking, type Told } from '../../take/taking.ts'

export interface Copy { readonly id: string; readonly title: string; readonly text: (taking: Taking) => string }

/** One text where all benches say the same, else one for each under its name. */
function ofEach(taking: Taking, text: (told: Told) => string): string {
  const { benches } = tell(taking)
  const texts = benches.map(text)
  return texts.every((each) => each === texts[0]) ? (texts[0] ?? '') : benches.map(({ name }, i) => `${name}: ${texts[i]}`).join('\n')
}

export const copies: readonly Copy[] = [
  { id: 'link', title: 'Link to this moment', text: ({ link }) => link },
  { id: 'embed', title: 'Code to embed it', text: ({ link }) => `<iframe title="Bufscope" width="960" height="640" src="${`${link}&view=embed`.replace(/&/g, '&amp;')}"></iframe>` },
  { id: 'caption', title: 'Caption', text: (taking) => ofEach(taking, ({ caption }) => plainText(caption)) || 'Before the first step.' },
  { id: 'line', title: 'Transcript line', text: (taking) => ofEach(taking, ({ shown: { step, gap } }) => (gap ? 'does not do this' : step ? lineOf(step).trim() : 'before the first step')) },
]
