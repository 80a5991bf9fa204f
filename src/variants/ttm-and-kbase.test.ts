/** Importers that never put an exporter's pages into a mapping: TTM, which has none to put in (V13), and kbase, which asks the exporter itself (V26). In every kernel alike. */
import { describe, expect, test } from 'vitest'
import { is } from '../journal/step.ts'
import { cellOf, mapped } from '../worker/cell.ts'
import { runRecipe } from '../worker/run-recipe.ts'

type Choices = Readonly<Record<string, string>>
const run = (recipe: Choices): ReturnType<typeof runRecipe> => runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', ...recipe })
const cell = (recipe: Choices): string => cellOf([run(recipe)])
const KERNELS = ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW']

describe('amdgpu imports', () => {
  test.each(KERNELS)('%s: mmap of its node succeeds, and the first touch is SIGBUS', kernel => {
    for (const flags of ['F0', 'F1']) {
      const ran = run({ importer: 'amdgpu', path: 'N', kernel, flags })
      expect([mapped(ran), cellOf([ran])]).toEqual(['ok', 'SIGBUS'])
      const { steps } = ran.journal
      const at = steps.findIndex(step => is(step, 'ttm.fault.external'))
      expect(steps.slice(at).map(step => step.event as string)).toEqual(expect.arrayContaining(['fault.refused.page', 'signal.kill', 'task.exit']))
      expect(steps.some(step => is(step, 'store.bytes') && step.actor === 'task:B')).toBe(false)
      expect(ran.run!.world.ids('dma_buf')).toEqual([])
    }
  })
  test('the offset of a plain buffer is told for an import too, and shows as little', () => expect(KERNELS.map(kernel => cell({ importer: 'amdgpu', path: 'M', kernel }))).toEqual(KERNELS.map(() => 'SIGBUS')))
  test('by the dma-buf the exporter maps, and only the mode of its file counts', () => {
    for (const kernel of KERNELS) expect(['F0', 'F1'].map(flags => mapped(run({ importer: 'amdgpu', path: 'D', flags, kernel }))), kernel).toEqual(['EACCES', 'ok'])
  })
})

describe('kbase imports', () => {
  test.each(KERNELS)('%s: its own handler asks the exporter; nothing is blocked, nothing leaks, and the mode of the file is not looked at', kernel => {
    expect(cell({ importer: 'kbase', path: 'N', kernel, flags: 'F1', sync: 'Y1' })).toBe('ok; good')
    const plain = run({ importer: 'kbase', path: 'N', kernel })
    expect(cellOf([plain])).toBe('ok; good')
    const { journal, run: ran } = plain
    const redirect = journal.steps.find(step => is(step, 'mmap.redirect'))!
    const chain = redirect.stack.filter(name => /mmap/.test(name))
    expect(chain.slice(-2)).toEqual(['kbase_mmap', 'dma_buf_mmap'])
    expect(chain).not.toContain('drm_gem_mmap')
    expect(['gem', 'dma_buf', 'attachment', 'vma', 'job'].flatMap(kind => ran!.world.ids(kind as 'gem'))).toEqual([])
  })
  test('each exporter maps in its own way, so no row of the table has a star', () => {
    const row = (exporter: string): string => cell({ importer: 'kbase', path: 'N', kernel: 'K52', exporter })
    expect(['E1', 'E2', 'E3', 'E4', 'E5'].map(row)).toEqual(['ok; good', 'ok; stale', 'ok; good', 'ok; good', 'ok; good'])
    expect(cell({ importer: 'kbase', path: 'N', kernel: 'KNOW', exporter: 'no-mmap' })).toBe('EINVAL')
  })
  test('the area holds the dma-buf and not the import', () => {
    const { journal } = run({ importer: 'kbase', path: 'N', kernel: 'K52' })
    const done = journal.steps.find(step => is(step, 'mmap.done') && step.actor === 'task:B')!
    const before = journal.steps.slice(0, done.seq + 1)
    expect(before.filter(step => is(step, 'ref.take') && String((step.fields as { slot?: string }).slot).startsWith('vm_private_data')).at(-1)?.fields).toMatchObject({ to: expect.stringMatching(/^gem:A/) as string })
  })
})
