/** What the six variants must end in, asked of the journal and the world themselves and not of golden files. */
import { expect, test } from 'vitest'
import { is, type Step } from '../journal/step.ts'
import type { Id, Objects } from '../journal/vocabulary.ts'
import { pixels } from '../userspace/pictures.ts'
import { stopsOf } from '../journal/stops.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe, type Finished } from '../worker/run-recipe.ts'

const story = (variant: string, more: Record<string, string> = {}): ReturnType<typeof runRecipe> => runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', ...more })
const refusals = ({ journal }: Finished): string[] => journal.steps.flatMap(step => (is(step, 'call.leave') && step.fields.errno !== null ? [`${step.call} ${step.fields.name} ${step.fields.errno}`] : []))
/** Kinds of objects that the story leaves behind, with their number. */
function left({ run }: ReturnType<typeof runRecipe>): Record<string, number> {
  const kinds = ['gem', 'dma_buf', 'attachment', 'vma', 'drm_file', 'fb', 'fence', 'bo', 'ref', 'file'] as const
  return Object.fromEntries(kinds.flatMap(kind => {
    const ids = run!.world.ids(kind).filter(id => !(kind === 'ref' && /^ref:(device|crtc|gpu_mmu|boot)/.test(id)))
    return ids.length ? [[kind, ids.length]] : []
  }))
}
const chainOf = (steps: readonly Step[], fn: string): readonly string[] | undefined => steps.find(step => step.stack.at(-1) === fn)?.stack

test('V1 works by accident: the exporter is never asked', () => {
  const ran = story('V1')
  expect(ran.verdict).toMatchObject({ glyph: '◐', text: 'works by accident' })
  expect(refusals(ran)).toEqual([])
  expect(left(ran)).toEqual({})
  expect(ran.journal.steps.some(step => step.call.startsWith('B.') && step.stack.includes('dma_buf_mmap'))).toBe(false)
  expect(chainOf(ran.journal.steps, 'drm_gem_shmem_mmap')).toBeDefined()
})

test('V2: EINVAL at MMAP_BO, and Mesa of 2019 aborts', () => {
  const ran = story('V2')
  expect(ran.verdict.text).toBe('EINVAL at MMAP_BO, then abort')
  expect(refusals(ran)[0]).toMatch(/^B\.\d+ gbm_bo_import SIGABRT$/)
  expect(ran.run!.world.get('task:B').ended).toBe('SIGABRT')
  expect(left(ran)).toEqual({})
})

test('V4: EACCES at mmap, before any driver is asked', () => {
  const ran = story('V4')
  expect(ran.verdict).toMatchObject({ glyph: '✗', text: 'EACCES at mmap' })
  expect(refusals(ran)).toEqual([expect.stringMatching(/^B\.\d+ gbm_bo_map EACCES$/)])
  const refused = ran.journal.steps.find(step => is(step, 'mmap.refused.mode'))!
  expect(refused.stack.slice(refused.stack.indexOf('|'))).toEqual(['|', 'ksys_mmap_pgoff', 'do_mmap'])
  expect(left(ran)).toEqual({})
})

test('V5 works: the exporter maps, the importer is not asked', () => {
  const ran = story('V5')
  expect(ran.verdict).toMatchObject({ glyph: '✓', text: 'works' })
  expect(refusals(ran)).toEqual([])
  expect(ran.journal.steps.some(step => step.stack.includes('dma_buf_mmap_internal'))).toBe(true)
  expect(left(ran)).toEqual({})
})

test('V6 works and leaks one reference of the importer', () => {
  const ran = story('V6')
  expect(ran.verdict).toMatchObject({ glyph: '⚠', text: 'works, leaks 1 importer reference' })
  expect(refusals(ran)).toEqual([])
  expect(ran.journal.steps.filter(step => is(step, 'ref.lost'))).toHaveLength(1)
  const lost = ran.run!.world.ids('ref').map(id => ran.run!.world.get(id)).filter(ref => ref.lost)
  expect(lost).toHaveLength(1)
  expect(ran.run!.world.get(lost[0]!.to as Id<'gem'>).importAttach).not.toBeNull()
  expect(left(ran)).toMatchObject({ gem: 2, dma_buf: 1, attachment: 1 })
})

