/**
 * Every named variant on the story it is told in: how the client gets its pointer, which call is refused with which errno, what the devices
 * see, what is lost, and what made the area. Asked of the journal, row by row of the table of variants.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { is, type Step } from '../journal/step.ts'
import { shortCall } from '../machine/verdict.ts'
import { pixels } from '../userspace/pictures.ts'
import { catalog } from '../worker/catalog.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { variants } from '../worker/shelves.ts'

type Ran = ReturnType<typeof runRecipe>
const story = (variant: string, more: Readonly<Record<string, string>> = {}): Ran => runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', ...more })

/** The first trap of B that was refused while it imported, mapped or drew: `EINVAL MMAP_BO`; `ok`: none was. */
function mapping({ journal, run }: Ran): string {
  const { calls } = run!.script.byLetter.get('B')!
  const keys = new Set(calls.filter(({ call }) => ['gbm_bo_import', 'gbm_bo_map', 'mmap', 'fill'].includes(call.name)).map(({ key }) => key))
  const failed = journal.steps.find(step => keys.has(step.call) && is(step, 'call.leave') && step.fields.errno !== null)
  if (!failed || !is(failed, 'call.leave')) return 'ok'
  const traps = journal.steps.filter(step => step.call === failed.call && is(step, 'trap.leave') && step.fields.errno !== null)
  const last = traps.at(-1)
  if (!last || !is(last, 'trap.leave')) return `${failed.fields.errno} ${failed.fields.name}`
  const entered = journal.steps.findLast(step => step.seq < last.seq && is(step, 'trap.enter'))
  return `${last.fields.errno} ${entered && is(entered, 'trap.enter') ? shortCall(entered.fields.name, entered.fields.text) : ''}`
}
/** The last picture that a device saw: the day that the client drew, the night from before, black where nobody drew, stripes; null: none. */
function seen({ journal }: Ran, area: 'gpu.seen' | 'display.shown'): string | null {
  const words = journal.steps.flatMap(step => step.words.filter(change => change.area === area)).at(-1)?.to.join()
  if (words !== undefined && /^[0,]+$/.test(words)) return 'black'
  return words === undefined ? null : words === pixels('day', 4096).join() ? 'day' : words === pixels('night', 4096).join() ? 'night' : 'stripes'
}
const lost = ({ journal }: Ran): number => journal.steps.filter(step => is(step, 'ref.lost')).length
/** Functions that ran while B got its pointer. */
const functionsOf = ({ journal }: Ran): Set<string> => new Set(journal.steps.filter(step => step.call.startsWith('B.')).flatMap(step => step.stack))
const ended = ({ run }: Ran): string | null | undefined => run!.world.get('task:B').ended

/** mapping; GPU / display; references lost; how B's process ended. `?` where the story does not get there. */
const row = (ran: Ran): string => `${mapping(ran)}; ${seen(ran, 'gpu.seen') ?? '-'}/${seen(ran, 'display.shown')}; ${lost(ran)} lost; ${ended(ran) ?? 'lives'}`

const ROWS: Readonly<Record<string, string>> = {
  V1: 'ok; day/day; 0 lost; lives',
  V2: 'EINVAL MMAP_BO; -/night; 0 lost; SIGABRT',
  V3: 'EINVAL MMAP_BO; -/night; 0 lost; SIGABRT',
  V4: 'EACCES mmap; night/night; 0 lost; lives',
  V5: 'ok; day/day; 0 lost; lives',
  V6: 'ok; day/day; 1 lost; lives',
  V7: 'ok; day/day; 1 lost; lives',
  V8: 'killed fill; -/night; 1 lost; killed',
  V9: 'ok; day/day; 0 lost; lives',
  V10: 'ok; day/day; 0 lost; lives',
  V11: 'ok; day/day; 1 lost; lives',
  V12: 'ok; day/day; 0 lost; lives',
  V13: 'SIGBUS fill; -/night; 0 lost; SIGBUS',
  // A display imports: there is no GPU that could see anything.
  V14: 'EINVAL MAP_DUMB; -/night; 0 lost; lives',
  V15: 'ok; -/day; 0 lost; lives',
  V16: 'ok; day/day; 0 lost; lives',
  V17: 'EACCES mmap; night/night; 0 lost; lives',
  V18: 'EACCES mmap; night/night; 0 lost; lives',
  V19: 'EACCES mmap; black/black; 0 lost; lives',
  V20: 'ok; stripes/stripes; 0 lost; lives',
  V21: 'ok; day/day; 0 lost; lives',
  V22: 'ok; day/day; 0 lost; lives',
  V23: 'killed fill; -/night; 0 lost; killed',
  V24: 'ok; day/day; 0 lost; lives',
  V25: 'ok; day/day; 0 lost; lives',
  V26: 'ok; day/day; 0 lost; lives',
  V27: 'ok; -/day; 0 lost; lives',
  V28: 'ENOSYS mmap; night/night; 0 lost; lives',
  V29: 'EINVAL mmap; night/night; 0 lost; lives',
  V30: 'EACCES mmap; -/night; 0 lost; SIGABRT',
  V31: 'EINVAL mmap; -/night; 0 lost; lives',
}
test.each(Object.entries(ROWS))('%s: %s', (variant, want) => expect(row(story(variant))).toBe(want))

test('the driver that is not adapted: the page is the exporter\'s, the area is no longer made for it, and the step says so', () => {
  const { journal, verdict } = story('V8')
  const bug = journal.steps.find(step => step.call.startsWith('B.') && is(step, 'fault.bug'))
  expect(bug?.stack).toContain('handle_mm_fault')
  expect(catalog().says['fault.bug']).toMatch(/assertion fails.*killed/)
  expect(verdict).toMatchObject({ glyph: '✗', text: 'killed at fill, and the process is gone' })
})

