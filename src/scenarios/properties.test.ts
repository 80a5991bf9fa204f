/** What must hold in every run, whatever it shows: folds, undo, replay, counts, and what is left at the end. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { u64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import mali from '../journal/page-tables/mali.ts'
import { danglingRefs, unheldNames, wrongCounts } from '../journal/edges.ts'
import type { Recipe } from '../journal/run.ts'
import { Seeker } from '../journal/seek.ts'
import { all, MutableSnapshot, type Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import { transcript } from '../journal/transcript.ts'
import { entryIn, tablesFrom } from '../journal/walk.ts'
import { AXES } from '../machine/variant.ts'
import { readProgram } from '../userspace/program/check.ts'
import { boot } from '../machine/boot.ts'
import { choose } from '../worker/choose.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { startRecipe, type Started } from '../worker/start-recipe.ts'
import { everyday, parts, told, variants } from '../worker/shelves.ts'

const recipes: Recipe[] = everyday().flatMap(scenario => told(scenario).map(variant => ({ scenario: scenario.id, variant: variant.number, platform: '' })))
const nameOf = ({ scenario, variant }: Recipe): string => `${scenario} ${variant}`
const started = (recipe: Recipe): Started => startRecipe(recipe) as Started

function words({ words: areas }: Snapshot): unknown {
  return Object.entries(areas).flatMap(([area, found]) => {
    const end = found.findLastIndex(w => w !== 0) + 1
    return end ? [[area, Buffer.from(found.buffer, found.byteOffset, end * 4).toString('base64')]] : []
  }).sort()
}
const whole = (snapshot: Snapshot): unknown => ({ records: [...snapshot.records].sort(([a], [b]) => (a < b ? -1 : 1)), words: words(snapshot) })

test.each(recipes.map(r => [nameOf(r), r] as const))('%s: no change without its event, and folding to the end and back leaves nothing', (_, recipe) => {
  const { journal, run } = runRecipe(recipe)
  expect(run!.world.untold).toBe(false)
  const seeker = new Seeker(journal)
  expect(whole(seeker.at(Infinity))).toEqual(whole(run!.world))
  expect(whole(seeker.at(-1))).toEqual({ records: [], words: [] })
  journal.steps.forEach(({ seq }, i) => expect(seq).toBe(i))
})

test.each(recipes.map(r => [nameOf(r), r] as const))('%s: counts equal the references that exist, after every step', (_, recipe) => {
  const { journal } = runRecipe(recipe)
  const now = new MutableSnapshot()
  for (const step of journal.steps) {
    now.apply(step)
    if (step.changes.length === 0) continue
    expect([...wrongCounts(now), ...danglingRefs(now)], `step ${step.seq}, ${step.event}`).toEqual([])
    if (step.event === 'call.leave' || step.event === 'landmark') expect(unheldNames(now), `step ${step.seq}`).toEqual([])
  }
})

/** Objects that a run may leave behind: the machine itself, and what says how it ended. */
const MACHINE = new Set(['kernel', 'device', 'crtc', 'gpu_mmu', 'io_table', 'script', 'prog', 'task', 'frames'])

function leftovers(snapshot: Snapshot): Record<string, number> {
  const count: Record<string, number> = {}
  for (const id of snapshot.records.keys()) {
    const kind = id.slice(0, id.indexOf(':'))
    if (!MACHINE.has(kind)) count[kind] = (count[kind] ?? 0) + 1
  }
  return count
}

/** Frames of the tables that a driver keeps as long as the machine runs. */
const gpuTables = (snapshot: Snapshot, firstPfn: number): number[] =>
  all(snapshot, 'gpu_mmu').flatMap(([, { pgd }]) => tablesFrom(mali, pgd, at => entryIn(snapshot, firstPfn, at, 'cpu')).map(at => at / PAGE_SIZE - firstPfn)).concat(all(snapshot, 'io_table').flatMap(([, { frames }]) => frames))

test.each(recipes.map(r => [nameOf(r), r] as const))('%s: the end leaves no object but the declared leaks', (_, recipe) => {
  // Every process ends by itself, so that nothing is left because somebody still has it.
  const program = started(recipe).header.program.replace(/^}/gm, '  exit()\n}')
  const { run, journal } = runRecipe({ ...recipe, program })
  // A variant can only leak where an import is mapped.
  const { leaks = {} } = /gbm_bo_map|MMAP_BO/.test(program) ? variants.find(v => v.number === recipe.variant)! : {}
  const left = leftovers(run!.world)
  const lost = run!.world.ids('ref').filter(id => run!.world.get(id).lost).length
  expect(lost).toBe(leaks.ref ?? 0)
  for (const kind of Object.keys(left).filter(kind => !['ref', 'resv', 'file', 'fence'].includes(kind) || !leaks.ref)) expect({ kind, left: left[kind] }).toEqual({ kind, left: leaks[kind] })
  for (const kind of Object.keys(leaks).filter(kind => kind !== 'ref')) expect({ kind, left: left[kind] }).toEqual({ kind, left: leaks[kind] })
  const pages = run!.world.find('frames:0')
  if (pages && !leaks.ref) expect(new Set([...pages.free, ...gpuTables(run!.world, journal.header.firstPfn)]).size, 'pages that are free again, or tables of a GPU').toBe(pages.next)
})

