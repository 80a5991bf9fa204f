/** What each mode of a run does by itself, and that chance is part of the state. */
import { expect, test } from 'vitest'
import { LINES_PER_PAGE } from '../base/brand.ts'
import { CPU_LINE, INVALID } from '../journal/areas.ts'
import { readPicks, picksText } from '../journal/picks.ts'
import type { Recipe } from '../journal/run.ts'
import { is } from '../journal/step.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { startRecipe } from '../worker/start-recipe.ts'

const small = (more: Partial<Recipe>): Recipe => ({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2', lines: 2, ...more })
const moved = (recipe: Recipe): string[] => runRecipe(recipe).journal.steps.filter(step => step.actor === 'machine').map(step => step.event)

test('a small story draws two lines, shows two rows, and is judged by them', () => {
  const { journal, verdict } = runRecipe(small({ mode: 'lazy' }))
  const shown = journal.steps.findLast(step => is(step, 'display.scanout'))!
  expect(shown.fields).toMatchObject({ pixels: 32 })
  expect(journal.header.program).toContain('drmModeAddFB(card, 16, 2, 64, bo)')
  expect(verdict.text).toBe('the GPU read old pixels in 2 of 2 lines')
  expect(runRecipe(small({})).verdict.text).toBe('the GPU read old pixels in 1 of 2 lines')
})

test('lazily nothing moves by itself, by chance something does, and the seed says what', () => {
  expect(moved(small({ mode: 'lazy' }))).toEqual([])
  const by = (seed: number): readonly unknown[] => runRecipe(small({ mode: 'random', seed })).journal.steps
  expect(by(5)).toEqual(by(5))
  expect(by(5)).not.toEqual(by(6))
  const seen = new Set(Array.from({ length: 40 }, (_, seed) => moved(small({ mode: 'random', seed }))).flat())
  expect([...seen].sort()).toEqual(['cache.evict', 'cache.prefetch', 'tlb.evict'])
})

test('chance lies in the world: what is undone is drawn again alike', () => {
  const started = startRecipe(small({ mode: 'random', seed: 11 }))
  if ('problem' in started) throw new Error(started.problem.message)
  const { world } = started.run
  for (let i = 0; i < 10; i++) started.tick()
  const mark = world.steps.length
  const ends = [1, 2].map(() => {
    while (started.tick());
    const texts = world.steps.slice(mark).map(step => `${step.actor} ${step.event} ${JSON.stringify(step.fields)}`)
    world.undo(mark)
    return texts
  })
  expect(ends[0]).toEqual(ends[1])
  expect(ends[0]!.length).toBeGreaterThan(100)
})

test('the more lines are held, the more of what happens by itself is that lines leave', () => {
  const held = { few: [0, 0], many: [0, 0] }
  // Zeros fill the cache of one exporter's pages; the other's are driven out at once.
  for (const exporter of ['E2', 'E3']) for (let seed = 0; seed < 10; seed++) {
    const lines = new Set<number>()
    for (const { actor, event, words } of runRecipe({ ...small({ mode: 'random', seed, exporter }), lines: undefined }).journal.steps) {
      const leaves = event === 'cache.evict'
      if (actor === 'machine' && (leaves || event === 'cache.prefetch')) held[lines.size < 32 ? 'few' : 'many'][leaves ? 1 : 0]!++
      for (const { area, at, to } of words) {
        // The one page of the buffer is frame 1.
        if (area === CPU_LINE) to.forEach((state, i) => Math.floor((at + i) / LINES_PER_PAGE) === 1 && (state === INVALID ? lines.delete(at + i) : lines.add(at + i)))
      }
    }
  }
  const share = ([came, left]: number[]): number => left! / (came! + left!)
  expect(Math.min(...held.few, ...held.many)).toBeGreaterThan(20)
  expect(share(held.many)).toBeGreaterThan(2 * share(held.few))
})

test('picks make one thing happen at one place, and lines of the program that would are passed over', () => {
  const lazy = runRecipe(small({ mode: 'explore' }))
  expect(lazy.verdict).toEqual(runRecipe(small({ mode: 'lazy' })).verdict)
  expect(lazy.journal.steps.filter(step => is(step, 'line.quiet'))).toHaveLength(2)
  expect(moved(small({ mode: 'explore', picks: [0, 0, 0, 0, 0, 0, 2] }))).toEqual(['cache.evict'])
})

test('picks as text and back', () => {
  for (const picks of [[], [0, 0, 3], [1], [0, 1, 0, 0, 12]]) expect(readPicks(picksText(picks))).toEqual(picks)
  expect(picksText([0, 0, 0])).toBe('')
  for (const bad of ['x', '3', '3:', '4:1.2:1', '99999:1', '1:2:3']) expect(readPicks(bad), bad).toBeNull()
})
