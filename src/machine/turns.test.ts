/** When a core's write-combined stores reach memory in a running program: with its own calls and turns, and with nobody else's. */
import { expect, test } from 'vitest'
import { is, type Step } from '../journal/step.ts'
import { pixels } from '../userspace/pictures.ts'
import { runRecipe } from '../worker/run-recipe.ts'

const SCREEN = `  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fb = drmModeAddFB(card, 32, 32, 128, bo)
  drmModePageFlip(card, fb)
`
const run = (program: string, picks: readonly number[] = []): readonly Step[] =>
  runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E3', program, picks }).journal.steps
const shown = (steps: readonly Step[]): Uint32Array => steps.flatMap(step => step.words.filter(w => w.area === 'display.shown').map(w => w.to)).at(-1)!
const drains = (steps: readonly Step[]): string[] => steps.flatMap(step => (is(step, 'wc.drain') && step.fields.why !== 'it is full' ? [`core ${step.fields.core}: ${step.fields.lines} (${step.fields.why})`] : []))
const day = pixels('day', 4096)

test('the display begins its frame right after the last store: four lines are not there yet', () => {
  const program = `process main A {\n${SCREEN}  fill(px, day)\n  fill(px, day)\n  drmHandleEvent(card)\n}\n`
  const steps = run(program)
  expect(shown(steps)).toEqual(day)
  // The engine may go first wherever it is asked: find the pick that lets it in between the two fills.
  const early = Array.from({ length: 40 }, (_, n) => run(program, [...Array.from({ length: n }, () => 0), 1])).map(shown)
  const partly = Uint32Array.from(day, (pixel, i) => (i < 60 * 16 ? pixel : 0))
  expect(early).toContainEqual(partly)
})

test('a call of its own drains a core; a call of a process on another core does not', () => {
  const program = `process one A {\n${SCREEN}  fill(px, day)\n  recv(two)\n}\nprocess two B {\n  send(one)\n}\n`
  const steps = run(program)
  expect(drains(steps)).toEqual(['core 1: 4 (a system call completes its stores)'])
})

test('a turn that ends, and a program that ends, have entered the kernel', () => {
  const lines = `process one A {\n${SCREEN}  fill(px, day)\n}\nprocess two B {\n  getpid2 = open("/dev/null", O_RDWR)\n}\n`
  expect(drains(run(lines))).toEqual(['core 1: 4 (its process waits)'])
  const scheduled = `process one A {\n${SCREEN}  fill(px, day)\n  store(px, "00")\n}\nprocess two B {\n  null = open("/dev/null", O_RDWR)\n}\nschedule A*7 B A\n`
  expect(drains(run(scheduled))).toEqual(['core 1: 4 (its process makes room)', 'core 1: 1 (its process waits)'])
})
