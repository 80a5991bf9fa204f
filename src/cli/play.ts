/**
 * `npm run play -- SCENARIO --variant ID --platform ID`: runs a story and prints its transcript, what the watchers found, the verdict last.
 * `--kernel --flags --path --exporter --importer --sync` ask for any combination; `--program FILE` runs another text;
 * `--skip B.7,B.9` leaves out calls of the program; `--lines 2` plays it with a buffer of two cache lines.
 * `--mode lazy|random|explore` says what hardware does by itself: nothing, what chance brings (`--seed N`), or anything: then every way in
 * which the story can end is printed, each with the `--picks 12:3.40:1` that play it.
 * `--verdict` prints the verdict alone. Unknown words are answered with the list of known ones, and nothing is run: another run than the
 * one that was asked for would be taken for it.
 */
import { readFileSync } from 'node:fs'
import { picksText, readPicks } from '../journal/picks.ts'
import { MODES, type Mode, type Recipe } from '../journal/run.ts'
import { bitesText, findingsText, transcript } from '../journal/transcript.ts'
import { AXES, type Axis } from '../machine/variant.ts'
import { findVariant, variantNames } from '../worker/choose.ts'
import { bitesOf } from '../worker/bites.ts'
import { Exploring } from '../worker/explore.ts'
import type { Problem } from '../worker/protocol.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { startRecipe } from '../worker/start-recipe.ts'
import { parts, scenarios } from '../worker/shelves.ts'

class Misuse extends Error {}

const OPTIONS = ['variant', ...AXES, 'program', 'skip', 'mode', 'seed', 'picks', 'lines', 'verdict']
/** A buffer is a page at most where it is counted in lines. */
const MOST_LINES = 64

/** How the run goes, as the options say it. */
function mannerOf({ mode, seed, picks, lines }: Readonly<Record<string, string>>): Partial<Recipe> {
  const whole = (name: string, text: string, least: number, most: number): number => {
    if (!/^\d+$/.test(text) || Number(text) < least || Number(text) > most) throw new Misuse(`--${name} ${text} is no number from ${least} to ${most}.`)
    return Number(text)
  }
  if (mode !== undefined && !MODES.includes(mode as Mode)) throw new Misuse(`There is no mode ${mode}. One of: ${MODES.join(', ')}.`)
  if (seed !== undefined && mode !== 'random') throw new Misuse('--seed goes with --mode random.')
  const read = picks === undefined ? undefined : readPicks(picks)
  if (read === null) throw new Misuse(`--picks ${picks} cannot be read. Write them as 12:3.40:1, each decision with its place before it.`)
  return {
    ...(mode !== undefined && { mode: mode as Mode }), ...(seed !== undefined && { seed: whole('seed', seed, 0, 0xffff_ffff) }), ...(read && { picks: read }),
    ...(lines !== undefined && { lines: whole('lines', lines, 1, MOST_LINES) }),
  }
}

