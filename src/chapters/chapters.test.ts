/** Every chapter holds: its moments exist, its lesson is true of its runs and not of others, its question is answered by the model, its terms and links lead somewhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { read, settle } from '../app/address.ts'
import { keysOf } from '../app/evidence-link.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import type { Recipe } from '../journal/run.ts'
import { is } from '../journal/step.ts'
import { chapters } from './chapters.ts'
import { runsShown, seqOf, type ChapterText, type Place, type Told } from './chapter.ts'
import { glossary } from './glossary.ts'
import { flat, pieces } from './marks.ts'
import { moments } from './moments.ts'
import { stories, storyOf } from './stories.ts'

const landmarksOf = (scenario: string, variant: string): readonly string[] => runRecipe({ scenario, variant, platform: 'rk3399' }).journal.steps.flatMap((step) => (is(step, 'landmark') ? [step.fields.name] : []))

test('the story of the main page is told', () => expect(storyOf('canonical')).toBeDefined())

test.each(stories.map((each) => [each.title, each] as const))('%s: every beat stands at a landmark of its scenario, in the order of the story', (_, { scenario, beats }) => {
  const landmarks = landmarksOf(scenario, 'V5')
  const at = beats.flatMap((beat) => (beat.at === null ? [] : [landmarks.indexOf(beat.at)]))
  expect(at).not.toContain(-1)
  expect(at).toEqual([...at].sort((a, b) => a - b))
  expect(beats[0]!.at).toBeNull()
})

test('a beat of the main page is a few sentences with one claim or two', () => {
  for (const { beats } of stories) for (const { text } of beats) {
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

const known = new Map<string, Told>()
function told(recipe: Recipe): Told {
  const key = JSON.stringify(recipe)
  const found = known.get(key)
  if (found) return found
  const { journal, verdict, findings, problems } = runRecipe(recipe)
  expect(problems).toEqual([])
  const made = { journal, verdict, findings }
  known.set(key, made)
  return made
}
const all = (recipes: readonly Recipe[]): readonly Told[] => recipes.map(told)

/** Where a place is in a run, by step; -1: the first step of all. */
function seqIn(place: Place, runs: readonly Told[]): number | undefined {
  if (place === null) return -1
  if (typeof place === 'string') return runs.flatMap(({ journal }) => seqOf(journal, { event: 'landmark', fields: { name: place } }) ?? [])[0]
  return seqOf(runs[place.bench ?? 0]!.journal, place) ?? undefined
}