/** A run with every pause in it: the number of steps made when it could be left. */
function pauses(recipe: Recipe): { marks: number[]; run: Started } {
  const run = started(recipe)
  const marks = [run.run.world.steps.length]
  while (run.tick()) marks.push(run.run.world.steps.length)
  return { marks, run }
}

test.each(recipes.map(r => [nameOf(r), r] as const))('%s: taken back to any pause, it goes on to the same journal; hash and data agree on the way', (_, recipe) => {
  const { marks, run } = pauses(recipe)
  const { world } = run.run
  const full = transcript({ header: run.header, steps: world.steps })
  const hashes = new Map<number, U64>()
  for (const mark of [...marks].reverse()) {
    world.undo(mark)
    hashes.set(mark, world.recomputeHash())
    expect(JSON.parse(JSON.stringify([...world.records])), 'JSON').toEqual([...world.records].map(([id, record]) => [id, JSON.parse(JSON.stringify(record))]))
    expect(structuredClone([...world.records]), 'clone').toEqual([...world.records])
  }
  // Forward again, checking each pause against what it was on the way back.
  for (const mark of marks) {
    if (world.steps.length < mark) run.run.tick(() => 0)
    expect(world.steps.length).toBe(mark)
    expect(world.recomputeHash()).toEqual(hashes.get(mark))
  }
  expect(transcript({ header: run.header, steps: world.steps })).toBe(full)
  for (const mark of [marks[Math.floor(marks.length / 3)]!, marks[Math.floor((2 * marks.length) / 3)]!]) {
    world.undo(mark)
    while (run.run.tick(() => 0));
    expect(transcript({ header: run.header, steps: world.steps })).toBe(full)
  }
})

test('the same picks make the same journal, byte for byte, and any picks keep the counts', { timeout: 60_000 }, () => {
  const picks = fc.array(fc.nat({ max: 3 }), { maxLength: 60 })
  const recipe = fc.constantFrom(...recipes)
  fc.assert(fc.property(recipe, picks, (one, list) => {
    const [first, second] = [runRecipe({ ...one, picks: list }), runRecipe({ ...one, picks: list })]
    expect(transcript(first.journal)).toBe(transcript(second.journal))
    expect([...wrongCounts(first.run!.world), ...danglingRefs(first.run!.world), ...unheldNames(first.run!.world)]).toEqual([])
  }), { numRuns: 30, seed: 7 })
})

/** Any combination of parts, not only those that have a number. */
const anyParts = fc.record(Object.fromEntries(AXES.map(axis => [axis, fc.constantFrom(...parts[axis].map(p => p.id))])) as Record<string, fc.Arbitrary<string>>)

test('any combination of parts runs to its end, with counts, data and hash in order', { timeout: 60_000 }, () => {
  fc.assert(fc.property(fc.constantFrom(...everyday().map(s => s.id)), anyParts, fc.array(fc.nat({ max: 3 }), { maxLength: 30 }), (scenario, chosen, list) => {
    const recipe: Recipe = { scenario, variant: '', picks: list, ...(chosen as { platform: string }) }
    const { blueprint, program } = choose(recipe)
    const run = boot(blueprint, readProgram(program).program, { hashing: true })
    let at = 0
    while (run.tick(() => list[at++] ?? 0));
    const { world } = run
    expect([...wrongCounts(world), ...danglingRefs(world), ...unheldNames(world)]).toEqual([])
    expect(world.hash).toEqual(world.recomputeHash())
    expect(structuredClone([...world.records])).toEqual([...world.records])
    // Where an export is refused, its receiver waits for ever, and what both have stays.
    const stuck = world.steps.some(step => is(step, 'run.stuck'))
    if (chosen.kernel !== 'KRFC' && !stuck) expect(world.ids('gem').length + world.ids('dma_buf').length + world.ids('fence').length + world.ids('attachment').length).toBe(0)
    world.undo(0)
    expect(world.records.size).toBe(0)
    expect(world.recomputeHash()).toEqual(u64(0, 0))
  }), { numRuns: 30, seed: 8 })
})

test('the clone that crosses the bridge is the step itself', () => {
  const { journal } = runRecipe({ scenario: 'canonical', variant: 'V5', platform: '' })
  expect(structuredClone(journal.steps as Step[])).toEqual(journal.steps)
})