/** A program text of the reader's own. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Misuse(`${file} cannot be read (${code ?? 'no reason given'}). Name a file with a program in it.`)
  }
}

function recipeOf(argv: readonly string[]): { recipe: Recipe; verdictOnly: boolean; file: string } {
  const found: Record<string, string> = {}
  const words: string[] = []
  let verdictOnly = false
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!
    if (!word.startsWith('--')) {
      words.push(word)
      continue
    }
    const [name, given] = word.slice(2).split('=') as [string, string | undefined]
    if (name === '') continue
    if (!OPTIONS.includes(name)) throw new Misuse(`There is no option --${name}. Options: ${OPTIONS.map(o => `--${o}`).join(' ')}.`)
    if (name === 'verdict') {
      if (given !== undefined) throw new Misuse(`--verdict takes no value; ${given} is left over.`)
      verdictOnly = true
      continue
    }
    const value = given ?? argv[++i]
    if (value === undefined || value === '' || value.startsWith('--')) throw new Misuse(`--${name} needs a value.${name === 'variant' ? ` One of: ${variantNames().join(', ')}.` : name in parts ? ` One of: ${known(name as Axis)}.` : ''}`)
    if (found[name] !== undefined) throw new Misuse(`--${name} is said twice: ${found[name]} and ${value}. Say it once.`)
    found[name] = value
  }
  if (words.length === 0) throw new Misuse(`Which scenario? One of: ${scenarios.map(s => s.id).join(', ')}.`)
  const [scenario, ...rest] = words as [string]
  if (rest.length > 0) throw new Misuse(`One scenario at a time; this is more: ${rest.join(' ')}. A choice needs its option: ${OPTIONS.map(o => `--${o}`).join(' ')}.`)
  if (!scenarios.some(s => s.id === scenario)) throw new Misuse(`There is no scenario ${scenario}. One of: ${scenarios.map(s => s.id).join(', ')}.`)
  for (const axis of AXES) {
    const value = found[axis]
    if (value !== undefined && !parts[axis].some(p => p.id.toLowerCase() === value.toLowerCase())) throw new Misuse(`--${axis} knows no ${value}. One of: ${known(axis)}.`)
  }
  const variant = found.variant
  if (variant !== undefined && !findVariant(variant)) throw new Misuse(`There is no variant ${variant}. One of: ${variantNames().join(', ')}.`)
  const program = found.program === undefined ? undefined : textOf(found.program)
  const chosen = Object.fromEntries(AXES.flatMap(axis => (found[axis] === undefined ? [] : [[axis, found[axis]]])))
  return {
    recipe: {
      scenario, variant: variant ? findVariant(variant)!.number : '', platform: '', ...chosen, ...mannerOf(found), ...(program === undefined ? {} : { program }),
      ...(found.skip === undefined ? {} : { skip: found.skip.split(',').filter(key => key !== '') }),
    },
    verdictOnly, file: found.program ?? `scenario ${scenario}`,
  }
}
const known = (axis: Axis): string => parts[axis].map(p => p.id).join(', ')

/** Says what is wrong with what was asked. */
function complain(problems: readonly Problem[], file: string): number {
  for (const { line, column, message, remedy } of problems) console.error(`${line ? `${file}, line ${line}, column ${column}: ` : ''}${message} ${remedy}`)
  return 2
}

/** Every way in which runs of a recipe end, the nearest first. */
function exploreAll(recipe: Recipe, file: string): number {
  const search = Exploring.of(recipe, startRecipe)
  if ('problem' in search) return complain([search.problem], file)
  if (search.problems.length > 0) return complain(search.problems, file)
  while (search.go(WAYS));
  const { endings, progress, whole, untold } = search.end()
  for (const { verdict, seen, moves, picks } of endings) console.log(`${verdict.glyph} ${verdict.text}\n    ${seen}\n    ${moves} steps, --picks ${picksText(picks) || '0:0'}`)
  console.log(`${progress.states} states, ${progress.transitions} moves, ${progress.outcomes} outcomes${untold > 0 ? `, of which ${untold} are not listed` : ''}: ${whole ? 'every state was seen' : 'the search stopped before it had seen all'}`)
  return 0
}
const WAYS = 10_000

export async function main(argv: readonly string[]): Promise<number> {
  let asked: ReturnType<typeof recipeOf>
  try {
    asked = recipeOf(argv)
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    console.error(error.message)
    return 2
  }
  if (asked.recipe.mode === 'explore' && !asked.recipe.picks) return exploreAll(asked.recipe, asked.file)
  const { journal, findings, verdict, problems } = runRecipe(asked.recipe)
  if (problems.length > 0) return complain(problems, asked.file)
  if (!asked.verdictOnly) process.stdout.write(transcript(journal))
  if (!asked.verdictOnly) process.stdout.write(findingsText(findings) + bitesText(bitesOf(journal)))
  console.log(`verdict: ${verdict.glyph} ${verdict.text}${verdict.call ? ` (${verdict.call})` : ''}`)
  return 0
}