/** Names of all recorded sequences, by file. */
const recorded = new Map<string, ReadonlySet<string>>()
function sequencesOf(file: string): ReadonlySet<string> {
  if (!recorded.has(file)) {
    const text = gunzipSync(readFileSync(new URL(`../../public/recordings/${file}.json.gz`, import.meta.url))).toString('utf8')
    recorded.set(file, new Set([...text.matchAll(/"name":\s*"([^"]+)"/g)].map(([, name]) => name!)))
  }
  return recorded.get(file)!
}

test('every chapter has a file of its own, and a name of its own', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((file) => /^\d\d-.*\.ts$/.test(file))
  expect(chapters.map(({ id }) => id)).toEqual(files.sort().map((file) => file.slice(3, -3)))
  expect(new Set(chapters.map(({ id }) => id)).size).toBe(chapters.length)
})

/** All of a chapter that may have marks. */
const textsOf = ({ beats, goal, question, breakIt }: ChapterText): readonly string[] => [...beats.map(({ text }) => text), goal, question.ask, question.why, ...Object.values(question.choices), breakIt.text]

describe.each(chapters.map((each) => [each.id, each] as const))('%s', (_, chapter) => {
  const marked = textsOf(chapter).flatMap((text) => flat(pieces(text)))

  test('the lesson holds in its runs', () => expect(chapter.check(all(chapter.recipes))).toEqual([]))

  test('the lesson does not hold of just any runs', () => {
    const [first] = chapter.recipes
    const others = chapter.recipes.length > 1 ? [first!, first!] : chapter.breakIt.recipes.slice(-1)
    expect(chapter.check(all(others))).not.toEqual([])
  })

  test('its runs have every moment that is told, in this order', () => {
    const runs = all(chapter.recipes)
    const at = chapter.beats.map((beat) => seqIn(beat.at, runs))
    chapter.beats.forEach((beat, i) => expect(at[i], JSON.stringify(beat.at)).toBeDefined())
    // Steps of one run have an order; what only the other run has stands where a reader comes to it.
    runs.forEach((_run, bench) => {
      const here = at.filter((_seq, i) => { const place = chapter.beats[i]!.at; return ((typeof place === 'object' && place?.bench) || 0) === bench })
      expect(here).toEqual([...here].sort((a, b) => a! - b!))
    })
    expect(chapter.beats[0]!.at).toBeNull()
  })

  test('its runs are told apart by their variants, or have names', () => {
    for (const { recipes, names } of [chapter, chapter.breakIt]) {
      const told = names ?? recipes.map(({ variant }) => variant)
      expect(told.length).toBe(recipes.length)
      expect(new Set(told).size, told.join()).toBe(recipes.length)
    }
    expect(Math.max(...runsShown(chapter.beats))).toBeLessThan(chapter.recipes.length)
  })

  test('its question is answered by the model, with one of its choices', () => {
    const { runs, answer, choices, otherwise } = chapter.question
    const right = answer(all(runs))
    expect(Object.keys(choices)).toContain(right)
    expect(Object.keys(choices)).toContain(answer(all(otherwise)))
    expect(answer(all(otherwise))).not.toBe(right)
  })

  test('what breaks it runs, and is another run than its own', () => {
    const runs = all(chapter.breakIt.recipes)
    if (chapter.breakIt.at !== undefined) expect(seqIn(chapter.breakIt.at, runs)).toBeDefined()
    expect(JSON.stringify(chapter.breakIt.recipes)).not.toBe(JSON.stringify(chapter.recipes))
  })

  test('its paragraphs are short, and every second one claims something', () => {
    for (const { text } of chapter.beats) expect(text.replace(/\]\([^)]*\)/g, ''), text).toSatisfy((plain: string) => plain.length < 420)
    expect(chapter.beats.filter(({ text }) => text.includes('**')).length).toBeGreaterThanOrEqual(Math.ceil(chapter.beats.length / 2))
  })

  test('every term is in the glossary', () => {
    for (const piece of marked) if (piece.kind === 'term') expect(glossary, piece.term).toHaveProperty([piece.term])
  })

  test('links name what they lead to, and its version', () => {
    expect(chapter.sources.length).toBeGreaterThan(0)
    for (const { url, version } of chapter.sources) {
      expect(version).not.toBe('')
      expect(url).toMatch(/^(https:\/\/|#evidence&)/)
      expect(url, 'documentation of no version').not.toContain('docs.kernel.org')
      const [, kernel] = /\/(?:linux|html)\/v(\d+\.\d+)\//.exec(url) ?? []
      if (kernel) expect(version, url).toMatch(new RegExp(`Linux ${kernel}\\b`))
      const [, commit] = /(?:linus|commit|blob)\/([0-9a-f]{8,40})/.exec(url) ?? []
      if (commit && url.includes('git.kernel.org')) expect(version, url).toContain(commit)
    }
    for (const href of [...marked.flatMap((piece) => (piece.kind === 'link' ? [piece.href] : [])), ...chapter.sources.map(({ url }) => url)]) {
      if (href.startsWith('#scenario=')) expect(settle(read(href), catalog()).notices, href).toEqual([])
      else if (!href.startsWith('#')) expect(href).toMatch(/^https:\/\//)
      if (!href.startsWith('#evidence')) continue
      const keys = keysOf(href)
      expect(sequencesOf(keys.get('file')!), href).toContain(keys.get('sequence'))
    }
  })
})

test('what is told of what happened names its recording, commit, mail or file, paragraph by paragraph', () => {
  for (const id of ['the-patch-that-leaked', 'after-the-thread']) {
    const { beats, question, breakIt } = chapters.find((each) => each.id === id)!
    for (const text of [...beats.map((beat) => beat.text), question.why, breakIt.text]) expect(flat(pieces(text)).some(({ kind }) => kind === 'link'), text).toBe(true)
  }
})

test('every term of the glossary is named in a chapter, explained in a sentence, and there is a file to read next', () => {
  const named = new Set(chapters.flatMap(textsOf).flatMap((text) => flat(pieces(text))).flatMap((piece) => (piece.kind === 'term' ? [piece.term] : [])))
  expect([...named].sort()).toEqual(Object.keys(glossary).sort())
  for (const [name, { means, readNext }] of Object.entries(glossary)) {
    expect(means, name).toMatch(/^[A-Z].{15,160}\.$/)
    expect(readNext, name).not.toBe('')
  }
})
