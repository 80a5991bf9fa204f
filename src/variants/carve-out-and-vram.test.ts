/**
 * Memory without struct page (E4) and a graphics card's memory (E5) beyond their rows of the table of outcomes (matrix.test.ts), and what dma-bufs
 * answer whose exporter has no mmap for them.
 */
import { describe, expect, test } from 'vitest'
import { is, type Step } from '../journal/step.ts'
import { cellOf, mapped } from '../worker/cell.ts'
import { runRecipe } from '../worker/run-recipe.ts'

type Choices = Readonly<Record<string, string>>
const run = (recipe: Choices): ReturnType<typeof runRecipe> => runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', ...recipe })
test.each(['E4', 'E5'])('%s: etnaviv of today redirects, and msm of 2019 maps by itself as it does today', exporter => {
  const cell = (choices: Choices): string => cellOf(['Y0', 'Y1'].map(sync => run({ exporter, path: 'N', sync, ...choices })))
  expect([cell({ importer: 'etnaviv', kernel: 'KNOW' }), cell({ importer: 'msm', kernel: 'K52' })]).toEqual(['ok; good/good', exporter === 'E4' ? 'oops' : 'ok; good/good'])
})

describe('memory without struct page', () => {
  const oops = run({ exporter: 'E4', kernel: 'K52', path: 'N' })
  test('the kernel oopses in the importer\'s fault handler, and the process ends as Linux ends it: mappings first, then files', () => {
    const at = oops.journal.steps.findIndex(step => is(step, 'fault.oops'))
    expect(oops.journal.steps[at]!.stack.slice(-1)).toEqual(['handle_mm_fault'])
    expect(oops.journal.steps.slice(0, at).findLast(step => is(step, 'fn.enter'))).toMatchObject({ fields: { fn: 'vmf_insert_page' } })
    const after = oops.journal.steps.slice(at).map((step: Step) => step.event as string)
    expect(after.indexOf('vma.remove')).toBeLessThan(after.indexOf('fd.close'))
    expect(after).toContain('task.exit')
    expect(oops.verdict).toMatchObject({ glyph: '✗', text: 'kernel oops at fill, and the process is gone' })
  })
  test('nothing of it is left when all have gone', () => {
    for (const kind of ['vma', 'gem', 'dma_buf', 'attachment'] as const) expect(oops.run!.world.ids(kind), kind).toEqual([])
  })
  test('the exporter wakes its device before the area is there, and lets it sleep when the area goes', () => {
    for (const choices of [{ path: 'N', kernel: 'KNOW' }, { path: 'D', flags: 'F1', kernel: 'K52' }] as readonly Choices[]) {
      const { journal, run: ran } = run({ exporter: 'E4', ...choices })
      const inClient = journal.steps.filter(step => step.actor === 'task:B' && /^(carveout\.(awake|asleep)|mmap\.done|store\.bytes)$/.test(step.event)).map(step => step.event)
      expect(inClient).toEqual(['carveout.awake', 'mmap.done', 'store.bytes', 'carveout.asleep'])
      expect(ran!.world.ids('gem')).toEqual([])
    }
  })
  test('vgem of 2019 counts one more reference of a page that is not there', () => {
    expect(run({ exporter: 'E4', importer: 'vgem', kernel: 'K52', path: 'M' }).journal.steps.some(step => is(step, 'fault.oops'))).toBe(true)
  })
})

describe('a graphics card\'s memory', () => {
  const moves = ({ journal }: ReturnType<typeof run>): string[] => journal.steps.flatMap(step => (is(step, 'ttm.move') ? [`${step.fields.from} ${step.fields.to} in ${step.call.split('.')[0]}`] : []))
  test.each(['K52', 'KRFC', 'K61', 'KNOW'])('%s: it moves once, when the importer attaches, and is pinned until that one goes', kernel => {
    const ran = run({ exporter: 'E5', kernel })
    expect(moves(ran)).toEqual(['vram system in B'])
    expect(ran.journal.steps.filter(step => is(step, 'ttm.pin') || is(step, 'ttm.unpin')).map(step => step.event)).toEqual(kernel === 'KRFC' ? ['ttm.pin'] : ['ttm.pin', 'ttm.unpin'])
  })
  test('with SYNC: START announces reads, but the pages are pinned where they should go already', () => {
    const { journal } = run({ exporter: 'E5', path: 'D', flags: 'F1', sync: 'Y1' })
    expect(journal.steps.flatMap(step => (is(step, 'ttm.begin') ? [step.fields.action] : []))).toEqual(['pinned'])
  })
})

const pointer = (recipe: Choices): string => mapped(run(recipe))
test('5.2: a dma-buf whose driver has no gem_prime_mmap answers ENOSYS; through the importer\'s node it is mapped, and with the patch it is not', () => {
  expect(['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'].map(kernel => pointer({ exporter: 'nouveau', path: 'D', flags: 'F1', kernel }))).toEqual(['ENOSYS', 'ENOSYS', 'ENOSYS', 'ok', 'ok'])
  expect(['K52', 'KRFC', 'KNOW'].map(kernel => pointer({ exporter: 'nouveau', path: 'N', kernel }))).toEqual(['ok', 'ENOSYS', 'ok'])
})
test('today: a dma-buf whose exporter has no mmap answers EINVAL, to a process and to an importer that redirects; its mode is asked first', () => {
  for (const kernel of ['K61', 'KNOW']) {
    expect(['D', 'N'].map(path => pointer({ exporter: 'no-mmap', path, flags: 'F1', kernel })), kernel).toEqual(['EINVAL', 'EINVAL'])
    expect(pointer({ exporter: 'no-mmap', path: 'D', flags: 'F0', kernel })).toBe('EACCES')
  }
})
test('5.2 exports no buffer without the hook', () => {
  for (const path of ['D', 'N']) expect(run({ exporter: 'no-mmap', path, kernel: 'K52' }).verdict.text).toBe('EINVAL at HANDLE_TO_FD')
})
