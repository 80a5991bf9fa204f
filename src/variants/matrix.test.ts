/**
 * The table of outcomes: how the story gets its pointer, and what the devices then see, for every exporter kind, flag, path, kernel and
 * sync discipline that the table has. A cell: how the mapping ended; the data without SYNC / with it. `good*`: right, but only because the
 * importer's mapping goes past the cache that another mapping uses.
 */
import { describe, expect, test } from 'vitest'
import { cellOf, mapped } from '../worker/cell.ts'
import { runRecipe } from '../worker/run-recipe.ts'

type Choices = Readonly<Record<string, string>>
const run = (recipe: Choices): ReturnType<typeof runRecipe> => runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', ...recipe })

const cell = (recipe: Choices): string => cellOf(['Y0', 'Y1'].map(sync => run({ ...recipe, sync })))

/** As it was written before there was a model, on the board whose display and GPU do not look into the CPU's caches. */
const WRITTEN = `
  |     | N·K52 panfrost   | N·KBLK | N·KRFC panfrost      | N·KNOW panfrost | N·KNOW msm       | D·F0   | D·F1            |
  | E1  | ok; good/good    | EINVAL | ok+leak; good/good   | ok; good/good   | ok; good/good    | EACCES | ok; good/good   |
  | E2  | ok; good*/good*  | EINVAL | ok+leak; stale/stale | ok; stale/stale | ok; good*/good*  | EACCES | ok; stale/stale |
  | E3  | ok; good/good    | EINVAL | ok+leak; good/good   | ok; good/good   | ok; good/good    | EACCES | ok; good/good   |
  | E4  | oops             | EINVAL | ok+leak; good/good   | ok; good/good   | oops             | EACCES | ok; good/good   |
  | E5  | ok; good*/good*  | EINVAL | ok+leak; good/good   | ok; good/good   | ok; good*/good*  | EACCES | ok; good/good   |
  | E6  | ok; good*/good*  | EINVAL | ok+leak; stale/good  | ok; stale/good  | ok; good*/good*  | EACCES | ok; stale/good  |
  | E7  | ok; good*/good*  | EINVAL | ok+leak; stale/good  | ok; stale/good  | ok; good*/good*  | EACCES | ok; stale/good  |
  | E8  | ok; good*/good*  | EINVAL | ok+leak; stale/stale | ok; stale/good  | ok; good*/good*  | as F1  | ok; stale/good  |
  | E9  | ok; good/good    | EINVAL | ok+leak; good/good   | ok; good/good   | ok; good/good    | EACCES | ok; good/good   |
  | E10 | ok; good*/good*  | EINVAL | ok+leak; stale/stale | ok; stale/good  | ok; good*/good*  | EACCES | ok; stale/good  |
`
/** Of whom a column speaks. The releases of today are 6.1 and the newest; what the kernel says through the dma-buf is the same in all. */
const KERNELS_OF: Readonly<Record<string, readonly string[]>> = { K52: ['K52'], KBLK: ['KBLK'], KRFC: ['KRFC'], KNOW: ['K61', 'KNOW'], F0: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'], F1: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'] }

/** Where the model says something else than the table, or the table does not say which: cells, what they are, and why. */
const OTHERWISE: readonly { readonly cells: RegExp; readonly is: string; readonly because: string }[] = [
  { cells: /^E5 N·(K52|KNOW msm)/, is: 'ok; good/good', because: 'amdgpu maps its buffers write-combined wherever they lie, so no other mapping uses the cache, and there is nothing to star' },
  { cells: /^E8 D·F0 .*(K52|KBLK|KRFC)$/, is: 'ok; stale/stale', because: 'udmabuf always opens its buffers for writing; before 5.6 it had no hook for SYNC to call' },
  { cells: /^E8 D·F0 .*(K61|KNOW)$/, is: 'ok; stale/good', because: 'udmabuf always opens its buffers for writing' },
  { cells: /^E(8|10) D·F1 .*(K52|KBLK|KRFC)$/, is: 'ok; stale/stale', because: 'the table speaks of today: udmabuf got hooks for SYNC with 5.6, video queues with 5.9' },
  { cells: /^E[67] N·(K52|KNOW msm).* F0/, is: 'ok; good/good', because: 'a heap buffer that was opened for reading only was never mapped by its owner: the importer\'s mapping is the only one' },
]

