/** The law of the house. Every rule is shown a planted violation, so that none can sleep. */
import { describe, expect, test } from 'vitest'
import { carriedForNothing, circles, MAY, wrongImports } from './tidy/folders.ts'
import { wrongGlobals } from './tidy/globals.ts'
import { versionless } from './tidy/links.ts'
import { askingStyles, headless, leftOvers, openShelves, strangePlaces, tooLong, unmirrored, untyped } from './tidy/marks.ts'
import { gluedSentences } from './tidy/sentences.ts'
import { readTree, type Tree } from './tidy/tree.ts'

const tree = readTree(new URL('..', import.meta.url).pathname)

type Rule = (tree: Tree) => string[]
/** Path and text of a violation. */
type Plant = readonly [path: string, text: string]

const head = '/** Planted. */\n'
/** What a planted file may find beside it: a shelf with something on it, one half of a circle. Nothing is wrong with them. */
const NEIGHBOURS: Tree = new Map([
  ['src/worker/says.ts', `${head}const files = import.meta.glob(['../machine/*.ts', '!../machine/*.test.ts', '!../machine/_*.ts'])`],
  ['src/worker/worker.ts', `${head}import './says.ts'`],
  ['src/variants/today.ts', `${head}export {}`], ['src/base/half.ts', `${head}import './planted.ts'`],
])
const laws: readonly (readonly [title: string, rule: Rule, plants: readonly Plant[]])[] = [
  ['every import points towards the bridge', wrongImports, [
    ['src/base/planted.ts', 'import \'../journal/step.ts\''],
    ['src/journal/planted.ts', 'import type { World } from \'../world/world.ts\''],
    ['src/hardware/planted.ts', 'export * from \'../kernel/fault.ts\''],
    ['src/kernel/planted.ts', 'import { boot } from \'../machine/boot.ts\''],
    ['src/kernel/syscalls/planted.ts', 'type B = import(\'../../stage/frame.ts\').Frame'],
    ['src/userspace/planted.ts', 'import { syscalls } from \'../kernel/trap.ts\''],
    ['src/userspace/planted.ts', 'import { World } from \'../world/world.ts\''],
    ['src/variants/planted.ts', 'import { scenario } from \'../scenarios/canonical.ts\''],
    ['src/machine/planted.ts', 'const files = import.meta.glob([\'../variants/*.ts\', \'!../variants/*.test.ts\', \'!../variants/_*.ts\'])'],
    ['src/stage/planted.tsx', 'import { useStore } from \'../app/store.ts\''],
    ['src/stage/planted.tsx', 'import type { Kernel } from \'../kernel/context.ts\''],
    ['src/stage/planted.tsx', 'const k = await import(\'../kernel/fault.ts\')'],
    ['src/app/planted.ts', 'import { startRecipe } from \'../worker/run-recipe.ts\''],
    ['src/worker/client.ts', 'import { runRecipe } from \'./run-recipe.ts\''],
    ['src/pages/planted.tsx', 'import { connect } from \'../worker/client.ts\''],
    ['src/attic/planted.ts', 'export {}'],
    ['src/kernel/planted.ts', 'import test from \'./says.test.ts\''],
  ]],
  ['packages stay where they belong', wrongImports, [
    ['src/kernel/planted.ts', 'import { readFileSync } from \'node:fs\''],
    ['src/worker/planted.ts', 'import { scaleLinear } from \'d3-scale\''],
    ['src/stage/planted.tsx', 'import { create } from \'zustand\''],
    ['src/stage/planted.tsx', 'import * as d3 from \'d3\''],
    ['src/cli/planted.ts', 'import React from \'react\''],
  ]],
  ['nothing imports in a circle', circles, [
    ['src/base/planted.ts', 'import \'./half.ts\'; export const x = 1'],
  ]],
  ['the machine has no DOM, no clock, no chance', wrongGlobals, [
    ['src/kernel/planted.ts', 'export const now = Date.now()'],
    ['src/kernel/planted.ts', 'export const now = performance.now()'],
    ['src/hardware/planted.ts', 'export const r = Math.random()'],
    ['src/hardware/planted.ts', 'export const r = Math[\'random\']()'],
    ['src/hardware/planted.ts', 'const { random } = Math'],
    ['src/hardware/planted.ts', 'const m = Math; m.random()'],
    ['src/machine/planted.ts', 'setTimeout(() => {}, 1)'],
    ['src/machine/planted.ts', 'export async function run() {}'],
    ['src/machine/planted.ts', 'export function* run() { yield 1 }'],
    ['src/world/planted.ts', 'export const d = globalThis.document'],
    ['src/world/planted.ts', 'export const d = globalThis[\'Da\' + \'te\']'],
    ['src/world/planted.ts', 'const d = (() => 0).constructor(\'return Date\')()'],
    ['src/userspace/planted.ts', 'export const f = { document }'],
    ['src/userspace/planted.ts', 'const { now = Date } = {}'],
    ['src/journal/planted.ts', 'export const w = typeof window'],
    ['src/scenarios/planted.ts', 'export const n = new Date()'],
    ['src/worker/planted.ts', 'self.postMessage(1)'],
    ['src/variants/planted.ts', 'console.log(1)'],
  ]],
  ['a scene is a picture of its frame', wrongGlobals, [
    ['src/stage/planted.tsx', 'export const x = Math.random()'],
    ['src/stage/planted.tsx', 'export const x = performance.now()'],
    ['src/stage/planted.tsx', 'export const x = document.title'],
    ['src/stage/planted.tsx', 'export const x = (e: Element) => e.getBoundingClientRect()'],
    ['src/stage/planted.tsx', 'requestAnimationFrame(() => {})'],
  ]],
  ['shelves take in neither tests nor templates', openShelves, [
    ['src/worker/planted.ts', 'const f = import.meta.glob(\'../variants/*.ts\')'],
    ['src/worker/planted.ts', 'const f = import.meta.glob([\'../variants/*.ts\', \'!../variants/*.test.ts\'])'],
    ['src/worker/planted.ts', 'const f = import.meta.glob([\'../variants/*.ts\', \'!../variants/_*.ts\'])'],
  ]],
  ['the worker carries nothing that only tests need', carriedForNothing, [['src/machine/planted.ts', `${head}export const onlyForTests = 1`]]],
  ['a file has at most 400 lines', tooLong, [['src/kernel/planted.ts', 'export {}\n'.repeat(401)]]],
  ['no marks are left over', leftOvers, [
    ['src/kernel/planted.ts', `// ${'TO'}DO: later`],
    ['src/kernel/planted.ts', `// ${'@ts'}-ignore`],
    ['src/kernel/planted.ts', `// ${'eslint'}-disable-next-line`],
    ['src/kernel/planted.test.ts', `test${'.only'}('x', () => {})`],
    ['src/kernel/planted.test.ts', `describe${'.skip'}('x', () => {})`],
  ]],
  ['no type is given up', untyped, [
    ['src/kernel/planted.ts', `export const x = 1 as ${'any'}`],
    ['src/kernel/planted.ts', `export const f = (x: ${'any'}[]) => x`],
  ]],
  ['no sentence is put together in a component', gluedSentences, [
    ['src/pages/planted.tsx', 'export const x = (name: string) => <b title={`Show ${name} alone`} />'],
    ['src/pages/planted.tsx', 'export const x = (n: number) => <p>without {n} more</p>'],
    ['src/pages/planted.tsx', 'export const x = (n: number) => <p>of <b>{n}</b></p>'],
    ['src/pages/planted.tsx', 'export const x = (a: string[]) => <p>What <List of={a} /> do here.</p>'],
    ['src/pages/planted.tsx', 'export const x = (same: boolean) => <p>{same && \', which went another way\'}</p>'],
    ['src/pages/planted.ts', 'export const x = (names: string[]) => names.join(\' and \')'],
    ['src/stage/planted.ts', 'export const x = (n: number) => `${n} lines`'],
    ['src/stage/planted.ts', 'export const x = (n: number) => \'page \' + n'],
    ['src/app/planted.ts', 'export const x = (at: number) => `There is no step ${at}.`'],
    ['src/app/planted.ts', 'export class Odd extends Error {}; export const x = (path: string) => { throw new Odd(`${path} could not be fetched.`) }'],
    ['src/take/forms/planted.ts', 'export const x = (n: number) => `${n} more ${n === 1 ? "page" : "pages"}`'],
    ['src/take/planted.ts', 'export const x = (n: number) => n === 1 ? "page" : "pages"'],
    ['src/hazards/planted.ts', 'export const x = (job: string, n: number) => `${job} read ${n} lines`'],
    ['src/userspace/program/planted.ts', 'export const x = (call: string) => `There is no call ${call}.`'],
    ['src/variants/planted.ts', 'export const x = (version: string) => `Mesa ${version}`'],
    ['src/journal/planted.ts', 'export const x = (of: string) => `the display of ${of}`'],
    ['src/machine/planted.ts', 'export const x = (names: string[]) => names.join(\' and \')'],
    ['src/worker/planted.ts', 'export const x = (id: string) => ({ message: `There is no variant ${id}.` })'],
    ['src/recordings/planted.ts', 'export const x = (n: number) => `${n} dma-bufs outlive all processes`'],
    ['src/chapters/planted.ts', 'export const x = (mode: string) => `a ${mode} descriptor`'],
  ]],
  ['every link names its version', versionless, [
    ['src/chapters/planted.ts', 'export const text = \'[Mesa](https://gitlab.freedesktop.org/mesa/mesa/-/blob/main/src/panfrost/lib/pan_bo.c)\''],
    ['src/chapters/planted.ts', 'export const text = \'[Linux](https://github.com/torvalds/linux/blob/master/mm/mmap.c)\''],
    ['src/chapters/planted.ts', 'export const text = \'[the thread](https://lists.freedesktop.org/archives/mesa-dev/2019-July/)\''],
    ['src/chapters/planted.ts', 'export const sources = [{ title: \'do_mmap\', version: \'Linux 5.2\', url: \'https://elixir.bootlin.com/linux/latest/source/mm/mmap.c\' }]'],
    ['src/variants/planted.ts', 'export const sources = [{ title: \'a report\', version: \'GitHub\', url: \'https://github.com/swaywm/wlroots/pull/3153\' }]'],
    ['src/variants/planted.ts', 'export const sources = [{ title: \'one\', url: \'https://github.com/swaywm/wlroots/pull/3153\' }, { title: \'two\', version: \'May 2020\', url: \'#evidence\' }]'],
    ['src/hazards/planted.ts', 'export const url = \'https://docs.kernel.org/driver-api/dma-buf.html\''],
    ['README.md', 'see [the patch](https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/mm/mmap.c?h=master)'],
  ]],
  ['the repository stands alone', strangePlaces, [
    ['README.md', `see ../${'shared'}/domain`],
    ['src/kernel/planted.ts', `// copied from ${'/wor'}k/main`],
    ['.npmrc', `registry=https://${'registry.'}npmjs.org`],
    ['package-lock.json', '{ "resolved": "x" }'],
  ]],
  ['no style of a stage looks for a child', askingStyles, [['src/pages/compare/planted.css', '.page:has(> .panel) .benches { padding-right: 494px; }']]],
  ['a file opens by saying what it is', headless, [['src/kernel/planted.ts', 'export {}']]],
  ['a simulated thing says what it mirrors and what it leaves out', unmirrored, [
    ['src/kernel/syscalls/planted.ts', `${head}export {}`],
    ['src/kernel/drivers/planted.ts', '/** Mirrors: nothing. */'],
    ['src/hardware/planted.ts', '/** Leaves out: everything. */\nworld.write(area, 0, [1])'],
    ['src/kernel/planted.ts', `${head}world.set(a, b, c)`],
    ['src/kernel/syscalls/planted.ts', '/** The work is in nowhere.ts. */'],
  ]],
]

