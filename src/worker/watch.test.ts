/** Every hazard is seen where it says it is, and a plain run shows none. */
import { expect, test } from 'vitest'
import { readTree } from '../tidy/tree.ts'
import { runRecipe } from './run-recipe.ts'
import { scenarios } from './shelves.ts'
import { recipeOf } from '../journal/hazard.ts'
import { hazards } from './watch.ts'

test('the shelf is not empty, and every known number is there once', () => {
  const known = hazards.map(h => h.known).filter(n => n !== undefined)
  expect(known).toEqual(expect.arrayContaining(['H20', 'H21']))
  expect(new Set(known).size).toBe(known.length)
})

test('no watcher asks which story or which machine it is', () => {
  const files = [...readTree(new URL('../..', import.meta.url).pathname, 'src')].filter(([path]) => path.startsWith('src/hazards/'))
  expect(files.length).toBeGreaterThan(22)
  expect(files.filter(([, text]) => /\.(recipe|chosen|title|board|devices|exporters|listing|program)\b/.test(text)).map(([path]) => path)).toEqual([])
})

test.each(hazards.map(h => [h.known, h] as const))('%s is seen where it should be', (_name, one) => {
  const { findings, journal, problems } = runRecipe(recipeOf(one))
  expect(problems).toEqual([])
  const finding = findings.find(f => f.hazard === one.id)
  expect(finding, `${one.id} in ${JSON.stringify(recipeOf(one))}: ${findings.map(f => f.known).join()}`).toBeDefined()
  expect(finding!.text).not.toMatch(/undefined|\{|NaN/)
  const ever = new Set(journal.steps.flatMap(step => step.changes.map(change => change.id)))
  expect(finding!.objects.length).toBeGreaterThan(0)
  expect(finding!.objects.filter(object => !ever.has(object))).toEqual([])
})

test.each(['V5', 'V9'].flatMap(variant => ['canonical', 'canonical-hostile'].flatMap(scenario => ['rk3399', 'reference-fc'].map(platform => [variant, scenario, platform] as const))))(
  'a plain run shows none: %s, %s, %s', (variant, scenario, platform) => expect(runRecipe({ scenario, variant, platform, exporter: 'E3' }).findings).toEqual([]))

/** Which are seen in the story, by platform, exporter kind and variant. A dirty line of an older picture is no newest byte: no H1 in V1. */
test.each([
  ['rk3399', 'E1', 'V1', 'H6 H21'], ['rk3399', 'E1', 'V5', 'H6'], ['rk3399', 'E1', 'V9', 'H6'],
  ['rk3399', 'E2', 'V1', 'H21 H7'], ['rk3399', 'E2', 'V5', 'H1 H14'], ['rk3399', 'E2', 'V6', 'H1 H14'], ['rk3399', 'E2', 'V9', 'H1 H14'],
  ['rk3399', 'E3', 'V1', 'H21'], ['rk3399', 'E3', 'V4', ''], ['rk3399', 'E3', 'V6', ''],
  ['reference-fc', 'E1', 'V1', 'H21'], ['reference-fc', 'E1', 'V5', ''], ['reference-fc', 'E2', 'V1', 'H21 H7'], ['reference-fc', 'E2', 'V5', ''], ['reference-fc', 'E3', 'V1', 'H21'],
])('%s, %s, %s: %s', (platform, exporter, variant, numbers) => {
  expect(runRecipe({ scenario: 'canonical', variant, platform, exporter }).findings.map(({ known }) => known).filter((n, i, all) => all.indexOf(n) === i).join(' ')).toBe(numbers)
})

test('a bracket that does nothing is seen where its lines are missed, and only there', () => {
  const seen = (exporter: string, sync: string): boolean => runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter, sync }).findings.some(({ known }) => known === 'H8')
  expect([seen('E2', 'Y1'), seen('E2', 'Y0'), seen('E1', 'Y1'), seen('E3', 'Y1')]).toEqual([true, false, false, false])
})

test('what the CPU reads after the GPU: old bytes through a cached mapping, the new ones through any other', () => {
  const verdict = (exporter: string, platform = 'rk3399'): string => runRecipe({ scenario: 'gpu-draws', variant: 'V5', platform, exporter }).verdict.text
  expect([verdict('E1'), verdict('E2'), verdict('E3'), verdict('E2', 'reference-fc')]).toEqual(['works', 'the CPU read old bytes', 'works', 'works'])
})

test('pages that happen to lie in one piece are taken by the display, by accident; memory in one piece is no accident', () => {
  const { program } = scenarios.find(s => s.id === 'display-imports')!
  const orderly = runRecipe({ scenario: 'display-imports', variant: 'V5', platform: 'rk3399', exporter: 'E3', program: program.replace(/ {2}old = .*\n.*old\)\n/, '') })
  expect(orderly.findings.map(({ known }) => known)).toEqual(['H20'])
  expect(orderly.verdict.text).toBe('works by accident')
  const scattered = runRecipe({ scenario: 'display-imports', variant: 'V5', platform: 'rk3399', exporter: 'E3' })
  expect(scattered.verdict.text).toBe('EINVAL at FD_TO_HANDLE')
  expect(runRecipe({ scenario: 'display-imports', variant: 'V5', platform: 'rk3399', exporter: 'E1' }).findings).toEqual([])
})
