/** All runs of a recipe: that none is missed, that each comes out when its picks are played, and that nothing is left of a search. */
import { expect, test } from 'vitest'
import { naiveSearch } from '../bench/naive-search.ts'
import { recipeOf } from '../journal/hazard.ts'
import type { Explored } from '../journal/explored.ts'
import type { Recipe } from '../journal/run.ts'
import type { Step } from '../journal/step.ts'
import { Exploration } from '../machine/explore/exploration.ts'
import { noting, nothingNear, type Footprint } from '../machine/explore/footprint.ts'
import { look, NOTHING_SEEN, seenText } from '../machine/explore/seen.ts'
import { Story } from '../machine/explore/story.ts'
import { Exploring, MOST_STATES } from './explore.ts'
import { runRecipe } from './run-recipe.ts'
import { startRecipe } from './start-recipe.ts'
import { hazards } from './watch.ts'

function search(recipe: Recipe, options?: { reduce: boolean }): Exploring {
  const found = Exploring.of(recipe, startRecipe, options)
  if ('problem' in found) throw new Error(found.problem.message)
  return found
}
function explored(recipe: Recipe, options?: { reduce: boolean }): Explored {
  const all = search(recipe, options)
  while (all.go(5000));
  return all.end()
}
const seenIn = (steps: readonly Step[]): string => seenText(steps.reduce(look, NOTHING_SEEN))
const texts = ({ endings }: Explored): string[] => endings.map(({ seen }) => seen).sort()
const story = (more: Partial<Recipe>): Recipe => ({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', lines: 2, ...more })

const SCREEN = `  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 16, 1, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fb = drmModeAddFB(card, 16, 1, 64, bo)
`
const SHOW = '  drmModePageFlip(card, fb)\n  drmHandleEvent(card)\n'
const programs: Readonly<Record<string, string>> = {
  'one process': `process main A {\n${SCREEN}  fill(px, day, 64)\n${SHOW}}\n`,
  'a display that may be early': `process main A {\n${SCREEN}  fill(px, night, 64)\n  drmModePageFlip(card, fb)\n  fill(px, day, 64)\n  drmHandleEvent(card)\n}\n`,
  'two processes': `process main A {\n${SCREEN}  fill(px, day, 64)\n  send(other)\n${SHOW}}\nprocess other B {\n  recv(main)\n  null = open("/dev/null", O_RDWR)\n}\n`,
  'one that waits for ever': 'process main A {\n  recv(other)\n}\nprocess other B {\n  null = open("/dev/null", O_RDWR)\n}\n',
}

test.each(Object.entries(programs).flatMap(([name, program]) => ['E2', 'E3'].map(exporter => [name, exporter, program] as const)))('%s, %s: as many states, moves and outcomes as a search that copies everything', (_, exporter, program) => {
  const recipe = story({ exporter, program, lines: 1 })
  const slow = naiveSearch(recipe)
  const full = explored(recipe, { reduce: false })
  const [few, again] = [explored(recipe), explored(recipe)]
  expect([full.progress.states, full.progress.transitions, texts(full)]).toEqual([slow.states, slow.transitions, slow.texts])
  expect(Object.fromEntries(full.endings.map(({ seen, moves }) => [seen, moves]))).toEqual(Object.fromEntries(slow.texts.map((text, i) => [text, slow.moves[i]])))
  // Leaving out what may as well wait loses no outcome, and makes no run longer.
  expect(few.endings.map(({ seen, moves }) => [seen, moves]).sort()).toEqual(full.endings.map(({ seen, moves }) => [seen, moves]).sort())
  expect(few.progress.states).toBeLessThanOrEqual(full.progress.states)
  expect(again).toEqual(few)
})

/** Outcomes with their shortest runs, by a search that leaves out what may as well wait and by one that does not; the first has to be smaller. */
function both(recipe: Recipe): { readonly few: readonly string[]; readonly full: readonly string[] } {
  const [few, full] = [explored(recipe), explored(recipe, { reduce: false })]
  expect(few.progress.states).toBeLessThan(full.progress.states)
  const lines = ({ endings }: Explored): string[] => endings.map(({ seen, moves }) => `${moves} ${seen}`).sort()
  return { few: lines(few), full: lines(full) }
}
test.each(['rk3399', 'amlogic-g12b', 'x86-laptop'].flatMap(platform => ['E1', 'E2', 'E3'].map(exporter => [platform, exporter])))('the story with one line, %s, %s: nothing is lost by what is left out', (platform, exporter) => {
  const { few, full } = both(story({ platform, exporter, lines: 1 }))
  expect(few).toEqual(full)
})
test.each(hazards.map(hazard => [hazard.id, recipeOf(hazard)] as const))('the program of %s, one line: nothing is lost by what is left out', (_, recipe) => {
  const { few, full } = both({ ...recipe, mode: 'explore', lines: 1 })
  expect(few).toEqual(full)
})

test('the story of the thread with two lines: gone through in a moment, and what it comes to', () => {
  const verdicts = (variant: string, exporter: string): string[] => {
    const begun = performance.now()
    const { endings, whole } = explored(story({ variant, exporter }))
    expect(whole).toBe(true)
    // A fraction of a second by itself; the bound is for machines that do ten things at once.
    if (exporter === 'E3') expect(performance.now() - begun).toBeLessThan(30_000)
    return [...new Set(endings.map(({ verdict }) => verdict.text))].sort()
  }
  expect(verdicts('V4', 'E3')).toEqual(['EACCES at mmap'])
  expect(verdicts('V5', 'E3')).toEqual(['works'])
  expect(verdicts('V9', 'E3')).toEqual(['works, although the fd is read-only'])
  expect(verdicts('V5', 'E2')).toEqual(['the GPU read old pixels in 1 of 2 lines', 'the GPU read old pixels in 2 of 2 lines', 'the display read old bytes', 'works'])
}, 120_000)

const READS = `process client A {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 64), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
}
`
const OTHERS = recipeOf(hazards.find(({ id }) => id === 'tlb-outlives-mapping')!)
test.each([
  // The GPU goes on with what it remembers of a page that is somebody else's, or that has left its TLB by itself and it faults.
  ['T10', { ...OTHERS, lines: 1 }, ['the display: 64 × day → 32 × night, 32 × day', 'the display: 64 × day → 64 × day']],
  ['T11', { ...OTHERS, lines: 1, importer: 'panfrost' }, ['the display: 64 × day → 64 × day']],
  // The walker finds nothing, or the entry, once its lines have left the cache by themselves.
  ['T12', story({ variant: 'V9', importer: 'panfrost-dirty-tables', program: READS, lines: 1 }), ['nothing is looked at', 'the GPU: black']],
  ['T13', story({ variant: 'V9', program: READS, lines: 1 }), ['the GPU: black']],
  ['T14', story({ variant: 'V9', importer: 'panfrost-dirty-tables', kernel: 'K61', platform: 'juno', program: READS, lines: 1 }), ['the GPU: black']],
] as const)('litmus %s, explored: all that may come of it', (_, recipe, outcomes) => {
  const found = explored(recipe)
  expect(texts(found)).toEqual(outcomes)
  for (const { seen, picks } of found.endings) expect(seenIn(runRecipe({ ...found.recipe, picks }).journal.steps)).toBe(seen)
  for (let seed = 0; seed < 20; seed++) expect(outcomes).toContain(seenIn(runRecipe({ ...recipe, mode: 'random', seed }).journal.steps))
})

test('every outcome is played by its picks, in as many steps as are said, and a lazy run and runs by chance come to one of them', () => {
  const recipe = story({ exporter: 'E2', lines: 1 })
  const all = explored(recipe)
  expect(all.endings.length).toBeGreaterThan(4)
  for (const { seen, picks, verdict, moves } of all.endings) {
    const run = runRecipe({ ...all.recipe, picks })
    expect([seenIn(run.journal.steps), run.verdict]).toEqual([seen, verdict])
    expect(picks).toHaveLength(moves)
  }
  expect(texts(all)).toContain(seenIn(runRecipe({ ...recipe, mode: 'lazy' }).journal.steps))
  for (let seed = 0; seed < 60; seed++) expect(texts(all)).toContain(seenIn(runRecipe({ ...recipe, mode: 'random', seed }).journal.steps))
})

test('a search that is given up leaves the machine as it was; one that is stopped says so', () => {
  const near: Footprint = nothingNear()
  const started = startRecipe({ ...story({ exporter: 'E2' }), mode: 'explore' }, { hashing: true, watch: own => noting(own, near) })
  if ('problem' in started) throw new Error(started.problem.message)
  const { world } = started.run
  const [steps, hash, records] = [world.steps.length, world.hash, [...world.records].sort()]
  const exploration = new Exploration(new Story(started.run, near))
  expect(exploration.go(3000)).toBe(true)
  expect(world.steps.length).toBeGreaterThan(steps)
  exploration.leave()
  expect([world.steps.length, world.hash, world.recomputeHash(), [...world.records].sort()]).toEqual([steps, hash, hash, records])
  expect(exploration.outcomes().length).toBeGreaterThan(0)
  const part = search(story({ exporter: 'E2' }))
  part.go(3000)
  const told = part.end(false)
  expect(told.whole).toBe(false)
  for (const { seen, picks } of told.endings) expect(seenIn(runRecipe({ ...told.recipe, picks }).journal.steps)).toBe(seen)
  expect(MOST_STATES).toBeGreaterThan(told.progress.states)
})

test('a program with a mistake is answered with its place', () => {
  expect(Exploring.of(story({ program: 'proces a {}' }), startRecipe)).toEqual({ problem: expect.objectContaining({ line: 1, column: 1 }) })
})
