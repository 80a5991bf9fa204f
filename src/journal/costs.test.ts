import { expect, test } from 'vitest'
import { runRecipe } from '../worker/run-recipe.ts'
import { COSTS, costsOf, type Cost } from './costs.ts'
import type { Journal } from './run.ts'

const run = (variant: string, more: Record<string, string> = {}): Journal => runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', ...more }).journal
const total = (journal: Journal, seq = journal.steps.length): Readonly<Record<Cost, number>> => costsOf(journal, seq).total

test('before the first step nothing has cost anything', () => {
  const journal = run('V5')
  expect(Object.values(total(journal, journal.header.start - 1)).every((count) => count === 0)).toBe(true)
})

test('counts only grow, and what is said of calls adds up', () => {
  const journal = run('V5', { exporter: 'E2', sync: 'Y1' })
  let before = total(journal, journal.header.start)
  for (let seq = journal.header.start; seq < journal.steps.length; seq += 7) {
    const { total: now, calls } = costsOf(journal, seq)
    for (const cost of COSTS) {
      expect(now[cost]).toBeGreaterThanOrEqual(before[cost])
      expect([...calls[cost].values()].reduce((sum, count) => sum + count, 0)).toBe(now[cost])
    }
    before = now
  }
})

test('write-combined: a page is drained line by line, and nothing is cleaned for it', () => {
  const { calls } = costsOf(run('V5', { exporter: 'E3' }), Infinity)
  expect(calls.drained.get('B.6')).toBe(60)
  expect([calls.cleaned.get('B.6'), calls.cleaned.get('B.8')]).toEqual([undefined, undefined])
})

test('a bracket on a heap cleans the page, line by line, in the call that ends it', () => {
  const plain = costsOf(run('V20'), Infinity)
  const synced = costsOf(run('V21'), Infinity)
  expect(synced.total.cleaned).toBeGreaterThan(plain.total.cleaned)
  expect(synced.total.syscalls).toBeGreaterThan(plain.total.syscalls)
})

test('the mapping is made page by page: one fault for the page that is drawn into', () => {
  const { calls } = costsOf(run('V5', { exporter: 'E2' }), Infinity)
  expect(calls.faults.get('B.6')).toBeGreaterThanOrEqual(1)
})

test('on a coherent machine the same story cleans nothing for devices', () => {
  expect(total(run('V21', { platform: 'reference-fc' })).cleaned).toBe(0)
})
