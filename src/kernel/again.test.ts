/** What is told as one step is what would have been told one by one: the same machine afterwards, and far fewer steps. */
import { expect, test } from 'vitest'
import { MutableSnapshot } from '../journal/snapshot.ts'
import { runRecipe } from '../worker/run-recipe.ts'

const PAGES = 600
const program = (size: number): string => `process a {
  card = open("/dev/dri/card0", O_RDWR)
  bo = drmModeCreateDumbBuffer(card, ${size / 4}, 1, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(${size}, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, day)
  load(px + ${size - 4}, 4)
  munmap(px)
  drmModeDestroyDumbBuffer(card, bo)
}`
const ran = (pages: number) => runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E1', program: program(pages * 4096) })

test('pages that go the same way are one step, and those that need a table of their own are told in full', () => {
  const { journal: { steps } } = ran(PAGES)
  const again = steps.filter(({ event }) => event === 'again').map(({ fields }) => fields as { times: number; first: string })
  expect(again.map(({ first }) => first)).toEqual(['page.alloc', 'walk.cpu', 'walk.cpu', 'page.free'])
  expect(again[0]!.times).toBe(PAGES - 1)
  expect(again[3]!.times).toBe(PAGES - 1)
  // Every page faults once; 512 of them share a table.
  const full = steps.filter(({ event }) => event === 'fault.insert').length
  expect(full + again[1]!.times + again[2]!.times).toBe(PAGES)
  expect(steps.length).toBeLessThan(ran(2).journal.steps.length + 60)
})

test('few pages are told one by one', () => {
  const { journal: { steps } } = ran(8)
  expect(steps.filter(({ event }) => event === 'again')).toEqual([])
  expect(steps.filter(({ event }) => event === 'fault.insert').length).toBe(8)
})

test('the journal folds to the machine as it is, forwards and back', () => {
  const { journal: { steps }, run } = ran(PAGES)
  const here = new MutableSnapshot()
  for (const step of steps) here.apply(step)
  for (const [area, words] of Object.entries(run!.world.words)) {
    const filled = new Uint32Array(words.length)
    filled.set(here.words[area]?.subarray(0, words.length) ?? [])
    expect(Buffer.from(filled.buffer).equals(Buffer.from(words.buffer, words.byteOffset, words.byteLength)), area).toBe(true)
  }
  expect(here.records).toEqual(run!.world.records)
  for (const step of [...steps].reverse()) here.revert(step)
  expect(here.records.size).toBe(0)
  for (const words of Object.values(here.words)) expect(words.every(word => word === 0)).toBe(true)
})