describe.each(laws)('%s', (_title, rule, plants) => {
  test('in the whole house', () => expect(rule(tree)).toEqual([]))
  test('not in the neighbours of what is planted', () => expect(rule(NEIGHBOURS)).toEqual([]))
  test.each(plants.map(([path, text]) => [path, text.slice(0, 80).trim().split('\n')[0], text]))('not with %s: %s', (path, _first, text) => {
    expect(rule(new Map([...NEIGHBOURS, [path, text]])).join('\n')).toContain(path)
  })
})

test('the table of folders names folders that are there, or shelves still to come', () => {
  const folders = new Set([...tree.keys()].filter(path => path.startsWith('src/')).map(path => path.split('/')[1]))
  expect(Object.keys(MAY).filter(folder => !folders.has(folder) && !['hazards', 'quirks', 'traces', 'chapters', 'bench'].includes(folder))).toEqual([])
})

test.each([
  '<g key={`row ${n}`} id={`line ${n}`} className={`part ${n}`} transform={`translate(${n} 4)`}><path d={`M ${n} 0 L 4 ${n}`} /></g>',
  '`#scenario=${n}&step=${n}`', '`url(#old-${n})`', '`${n}px solid var(--line)`', '`https://docs.mesa3d.org/relnotes/${n}.html`', '`line:${n}`',
  '`# A job is waited for.\\nprocess client A {\\n  bo = CREATE_BO(gpu, ${n})\\n}`', '`  fill(px, ${n})  # by chance\\n`', 'assert(n > 0, `there is no step ${n}`)', 'new Error(`there is no step ${n}`)',
  'n === 1 ? "importer" : "kernel"', 'fill(SENTENCES.step, { n })',
])('no sentence is put together in %s', (text) => {
  expect(gluedSentences(new Map([['src/stage/planted.tsx', `export const x = (n: number) => ${text}`]]))).toEqual([])
})