test('V9 works, although the descriptor is read-only', () => {
  const ran = story('V9')
  expect(ran.verdict).toMatchObject({ glyph: '✓', text: 'works, although the fd is read-only' })
  expect(refusals(ran)).toEqual([])
  const exported = ran.journal.steps.flatMap(step => step.changes).find(c => c.field === null && c.id.startsWith('file:') && (c.to as Objects['file'] | undefined)?.kind === 'dmabuf')!
  expect((exported.to as Objects['file']).fmode).toEqual({ read: true, write: false })
  expect(left(ran)).toEqual({})
})

/** The call in which a thing happened, by its name; undefined: it never did. */
const when = ({ journal, run }: ReturnType<typeof runRecipe>, event: Step['event']): string | undefined => {
  const step = journal.steps.findLast(step => step.event === event)
  return step && run!.script.byLetter.get(step.call[0]!)!.calls.find(call => call.key === step.call)!.call.name
}
const ENDS = ['dmabuf.release', 'dma.free'] as const

test.each(['V1', 'V2', 'V4', 'V5', 'V9'])('%s, the friendly ending: dma-buf and memory end when the owner gives its handle back', variant => {
  const ran = story(variant)
  for (const event of ENDS) expect(when(ran, event), event).toBe('drmModeDestroyDumbBuffer')
  expect(left(ran)).toEqual({})
})

test.each([['V1', 'gbm_bo_destroy'], ['V2', 'drmModeDestroyDumbBuffer'], ['V4', 'gbm_bo_destroy'], ['V5', 'gbm_bo_destroy'], ['V9', 'gbm_bo_destroy']])(
  '%s, the hostile ending: the memory outlives its owner and ends in %s', (variant, last) => {
    const ran = runRecipe({ scenario: 'canonical-hostile', variant, platform: 'rk3399' })
    for (const event of ENDS) expect(when(ran, event), event).toBe(last)
    if (variant !== 'V2' && variant !== 'V4') expect(refusals(ran)).toEqual([])
    expect(left(ran)).toEqual({})
  })

test.each(['canonical', 'canonical-hostile'])('V6 in %s: neither dma-buf nor memory ever ends', scenario => {
  const ran = runRecipe({ scenario, variant: 'V6', platform: 'rk3399' })
  for (const event of ENDS) expect(when(ran, event), event).toBeUndefined()
  expect(left(ran)).toMatchObject({ gem: 2, dma_buf: 1, attachment: 1 })
})

test('real pixels: the display shows night first, and in the end what was drawn', () => {
  const shown = (variant: string): Uint32Array[] => story(variant).journal.steps.flatMap(step => step.words.filter(w => w.area === 'display.shown').map(w => w.to))
  for (const variant of ['V1', 'V5', 'V6', 'V9']) expect(shown(variant), variant).toEqual([pixels('night', 4096), pixels('day', 4096)])
  for (const variant of ['V2', 'V4']) expect(shown(variant), variant).toEqual([pixels('night', 4096), pixels('night', 4096)])
  const read = story('V5').journal.steps.flatMap(step => step.words.filter(w => w.area === 'gpu.seen').map(w => w.to))
  expect(read).toEqual([pixels('day', 4096)])
})

test('one byte of the program changes the picture', () => {
  const { journal } = story('V5')
  const program = journal.header.program.replace('fill(px, day)', 'fill(px, day)\n  store(px + 100, "a5")')
  const again = runRecipe({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', program })
  const last = again.journal.steps.flatMap(step => step.words.filter(w => w.area === 'display.shown')).at(-1)!.to
  expect([...last].flatMap((word, i) => (word === pixels('day', 4096)[i] ? [] : [i]))).toEqual([25])
  expect(again.verdict.text).toBe('works')
})

test('the story has between 40 and 80 stops', () => {
  for (const variant of ['V1', 'V4', 'V5', 'V6', 'V9']) {
    const { length } = stopsOf(story(variant).journal, 'step', catalog().stops)
    expect(length, variant).toBeGreaterThan(40)
    expect(length, variant).toBeLessThanOrEqual(80)
  }
})
