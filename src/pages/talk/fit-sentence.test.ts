/** A slide says whole sentences in the room it has, and leaves the rest to the notes. */
import { expect, test } from 'vitest'
import { captionOf, plainText } from '../../journal/say.ts'
import { stopsOf } from '../../journal/stops.ts'
import { wordsWidth } from '../../stage/glyphs/text.tsx'
import { catalog } from '../../worker/catalog.ts'
import { runRecipe } from '../../worker/run-recipe.ts'
import { fitSentence, LINES, SENTENCE } from './fit-sentence.ts'

const LONG = 'The picture is drawn. **Whether its pixels are in DRAM. Nobody knows.** It depends on `fn(a. B)`: one way, and the other'

test('what fits is said whole', () => expect(fitSentence(LONG, 1800)).toEqual({ text: LONG, rest: false }))
test('else whole sentences; bold and identifiers are not cut', () => {
  expect(fitSentence(LONG, 800, 2)).toEqual({ text: 'The picture is drawn. **Whether its pixels are in DRAM. Nobody knows.**', rest: true })
  expect(fitSentence(LONG, 500, 1)).toEqual({ text: 'The picture is drawn.', rest: true })
})
test('else whole parts of one, with an end', () => {
  expect(fitSentence('A check **said no**, and nobody asked: `do_mmap()` answers EACCES and asks no driver of any device that is there', 420, 2)).toEqual({ text: 'A check **said no**, and nobody asked.', rest: true })
})

// Beside another bench on a projector.
const COLUMN = 740
test.each([['V4', 'E3'], ['V5', 'E3'], ['V5', 'E2'], ['V9', 'E1'], ['V6', 'E2']])('every sentence of %s with %s fits beside another bench', (variant, exporter) => {
  const { says, stops } = catalog()
  const { journal } = runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', exporter })
  const captions = stopsOf(journal, 'step', stops).map((seq) => captionOf(journal.steps[seq]!, says, journal))
  expect(captions.length).toBeGreaterThan(30)
  for (const caption of captions) {
    const { text } = fitSentence(caption, COLUMN)
    expect(wordsWidth(plainText(text), SENTENCE), text).toBeLessThan(COLUMN * LINES)
    expect(text.length, caption).toBeGreaterThan(12)
    expect(plainText(text)).not.toMatch(/[*`]/)
  }
})
