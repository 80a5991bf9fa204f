/** Where runs differ and how that is said, and what is said and done where there are more than two. The first step does without: see differences-later.ts. */
import { fill } from '../base/fill.ts'
import { listed } from '../base/listed.ts'
import type { Row } from '../journal/align.ts'
import { divergences, type Divergence } from '../journal/divergence.ts'
import type { Journal, Recipe } from '../journal/run.ts'
import { sidesOf, TWO } from '../journal/sides.ts'
import { wordsOf } from '../journal/sides-of-many.ts'
import { MOST_BENCHES } from './address.ts'
import { NONE, NOT_REFUSED } from './captions.ts'
import { benchName, benchNames, shortKey } from './names.ts'
import { areSame } from './recipes.ts'
import { SENTENCES } from './sentences-later.ts'
import { answerOf, type Bench } from './store.ts'

export const marksOf = (rows: readonly Row[], journals: readonly Journal[], recipes: readonly Recipe[]): Divergence[] =>
  divergences(rows, journals, recipes.length > 2 ? wordsOf(benchNames(recipes)) : TWO)

/** What the difference is, before what each side does. */
export function leadOf(mark: Divergence, benches: readonly Bench[], key: string): string {
  if (mark.kind === 'seed') return fill(SENTENCES.asSaid, { what: mark.sentence })
  // Outside of calls nobody answers: what is seen there is the difference.
  if (key === '' && mark.absent.length === 0) return fill(SENTENCES.asSaid, mark)
  const answers = benches.map((bench) => answerOf(bench.run, key))
  if (benches.length > 2) return leadOfMany(mark, answers, benchNames(benches.map(({ recipe }) => recipe)))
  if (answers.includes(null)) return SENTENCES.onlyOne
  return answers.every((answer) => answer === answers[0]) ? SENTENCES.anotherWay : SENTENCES.answers
}

const ANSWERS = { 2: SENTENCES.answersTwo, 3: SENTENCES.answersThree, 4: SENTENCES.answersFour } as const

/** What each side answers, or who goes another way than most. `answers`: null where the call has none. */
function leadOfMany({ sides, absent }: Pick<Divergence, 'sides' | 'absent'>, answers: readonly (string | null)[], names: readonly string[]): string {
  const come = names.filter((_, i) => !absent.includes(i))
  if (come.length < names.length) return fill(SENTENCES.onlyHere, { names: listed(come), count: come.length })
  const labels = answers.map((answer) => answer ?? 'no answer')
  const count = new Set(labels).size as 1 | keyof typeof ANSWERS
  const words = wordsOf(names)
  return count === 1 ? fill(SENTENCES.anotherWayIn, { names: words.odd(sides) }) : fill(ANSWERS[count], { answers: words.each(labels, sidesOf(labels)) })
}

export const BRIEFLY = 'Where benches are narrow each shows the process that runs, the shared buffer and its pictures. 1 to 4 shows one in full, 0 shows all.'

/** What is said, each once, with the benches that it is said of. */
export const alike = <T>(texts: readonly T[]): (readonly [T, readonly number[]])[] =>
  [...new Set(texts)].map((text) => [text, texts.flatMap((each, i) => (each === text ? [i] : []))])

/** What has the bench for its subject, said of several. */
const OF_SEVERAL: Readonly<Record<string, string>> = {
  [NONE]: 'do **not do this**: their runs have no such step.',
  [NOT_REFUSED]: 'are **not refused** here: their calls answer ok.',
}

/** Captions, each once, as they are said of their benches together. */
export const together = (texts: readonly string[]): (readonly [string, readonly number[]])[] =>
  alike(texts).map(([text, whose]) => [(whose.length > 1 && OF_SEVERAL[text]) || text, whose])

/** Of a lane's name, beside the line. */
const LANE_LETTERS = 3

/** The variant where that tells the benches apart, and there is room for it; else the number of the bench. */
export function laneName(benches: readonly Pick<Bench, 'recipe'>[], lane: number): string {
  const { variant } = benches[lane]!.recipe
  return variant !== '' && variant.length <= LANE_LETTERS && benches.filter(({ recipe }) => recipe.variant === variant).length === 1 ? variant : String(lane + 1)
}

/** A fork takes a place of its own, or its original's where all are taken; with nothing left out (`fork` null) it gives it back. */
export function forkedAmong(recipes: readonly Recipe[], bench: number, forked: boolean, original: Recipe, fork: Recipe | null): readonly Recipe[] {
  if (!fork && recipes.some((each) => areSame(each, original))) return recipes.filter((_, i) => i !== bench)
  const there = fork ?? original
  const inPlace = forked || recipes.length >= MOST_BENCHES
  return recipes.flatMap((each, i) => (i !== bench ? [each] : inPlace ? [there] : [each, there]))
}
/** What has become of a call that is left out (`fork`: the run without it), or is made again. */
export function skipSaid(recipes: readonly Recipe[], fork: Recipe | undefined, key: string): string {
  if (fork && recipes.length > 2) return fill(SENTENCES.forked, { number: recipes.indexOf(fork) + 1, name: benchName(fork) })
  return fill(fork ? SENTENCES.leftOut : SENTENCES.madeAgain, { call: shortKey(key) })
}
