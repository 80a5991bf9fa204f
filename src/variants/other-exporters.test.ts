/**
 * Exporters that are no DRM drivers: heaps (E6, E7), udmabuf (E8) and the queues of video devices (E9, E10). What the named variants of heaps end
 * in, and that the story runs with each of them whatever else is chosen. Their rows of the table of outcomes: matrix.test.ts.
 */
import { describe, expect, test } from 'vitest'
import { is } from '../journal/step.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { parts } from '../worker/shelves.ts'

type Choices = Readonly<Record<string, string>>
const run = (recipe: Choices): ReturnType<typeof runRecipe> => runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', ...recipe })

const EXPORTERS = ['E6', 'E7', 'E8', 'E9', 'E10']

describe('what the named variants of heaps end in', () => {
  const text = (choices: Choices): string => run({ kernel: 'KNOW', flags: 'F1', path: 'D', sync: 'Y0', exporter: 'E6', ...choices }).verdict.text
  const old = 'the GPU read old pixels in 32 of 64 lines'
  test('V19: asked for without O_RDWR, mmap for writing is refused', () => expect(text({ flags: 'F0' })).toBe('EACCES at mmap'))
  test('V20: without SYNC devices read old bytes, by either way', () => expect(['D', 'N'].map(path => text({ path }))).toEqual([old, old]))
  test('V21: with SYNC they read what was drawn', () => expect(text({ sync: 'Y1' })).toBe('works'))
  test('V22: an old importer\'s mapping hides that SYNC is missing', () => expect(text({ path: 'N', kernel: 'K52' })).toBe('works by accident'))
  test('a redirect does not ask for the mode of the descriptor, whoever exported it', () => expect(text({ path: 'N', flags: 'F0', sync: 'Y1' })).toBe('works, although the fd is read-only'))
})

test('every choice of the story runs to its end with each of them', { timeout: 60_000 }, () => {
  const left: string[] = []
  let n = 0
  for (const scenario of ['canonical', 'canonical-hostile']) for (const exporter of EXPORTERS) for (const { id: importer } of parts.importer) for (const { id: kernel } of parts.kernel) {
    for (const { id: flags } of parts.flags) for (const { id: path } of parts.path) for (const { id: sync } of parts.sync) {
      // One of twenty-three: enough for every two choices to meet, in a second or two.
      if (n++ % 23 !== 0) continue
      const { journal, problems, run: ran } = run({ scenario, exporter, importer, kernel, flags, path, sync })
      const { world } = ran!
      const name = [scenario, exporter, importer, kernel, flags, path, sync].join(' ')
      if (problems.length > 0) left.push(`${name}: ${problems[0]!.message}`)
      if (world.steps.some(step => is(step, 'ref.lost') || is(step, 'run.stuck'))) continue
      const kept = [...world.records.keys()].filter(id => /^(heap_buffer|cma_heap_buffer|udmabuf|memfd|vb2_\w+|dma_buf|attachment|resv|vma|file):/.test(id))
      if (kept.length > 0) left.push(`${name}: ${kept.join(' ')}`)
      expect(journal.steps.length, name).toBeGreaterThan(100)
    }
  }
  expect(left).toEqual([])
})

test('a story without a text for an exporter says so, and takes its usual one', () => {
  const { problems, journal } = run({ scenario: 'appendix-a', exporter: 'E6' })
  expect(problems.map(({ message }) => message)).toEqual(['Counters of one share has no program that allocates from E6; this is E1.'])
  expect(journal.header.chosen.exporter).toBe('E1')
})
