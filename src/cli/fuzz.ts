/**
 * `npm run fuzz -- [--steps N] [--seed N]`: programs made by chance, over all drivers, flavours, platforms and calls on the shelves,
 * until that many steps have run (100,000 if nothing is said). After each step every count must equal the references that exist. The first
 * failure is shrunk and printed with its seed. `--all` goes on after a failure and counts the kinds.
 */
import { textOf } from './fuzz/deck.ts'
import { PROCESSES } from './fuzz/generate.ts'
import { caseOf, play, type Case, type Failure } from './fuzz/play.ts'
import { shrink } from './fuzz/shrink.ts'

/** Lines of one program. */
export const LENGTH = 120

class Misuse extends Error {}

interface Options { readonly steps: number; readonly seed: number; readonly all: boolean }
function optionsOf(argv: readonly string[]): Options {
  const found = { steps: 100_000, seed: 1, all: false }
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') continue
    if (word === '--all') found.all = true
    else if (word === '--steps' || word === '--seed') {
      const value = Number(argv[++i])
      if (!Number.isSafeInteger(value) || value < 1) throw new Misuse(`${word} needs a whole number from 1 on.`)
      found[word === '--steps' ? 'steps' : 'seed'] = value
    } else throw new Misuse(`There is no option ${word}. Options: --steps N, --seed N, --all.`)
  }
  return found
}

/** The program in its shortest form, and the machine it ran on. */
export function reportOf(found: Case, { kind, text }: Failure): string {
  const short = shrink(found, kind)
  const failure = play(short).failure!
  const { chosen, devices } = found.blueprint
  return [
    `seed ${found.seed}: ${failure.text === text ? text : `${failure.text}\n  (before shrinking: ${text.split('\n')[0]})`}`,
    `  to see it again: npm run fuzz -- --seed ${found.seed} --steps 1`,
    `  on ${Object.entries(chosen).map(([axis, id]) => `${axis} ${id}`).join(', ')}${found.variant ? `, variant ${found.variant.number}` : ''}`,
    `  with ${devices.map(({ card, render, driver }) => `${driver} as ${card}${render ? ` and ${render}` : ''}`).join(', ')}`,
    ...textOf({ processes: PROCESSES, lines: short.lines }, short.scheduled).split('\n').map(line => `    ${line}`),
  ].join('\n')
}

export interface Tally {
  steps: number
  programs: number
  readonly answers: Map<string, number>
  readonly worked: Map<string, { ok: number; all: number }>
  readonly failures: { readonly found: Case; readonly failure: Failure }[]
}

/** Programs of seed, seed + 1, … until so many steps have run; ends with the first failure unless told to go on. */
export function fuzz(seed: number, steps: number, goOn = false, progress: (tally: Tally) => void = () => undefined): Tally {
  const tally: Tally = { steps: 0, programs: 0, answers: new Map(), worked: new Map(), failures: [] }
  while (tally.steps < steps && (goOn || tally.failures.length === 0)) {
    const found = caseOf(seed + tally.programs, LENGTH)
    const played = play(found)
    tally.programs++
    tally.steps += Math.max(1, played.steps)
    for (const [answer, n] of played.answers) tally.answers.set(answer, (tally.answers.get(answer) ?? 0) + n)
    for (const [name, { ok, all }] of played.worked) {
      const before = tally.worked.get(name) ?? { ok: 0, all: 0 }
      tally.worked.set(name, { ok: before.ok + ok, all: before.all + all })
    }
    if (played.failure) tally.failures.push({ found, failure: played.failure })
    progress(tally)
  }
  return tally
}

/** What the lines answered, most often first. */
export function answersText({ answers }: Pick<Tally, 'answers'>): string {
  const all = [...answers.values()].reduce((sum, n) => sum + n, 0)
  return [...answers].sort(([, a], [, b]) => b - a).map(([word, n]) => `${word} ${Math.round((1000 * n) / all) / 10}%`).join(', ')
}

export async function main(argv: readonly string[]): Promise<number> {
  let options: Options
  try {
    options = optionsOf(argv)
  } catch (error) {
    if (!(error instanceof Misuse)) throw error
    console.error(error.message)
    return 2
  }
  const begun = performance.now()
  let said = begun
  const tally = fuzz(options.seed, options.steps, options.all, ({ steps, programs }) => {
    if (performance.now() - said < 2000) return
    said = performance.now()
    console.error(`  ${steps} steps of ${programs} programs so far`)
  })
  const seconds = (performance.now() - begun) / 1000
  console.log(`${tally.steps} steps of ${tally.programs} programs in ${seconds.toFixed(1)} s, seeds ${options.seed} to ${options.seed + tally.programs - 1}`)
  console.log(answersText(tally))
  const never = [...tally.worked].filter(([, { ok }]) => ok === 0).map(([name]) => name)
  if (never.length > 0) console.log(`calls that never worked: ${never.join(', ')}`)
  if (tally.failures.length === 0) {
    console.log('no exception, and every count equalled its references after every step')
    return 0
  }
  const kinds = new Map<string, typeof tally.failures>()
  for (const one of tally.failures) kinds.set(one.failure.kind, [...(kinds.get(one.failure.kind) ?? []), one])
  for (const [, [first, ...more]] of kinds) console.log(`${reportOf(first!.found, first!.failure)}${more.length > 0 ? `\n  and ${more.length} more of this kind, seeds ${more.slice(0, 8).map(one => one.found.seed).join(', ')}` : ''}`)
  return 1
}
