/** Every quirk bites in the run that it names, in the kernels that it names, and in no other; plain runs show none. */
import { describe, expect, test } from 'vitest'
import { plainText } from '../journal/say.ts'
import type { QuirkRun } from '../journal/quirk.ts'
import { base } from '../machine/base.ts'
import { boot } from '../machine/boot.ts'
import { flavours } from '../kernel/flavours.ts'
import { readProgram } from '../userspace/program/check.ts'
import { bitesOf, quirks } from '../worker/bites.ts'
import { runRecipe } from '../worker/run-recipe.ts'

const KERNELS = Object.keys(flavours)

function run({ exporter = 'kms-shmem', importer = 'panfrost', program: lines }: QuirkRun, kernel: string) {
  const { program, mistakes } = readProgram(`process a A {${lines}}`)
  expect(mistakes.map(m => m.message)).toEqual([])
  const machine = boot({ ...base, kernel: flavours[kernel]!, devices: base.devices.map(d => ({ ...d, driver: d.role === 'exporter' ? exporter : importer })) }, program)
  while (machine.tick(() => 0));
  return machine.world
}

test('the shelf has what the documents list: marked quirks, surprises of the recordings, and those of 5.2 and of the patch', () => {
  expect(quirks.length).toBeGreaterThanOrEqual(36)
  expect(new Set(quirks.map(({ id }) => id)).size).toBe(quirks.length)
  expect(new Set(quirks.map(({ title }) => title)).size).toBe(quirks.length)
})

describe.each(quirks.map(one => [one.id, one] as const))('%s', (id, { seenIn, text, source }) => {
  test.each(KERNELS)('%s', kernel => {
    const world = run(seenIn, kernel)
    const bites = bitesOf(world).filter(({ quirk }) => quirk === id)
    expect(bites.length > 0).toBe(seenIn.kernels.includes(kernel))
    for (const { seq, objects } of bites) {
      expect(world.steps[seq]!.call).not.toBe('')
      const ever = new Set(world.steps.flatMap(step => step.changes.map(change => change.id)))
      expect(objects.length).toBeGreaterThan(0)
      expect(objects.filter(object => !ever.has(object))).toEqual([])
    }
  })
  test('says in one sentence what it is, and where it can be read', () => {
    expect(text).toMatch(/^[^\n]{30,240}\.$/)
    expect(source.file).toMatch(/^[a-z][\w/-]+\.c$/)
    expect(source.version).toMatch(/^v[56]\./)
    expect(plainText(text)).toBe(text)
  })
})

test('a story that asks for nothing odd shows no quirk', () => {
  for (const kernel of KERNELS) {
    const { journal } = runRecipe({ scenario: 'canonical', variant: 'V5', kernel, platform: 'rk3399', exporter: 'E3' })
    expect(journal.steps.length).toBeGreaterThan(100)
    expect(bitesOf(journal).map(({ quirk }) => quirk)).toEqual([])
  }
})

test.each([
  ['V1', ['mode-not-asked-on-the-node']], ['V4', []], ['V6', ['patch-keeps-the-import', 'mode-not-asked-on-the-node']], ['V9', ['mode-not-asked-on-the-node']],
])('%s: the story itself, whatever the exporter is made of', (variant, expected) => {
  for (const exporter of ['E1', 'E2', 'E3']) {
    const { journal } = runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', exporter })
    expect([...new Set(bitesOf(journal).map(({ quirk }) => quirk))], exporter).toEqual(expected)
  }
})
