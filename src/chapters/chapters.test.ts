import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { read, settle } from '../app/address.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { chapterOf, chapters } from './chapters.ts'
import { moments } from './moments.ts'

const landmarksOf = (scenario: string, variant: string): string[] =>
  runRecipe({ scenario, variant, platform: 'rk3399' }).journal.steps.flatMap((step) => (String(step.event) === 'landmark' ? [(step.fields as unknown as { name: string }).name] : []))

test('the story has its chapter', () => expect(chapterOf('canonical')).toBeDefined())

test.each(chapters.map((each) => [each.title, each] as const))('%s: every beat stands at a landmark of its scenario, in the order of the story', (_, { scenario, beats }) => {
  const landmarks = landmarksOf(scenario, 'V5')
  const at = beats.flatMap((beat) => (beat.at === null ? [] : [landmarks.indexOf(beat.at)]))
  expect(at).not.toContain(-1)
  expect(at).toEqual([...at].sort((a, b) => a - b))
  expect(beats[0]!.at).toBeNull()
})

test('a beat is a few sentences with one claim or two', () => {
  for (const { beats } of chapters) for (const { text } of beats) {
    const html = renderToStaticMarkup(text)
    expect(html).toContain('<b>')
    expect(html.replace(/<[^>]*>/g, '').length).toBeLessThan(200)
  }
})

test.each(moments)('$title opens without a word of complaint', ({ fragment }) => {
  const { moment, notices } = settle(read(fragment), catalog())
  expect(notices).toEqual([])
  for (const { variant, scenario } of moment.recipes) if (moment.landmark) expect(landmarksOf(scenario, variant)).toContain(moment.landmark)
})