test.each([
  ['etnaviv', 'E1', 'killed gbm_bo_map; -/night; 1 lost; etnaviv_gem_mmap'], ['msm', 'E1', 'killed gbm_bo_map; -/night; 1 lost; msm_gem_mmap_obj'],
  ['vgem', 'E3', 'ok; -/day; 1 lost; lives'], ['vgem', 'E8', 'ok; -/stripes; 1 lost; lives'],
])('V8 with %s and %s: what a driver does with an area that is not its own', (importer, exporter, want) => expect(row(story('V8', { importer, exporter, flags: 'F1' }))).toBe(want))

test('the mode of an export has no say in the node path: the same rows with and without DRM_RDWR', () => {
  for (const [one, other] of [['V2', 'V3'], ['V6', 'V7'], ['V9', 'V10']] as const) expect(row(story(other)), other).toBe(row(story(one)))
})

test('who makes the area: the importer, the exporter, or the exporter without the importer', () => {
  const made = (variant: string): string[] => ['dma_buf_mmap', 'dma_buf_mmap_internal', 'drm_gem_shmem_mmap'].filter(name => functionsOf(story(variant)).has(name))
  expect(made('V1')).toEqual(['drm_gem_shmem_mmap'])
  expect(made('V5')).toEqual(['dma_buf_mmap_internal'])
  for (const variant of ['V9', 'V10']) expect(made(variant), variant).toEqual(['dma_buf_mmap', 'drm_gem_shmem_mmap'])
})

test.each(['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'])('%s: what no kernel changes', kernel => {
  expect(mapping(story('V4', { kernel }))).toBe('EACCES mmap')
  expect(mapping(story('V14', { kernel }))).toBe('EINVAL MAP_DUMB')
  expect(mapping(story('V16', { kernel }))).toBe('ok')
  for (const variant of ['V17', 'V18']) expect(mapping(story(variant, { kernel })), variant).toBe('EACCES mmap')
  expect(mapping(story('V30', { kernel }))).toBe(kernel === 'KBLK' ? 'EINVAL MMAP_BO' : 'EACCES mmap')
})

test('V17: one file, exported twice, open for reading only', () => {
  const { journal } = story('V17')
  expect(journal.steps.filter(step => step.event === 'prime.export.known')).toHaveLength(1)
  expect(journal.steps.filter(step => step.event === ('dmabuf.export' as Step['event']) && step.call.startsWith('A.'))).toHaveLength(1)
})

test('V18 works where the first export was for writing: the re-export answers with that file', () => {
  expect(mapping(story('V18', { flags: 'F1' }))).toBe('ok')
})

/** The program of V31 without Mesa; `more` stands before the handle is closed. */
const closed = (more: string, node = '/dev/dri/renderD128'): string => `
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = gbm_bo_get_fd(card, bo)
  sendmsg(user, fd)
}
process user B {
  gpu = open("${node}", O_RDWR | O_CLOEXEC)
  fd = recvmsg(owner)
  bo = drmPrimeFDToHandle(gpu, fd)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
${more}  drmCloseBufferHandle(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
}
`
test.each([
  ['K52', 'nothing else holds the import', '', 'EINVAL mmap'],
  ['KNOW', 'nothing else holds the import', '', 'EINVAL mmap'],
  ['K52', 'a mapping of this file holds it', '  old = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)\n', 'EACCES mmap'],
  ['KNOW', 'a mapping holds the exporter, not the import', '  old = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)\n', 'EINVAL mmap'],
])('V31 on %s, %s', (kernel, _why, more, want) => {
  expect(mapping(runRecipe({ scenario: 'canonical', variant: 'V31', platform: 'rk3399', kernel, program: closed(more) }))).toBe(want)
})

test('V14: the offset exists; who guesses it can map, through the importer in 2019 and through the exporter today', () => {
  const guess = closed('').replace(/  off = .*\n/, '').replace('  drmCloseBufferHandle(gpu, bo)\n', '').replace('gpu, off)', 'gpu, 0x100000000)')
  const ran = (kernel: string): Ran => runRecipe({ scenario: 'canonical', variant: 'V14', platform: 'rk3399', kernel, program: guess })
  for (const kernel of ['K52', 'K61', 'KNOW']) expect(mapping(ran(kernel)), kernel).toBe('ok')
  expect(['K52', 'K61'].map(kernel => functionsOf(ran(kernel)).has('dma_buf_mmap'))).toEqual([false, true])
})

test('V27: the picture is copied once a frame, and no dma-buf ever is', () => {
  const { journal } = story('V27')
  expect(journal.steps.flatMap(step => step.changes).some(({ id }) => id.startsWith('dma_buf:'))).toBe(false)
  expect(journal.steps.filter(step => is(step, 'call.enter') && step.fields.name === 'memcpy')).toHaveLength(1)
})

test('every variant says who, where and since when, and where that can be read', () => {
  for (const { number, who, where, from, group, why, sources = [] } of variants) {
    for (const said of [who, where, from, group, why]) expect(said, number).toBeTruthy()
    for (const source of sources) expect(source, number).toEqual({ title: expect.stringMatching(/./), version: expect.stringMatching(/\d/), url: expect.stringMatching(/^https:\/\//) })
  }
})

test.each(['CONTRIBUTING.md', 'src/variants/_template.ts'])('a variant made as %s shows it says all of that', file => {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  for (const word of ['who', 'where', 'from', 'group', 'why']) expect(text, word).toMatch(new RegExp(`\\b${word}: '`))
})
