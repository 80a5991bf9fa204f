/** How fast a search goes through states: on the reference model against SPIN and against a bare loop, and on the story against a search as one writes it first. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Recipe } from '../../journal/run.ts'
import { Exploring } from '../../worker/explore.ts'
import { startRecipe } from '../../worker/start-recipe.ts'
import type { Group } from '../bench.ts'
import { against, context, inTurn, limited, timed, type Row } from '../measure.ts'
import { naiveSearch } from '../naive-search.ts'
import { packedSearch } from '../packed-search.ts'
import { promela } from '../reference-promela.ts'
import { explored, KNOWN, SHORTEST } from '../reference-model.ts'

const [LINES, ROUNDS, STATES] = KNOWN.at(-1)!

/** `ok`, or the first count that differs from the known ones. */
function counts(): string {
  for (const [lines, rounds, states, transitions, orbits] of KNOWN) {
    const all = explored({ lines, rounds })
    const few = explored({ lines, rounds, symmetric: true }).states
    if (all.states !== states || all.transitions !== transitions || few !== orbits) return `${lines} lines, ${rounds} rounds: ${all.states} states, ${all.transitions} moves, ${few} but for names`
  }
  for (const [options, steps] of SHORTEST) {
    const moves = explored({ lines: 1, rounds: 2, ...options }).outcomes()[0]?.path.length
    if (moves !== steps) return `the shortest mistake of ${JSON.stringify(options)} has ${moves} steps, not ${steps}`
  }
  return 'ok'
}

const rate = (states: number, work: () => number): number => {
  let seen = 0
  const ms = timed(() => { seen = work() })
  if (seen !== states) throw new Error(`${seen} states were seen, not ${states}`)
  return states / (ms / 1000)
}
const ours = (): number => rate(STATES, () => explored({ lines: LINES, rounds: ROUNDS }).states)

/** A verifier that SPIN and the C compiler made of the same model: states in a second of its search; null: one of them is not installed. */
function spin(): (() => number) | null {
  const folder = join('bench', 'spin')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.pml'), promela(LINES, ROUNDS))
  const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 })
  if (run('spin', '-a', 'model.pml').status !== 0) return null
  if (run('cc', '-O3', '-DSAFETY', '-DBFS', '-w', '-o', 'pan', 'pan.c').status !== 0) return null
  return () => {
    let out = ''
    const ms = timed(() => { out = run('./pan', '-m1000000').stdout })
    const states = Number(/([\d.e+]+) states, stored/.exec(out)?.[1])
    // One more than ours: before its fields are set.
    if (states !== STATES + 1) throw new Error(`SPIN sees ${states} states, not ${STATES + 1}`)
    return states / (ms / 1000)
  }
}

const STORY: Recipe = { scenario: 'canonical', variant: 'V5', platform: 'rk3399', lines: 2 }
/** So many states are enough to know the rate of the slow one. */
const NAIVE_STATES = 150

/** States in a second of the search through the story. */
function story(): { rate: number; seconds: number } {
  let states = 0
  const ms = timed(() => {
    const search = Exploring.of(STORY, startRecipe)
    if ('problem' in search) throw new Error(search.problem.message)
    while (search.go(5000));
    states = search.progress().states
    if (!search.whole) throw new Error('the story was not gone through')
  })
  return { rate: states / (ms / 1000), seconds: ms / 1000 }
}
function naive(): number {
  let states = 0
  const ms = timed(() => { states = naiveSearch(STORY, NAIVE_STATES).states })
  return states / (ms / 1000)
}

export default {
  id: 'mc', title: 'states of a search',
  async measure(): Promise<readonly Row[]> {
    const what = 'states of the reference model in a second, two lines, three rounds'
    const checks = counts()
    const peer = spin()
    const rows: Row[] = [peer
      ? against('mc.rate', what, 'states/s', 'SPIN, breadth first, -O3', inTurn(ours, peer), { floor: 0.25, goal: 1, moonshot: 5, up: true }, checks)
      : context('mc.rate', what, 'states/s', [1, 2, 3].map(ours), checks === 'ok' ? 'skipped (not installed): spin' : checks)]
    const bare = (): number => rate(STATES, () => packedSearch(LINES, ROUNDS).states)
    rows.push(against('mc.rate.js', what, 'states/s', 'one loop over packed states', inTurn(ours, bare), { floor: 0.25, goal: 0.5, moonshot: 1, up: true }, checks))
    rows.push(against('mc.story', 'states of the story with two lines in a second', 'states/s', 'clones and texts', inTurn(() => story().rate, naive), { floor: 10, goal: 30, moonshot: 100, up: true }))
    rows.push(limited('mc.story.time', 'the story with two lines, all of it', 's', [1, 2, 3].map(() => story().seconds), 2))
    return rows
  },
} satisfies Group
