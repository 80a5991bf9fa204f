/**
 * The table of outcomes: how the story gets its pointer, and what the devices then see, for every exporter kind, flag, path and
 * kernel that the table has. `good*`: right, but only because the importer's mapping goes past the cache that another mapping uses.
 */
import { describe, expect, test } from 'vitest'
import { cellOf, mapped } from '../worker/cell.ts'
import { runRecipe } from '../worker/run-recipe.ts'

type Choices = Readonly<Record<string, string>>
const run = (recipe: Choices): ReturnType<typeof runRecipe> => runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', ...recipe })

const cell = (recipe: Choices): string => cellOf(['Y0', 'Y1'].map(sync => run({ ...recipe, sync })))

const COLUMNS: readonly (readonly [string, Choices])[] = [
  ['N·K52', { path: 'N', kernel: 'K52' }], ['N·KBLK', { path: 'N', kernel: 'KBLK' }], ['N·KRFC', { path: 'N', kernel: 'KRFC' }],
  ['N·K61', { path: 'N', kernel: 'K61' }], ['N·KNOW', { path: 'N', kernel: 'KNOW' }], ['D·F0', { path: 'D', flags: 'F0' }], ['D·F1', { path: 'D', flags: 'F1' }],
]
const TABLE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  rk3399: {
    E1: ['ok; good/good', 'EINVAL', 'ok+leak; good/good', 'ok; good/good', 'ok; good/good', 'EACCES', 'ok; good/good'],
    E2: ['ok; good*/good*', 'EINVAL', 'ok+leak; stale/stale', 'ok; stale/stale', 'ok; stale/stale', 'EACCES', 'ok; stale/stale'],
    E3: ['ok; good/good', 'EINVAL', 'ok+leak; good/good', 'ok; good/good', 'ok; good/good', 'EACCES', 'ok; good/good'],
  },
  // Where everybody looks into the caches nothing is stale; the two attributes for one page stay what they are.
  'reference-fc': {
    E1: ['ok; good/good', 'EINVAL', 'ok+leak; good/good', 'ok; good/good', 'ok; good/good', 'EACCES', 'ok; good/good'],
    E2: ['ok; good*/good*', 'EINVAL', 'ok+leak; good/good', 'ok; good/good', 'ok; good/good', 'EACCES', 'ok; good/good'],
    E3: ['ok; good/good', 'EINVAL', 'ok+leak; good/good', 'ok; good/good', 'ok; good/good', 'EACCES', 'ok; good/good'],
  },
}
for (const [platform, rows] of Object.entries(TABLE)) {
  describe(platform, () => {
    test.each(Object.entries(rows))('%s', (exporter, cells) => {
      expect(Object.fromEntries(COLUMNS.map(([name, choices]) => [name, cell({ platform, exporter, ...choices })]))).toEqual(Object.fromEntries(COLUMNS.map(([name], i) => [name, cells[i]])))
    })
  })
}

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

test('the verdict of each cell says the same', () => {
  const texts = (exporter: string): string[] => COLUMNS.map(([, choices]) => run({ exporter, ...choices }).verdict.text)
  const well = ['works by accident', 'EINVAL at MMAP_BO, then abort', 'works, leaks 1 importer reference', 'works, although the fd is read-only', 'works, although the fd is read-only', 'EACCES at mmap', 'works']
  expect(texts('E1')).toEqual(well)
  expect(texts('E3')).toEqual(well)
  const old = 'the GPU read old pixels in 32 of 64 lines'
  expect(texts('E2')).toEqual(['works by accident', 'EINVAL at MMAP_BO, then abort', old, old, old, 'EACCES at mmap', old])
})