interface Cell { readonly name: string; readonly choices: Choices; readonly want: string }
function cells(): Cell[] {
  const [head, ...rows] = WRITTEN.trim().split('\n').map(line => line.split('|').slice(1, -1).map(text => text.trim())) as [string[], ...string[][]]
  return rows.flatMap(([exporter, ...written]) => written.flatMap((text, i) => {
    const column = head[i + 1]!
    const [, path, key, importer = 'panfrost'] = /^(\w)·(\w+) ?(\w+)?$/.exec(column)!
    return KERNELS_OF[key!]!.flatMap(kernel => (path === 'N' ? ['F0', 'F1'] : [key!]).map(flags => {
      const name = `${exporter} ${column} with ${flags} on ${kernel}`
      return { name, choices: { exporter: exporter!, path: path!, kernel, flags, importer }, want: OTHERWISE.find(found => found.cells.test(name))?.is ?? text }
    }))
  }))
}
const CELLS = cells()
test('the table has every exporter kind, path, flag and kernel', () => {
  expect(CELLS.length).toBe(10 * (2 + 2 + 2 + 4 + 4 + 5 + 5))
  for (const { cells: which, because } of OTHERWISE) expect(CELLS.some(({ name }) => which.test(name)), because).toBe(true)
  expect(CELLS.filter(({ want }) => want.startsWith('as '))).toEqual([])
})
describe('rk3399', () => {
  test.each([...new Set(CELLS.map(({ choices }) => choices.exporter!))])('%s', exporter => {
    const row = CELLS.filter(({ choices }) => choices.exporter === exporter)
    expect(Object.fromEntries(row.map(({ name, choices }) => [name, cell(choices)]))).toEqual(Object.fromEntries(row.map(({ name, want }) => [name, want])))
  })
})
/** Where everybody looks into the caches nothing is stale; two attributes for one page stay what they are. */
const CACHED_THERE: typeof OTHERWISE = [
  { cells: /^E3 N·KNOW msm/, is: 'ok; good*/good*', because: 'since 5.4 or so memory of the DMA API is cached for a device that looks into the caches, and msm maps it past them' },
  { cells: /^E9 N·(K52|KNOW msm)/, is: 'ok; good*/good*', because: 'the memory of a video queue is cached there in every release, and an importer that maps by itself goes past it' },
]
describe('reference-fc', () => {
  const calm = ({ name, want }: Cell): string => CACHED_THERE.find(found => found.cells.test(name))?.is ?? want.replaceAll('stale', 'good')
  test.each([...new Set(CELLS.map(({ choices }) => choices.exporter!))])('%s', exporter => {
    // With the flags of the thread's newer half, on the oldest kernel, the patched one and the newest.
    const row = CELLS.filter(({ choices }) => choices.exporter === exporter && choices.flags === 'F1' && /K52|KRFC|KNOW/.test(choices.kernel!))
    expect(Object.fromEntries(row.map(({ name, choices }) => [name, cell({ platform: 'reference-fc', ...choices })]))).toEqual(Object.fromEntries(row.map(one => [one.name, calm(one)])))
  })
})

const KERNELS = ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW']
for (const exporter of ['E1', 'E2', 'E3']) {
  const pointer = (choices: Choices): string => mapped(run({ exporter, ...choices }))
  test(`${exporter}: through the node the kernel decides, and the flags do not`, () => {
    for (const flags of ['F0', 'F1']) expect(KERNELS.map(kernel => pointer({ flags, path: 'N', kernel })), flags).toEqual(['ok', 'EINVAL', 'ok+leak', 'ok', 'ok'])
  })
  test(`${exporter}: through the dma-buf the flags decide, and the kernel does not`, () => {
    for (const kernel of KERNELS) expect(['F0', 'F1'].map(flags => pointer({ flags, path: 'D', kernel })), kernel).toEqual(['EACCES', 'ok'])
  })
  test(`${exporter}: the exporting device maps its own in every kernel; a dumb offset of an import is refused in every kernel, and a GPU's driver has no dumb buffers at all`, () => {
    for (const kernel of KERNELS) {
      expect(['S', 'M'].map(path => pointer({ path, kernel })), kernel).toEqual(['ok', 'ENOSYS'])
      for (const importer of ['cirrus', 'sun4i-drm']) expect(pointer({ path: 'M', kernel, importer }), kernel).toBe('EINVAL')
    }
  })
}

const COLUMNS: readonly Choices[] = [
  { path: 'N', kernel: 'K52' }, { path: 'N', kernel: 'KBLK' }, { path: 'N', kernel: 'KRFC' }, { path: 'N', kernel: 'K61' }, { path: 'N', kernel: 'KNOW' }, { path: 'D', flags: 'F0' }, { path: 'D', flags: 'F1' },
]
test('the verdict of each cell says the same', () => {
  const texts = (exporter: string): string[] => COLUMNS.map(choices => run({ exporter, ...choices }).verdict.text)
  const well = ['works by accident', 'EINVAL at MMAP_BO, then abort', 'works, leaks 1 importer reference', 'works, although the fd is read-only', 'works, although the fd is read-only', 'EACCES at mmap', 'works']
  expect(texts('E1')).toEqual(well)
  expect(texts('E3')).toEqual(well)
  const old = 'the GPU read old pixels in 32 of 64 lines'
  expect(texts('E2')).toEqual(['works by accident', 'EINVAL at MMAP_BO, then abort', old, old, old, 'EACCES at mmap', old])
})
