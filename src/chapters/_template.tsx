/** What this chapter is about, in one sentence. Copy this file to `NN-name.tsx`; the number gives the order. */
import { chapter } from './chapter.ts'

export default chapter({
  title: 'A title',
  scenario: 'canonical',
  beats: [
    { at: null, text: <>What the reader sees before the first step, and the question.</> },
    // The name of a landmark of the scenario's program.
    { at: 'exported', text: <><b>The claim.</b> One or two sentences that are true in every variant.</> },
  ],
})
