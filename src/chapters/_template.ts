/** What this chapter is about, in one sentence. Copy this file to `NN-name.ts`: the number gives the order, the name the address `#read=name`. */
import { chapter, unless } from './chapter.ts'

const recipe = { scenario: 'canonical', variant: 'V5', platform: 'rk3399' }

export default chapter({
  lesson: 'L99',
  title: 'A title',
  goal: 'What a reader can say afterwards.',
  // Two runs of one variant need names: names: ['with', 'without'].
  recipes: [recipe],
  beats: [
    { at: null, text: 'What the reader sees before the first step, and the question. A [dma-buf] is explained where it is named first.' },
    // A landmark of the scenario's program, or an event: { event: 'mmap.done', call: 'B.5' }.
    // Of two runs, run: 1 shows the second from here on.
    { at: 'exported', text: '**The claim.** One or two sentences.' },
  ],
  question: {
    ask: 'What happens if…?',
    choices: { works: 'It works', fails: 'It fails' },
    runs: [{ ...recipe, variant: 'V4' }],
    answer: ([run]) => (run!.verdict.glyph === '✓' ? 'works' : 'fails'),
    otherwise: [recipe],
    why: 'Why it is so.',
  },
  breakIt: { title: 'Without the flag', text: 'What will be seen.', recipes: [recipe, { ...recipe, variant: 'V4' }] },
  sources: [{ title: 'Where it can be read', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/dma-buf.c' }],
  check: ([run]) => unless({ 'the run works': run!.verdict.glyph === '✓' }),
})
