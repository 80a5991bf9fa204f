/** What the six variants must end in, asked of the journal and the world themselves and not of golden files (variants.md 5, 6 and 8). */
import { expect, test } from 'vitest'
import { is, type Step } from '../journal/step.ts'
import type { Id, Objects } from '../journal/vocabulary.ts'
import { MutableSnapshot } from '../journal/snapshot.ts'
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

test('the hostile ending: the memory outlives its owner, and then everything goes', () => {
  for (const variant of ['V1', 'V5', 'V9']) {
    const ran = runRecipe({ scenario: 'canonical-hostile', variant, platform: 'rk3399' })
    expect(refusals(ran), variant).toEqual([])
    expect(left(ran), variant).toEqual({})
  }
})

/** Counters after each landmark: references and handles of X, its page uses, file references, references and page uses of I, of B's node. */
function counters(variant: string, kernel: string, program?: string): Record<string, string> {
  const { journal } = runRecipe({ scenario: 'appendix-a', variant, platform: 'rk3399', kernel, ...(program === undefined ? {} : { program }) })
  const seen = new MutableSnapshot()
  const rows: Record<string, string> = {}
  for (const step of journal.steps) {
    seen.apply(step)
    if (!is(step, 'landmark')) continue
    const find = <K extends 'gem' | 'file'>(id: string): Objects[K] | undefined => seen.records.get(id as Id) as unknown as Objects[K] | undefined
    const gems = [...seen.records].filter(([id]) => id.startsWith('gem:')) as unknown as [string, Objects['gem']][]
    const x = gems.find(([, gem]) => gem.device === 'device:card0')?.[1]
    const i = gems.find(([, gem]) => gem.device === 'device:card1')?.[1]
    const buf = [...seen.records].find(([id, file]) => id.startsWith('file:') && (file as unknown as Objects['file']).kind === 'dmabuf')?.[0]
    const node = [...seen.records].find(([id, file]) => id.startsWith('file:') && (file as unknown as Objects['file']).name === 'renderD128')?.[0]
    rows[step.fields.name[0]!] = [
      x ? `X ${x.refcount} ${x.handleCount} ${x.pagesUse}/${x.pagesPin}` : 'X freed', `f ${buf ? find<'file'>(buf)!.fCount : '-'}`,
      i ? `I ${i.refcount} ${i.handleCount} ${i.pagesUse}` : 'I -', `N ${node ? find<'file'>(node)!.fCount : '-'}`,
    ].join(' · ')
  }
  return rows
}

test('appendix A, Linux 5.2', () => {
  expect(counters('V1', 'K52')).toEqual({
    0: 'X 1 1 0/0 · f - · I - · N -', 1: 'X 2 1 0/0 · f 3 · I - · N -', 2: 'X 2 1 0/0 · f 3 · I - · N 1', 3: 'X 2 1 1/0 · f 6 · I 1 1 1 · N 1', 4: 'X 2 1 1/0 · f 5 · I 1 1 1 · N 1',
    5: 'X 2 1 1/0 · f 5 · I 2 1 2 · N 2', 6: 'X 2 1 1/0 · f 5 · I 1 1 1 · N 1', 7: 'X 2 1 0/0 · f 2 · I - · N 1', 8: 'X freed · f - · I - · N 1',
  })
})

test('appendix A, Linux 5.2 with the patch: one reference of I too many, and nothing goes any more', () => {
  expect(counters('V6', 'KRFC')).toMatchObject({
    4: 'X 2 1 1/0 · f 5 · I 1 1 1 · N 1', 5: 'X 3 1 2/0 · f 6 · I 2 1 1 · N 1', 6: 'X 2 1 1/0 · f 5 · I 2 1 1 · N 1', 7: 'X 2 1 1/0 · f 3 · I 1 0 1 · N 1', 8: 'X 1 0 1/0 · f 1 · I 1 0 1 · N 1',
  })
})

test('appendix A, Linux 6.19: panfrost holds I once more for its mapping on the GPU', () => {
  expect(counters('V9', 'KNOW')).toMatchObject({
    1: 'X 2 1 0/0 · f 3 · I - · N -', 3: 'X 2 1 1/1 · f 6 · I 2 1 0 · N 1', 4: 'X 2 1 1/1 · f 5 · I 2 1 0 · N 1', 5: 'X 3 1 2/1 · f 6 · I 2 1 0 · N 1', 6: 'X 2 1 1/1 · f 5 · I 2 1 0 · N 1',
    7: 'X 2 1 0/0 · f 2 · I - · N 1', 8: 'X freed · f - · I - · N 1',
  })
})

/** What the mapping keeps alive when everything else has gone first. */
const OUTLIVES = `
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = gbm_bo_get_fd(card, bo)
  sendmsg(user, fd)
  close(fd)
  recv(user)
  drmModeDestroyDumbBuffer(card, bo)
  landmark "2 owner closed"
  send(user)
  close(card)
}
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(owner)
  bo = drmPrimeFDToHandle(gpu, fd)
  close(fd)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  drmCloseBufferHandle(gpu, bo)
  landmark "1 user closed"
  send(owner)
  recv(owner)
  store(px, "ff")
  munmap(px)
  landmark "3 unmapped"
  close(gpu)
}
`
test('a mapping that outlives everything, now and in 2019', () => {
  expect(counters('V9', 'KNOW', OUTLIVES)).toEqual({ 1: 'X 3 1 1/0 · f 3 · I - · N 1', 2: 'X 2 0 1/0 · f 1 · I - · N 1', 3: 'X freed · f - · I - · N 1' })
  expect(counters('V1', 'K52', OUTLIVES)).toEqual({ 1: 'X 2 1 1/0 · f 3 · I 1 0 2 · N 2', 2: 'X 1 0 1/0 · f 1 · I 1 0 2 · N 2', 3: 'X freed · f - · I - · N 1' })
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
