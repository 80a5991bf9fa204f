/** Machines with one mistake each, in the parts that the table of outcomes rests on. What devices see must tell every one of them from the real machine. */
import { expect, test } from 'vitest'
import type { Blueprint } from '../machine/blueprint.ts'
import { boot } from '../machine/boot.ts'
import { pixels } from '../userspace/pictures.ts'
import { readProgram } from '../userspace/program/check.ts'
import { choose } from '../worker/choose.ts'

/** Words that the display shows in the end and that are not the picture drawn. */
function wrong(choices: Readonly<Record<string, string>>, change: (b: Blueprint) => Blueprint): number {
  const { blueprint, scenario } = choose({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', ...choices })
  const run = boot(change(blueprint), readProgram(scenario.program).program)
  while (run.tick(() => 0));
  const shown = run.world.words['display.shown']
  return pixels('day', 4096).reduce((sum, word, i) => sum + (shown?.[i] === word ? 0 : 1), 0)
}
const real = (b: Blueprint): Blueprint => b

const mistakes: readonly (readonly [string, Readonly<Record<string, string>>, (b: Blueprint) => Blueprint])[] = [
  ['contiguous memory is mapped cached on a machine that is not coherent', {}, b => ({ ...b, kernel: { ...b.kernel, dmaPgprot: () => 'wb' } })],
  ['the firmware calls the display coherent, and it is not wired so', { kernel: 'KNOW' }, b => ({ ...b, platform: { ...b.platform, dtCoherent: { rockchip: true } } })],
]
test.each(mistakes)('%s', (_title, choices, change) => {
  expect(wrong(choices, real)).toBe(0)
  expect(wrong(choices, change)).toBeGreaterThan(500)
})
