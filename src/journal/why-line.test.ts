/** What “Why?” works out, held against stories whose causes the documents tell, and against runs in which nothing is wrong. */
import { describe, expect, test } from 'vitest'
import { everyday } from '../worker/shelves.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import type { Hardware } from '../hardware/hardware.ts'
import { boot } from '../machine/boot.ts'
import { listingOf } from '../machine/script.ts'
import { readProgram } from '../userspace/program/check.ts'
import { choose } from '../worker/choose.ts'
import { lineHistory } from './line-history.ts'
import type { Journal, Recipe } from './run.ts'
import { is } from './step.ts'
import { TruthSeeker } from './truth.ts'
import { callAt, needsOf, whyLine } from './why-line.ts'

const story = (more: Partial<Recipe> = {}): Recipe => ({ scenario: 'canonical', variant: 'V5', platform: 'rk3399', ...more })
const last = (journal: Journal): number => journal.steps.length - 1
const firstLine = (journal: Journal): number => new TruthSeeker(journal).at(last(journal)).pages[0]!.frame * 64
/** What is said of each line of the buffer's page at the end of a run. */
const whole = (journal: Journal) => Array.from({ length: 64 }, (_, i) => whyLine(journal, firstLine(journal) + i, last(journal)))

/** The same on a machine with a mistake. */
function mistaken(change: (own: Hardware) => Partial<Hardware>, recipe: Recipe, program?: string): Journal {
  const { blueprint, scenario } = choose(recipe)
  const run = boot({ ...blueprint, hardware: (own) => Object.assign(Object.create(own) as Hardware, change(own)) }, readProgram(program ?? scenario.program).program)
  while (run.tick(() => 0));
  const header = { ...runRecipe(recipe).journal.header, listing: listingOf(run.script) }
  return { header, steps: run.world.steps }
}

describe('a cached buffer that nobody cleans', () => {
  const { journal } = runRecipe(story({ exporter: 'E2' }))
  test('half of its lines have left the cache by chance: nothing is wrong with those', () => {
    const bad = whole(journal).flatMap(({ causes }, line) => (causes.length > 0 ? [line] : []))
    expect(bad).toEqual(Array.from({ length: 64 }, (_, line) => line).filter((line) => line % 4 >= 2))
  })
  test('GPU and display read memory, the newest bytes are dirty in the cache, and a clean is missing between drawing and reading', () => {
    const why = whyLine(journal, firstLine(journal) + 2, last(journal))
    expect(why.causes.map(({ reader, source, newest, needs, after, before }) => ({ reader, source, newest, needs, after, before }))).toEqual([
      { reader: 'gpu', source: 'dram', newest: 'cpu', needs: ['clean'], after: 'B.6', before: 'B.9' },
      { reader: 'display', source: 'dram', newest: 'cpu', needs: ['clean'], after: 'B.6', before: 'A.16' },
    ])
    expect(why.causes.every(({ wrote, read }) => is(journal.steps[wrote]!, 'store.bytes') && /job.read|display.scanout/.test(journal.steps[read!]!.event))).toBe(true)
  })
  test('right after drawing it is known who will read old bytes', () => {
    const drawn = journal.steps.findLast((step) => is(step, 'store.bytes'))!.seq
    const { causes } = whyLine(journal, firstLine(journal) + 2, drawn)
    expect(causes.map(({ reader }) => reader)).toEqual(['gpu', 'display'])
    expect(causes.every(({ read }) => read! > drawn)).toBe(true)
  })
  test('a line that the cache gives up in time is pending only', () => {
    const drawn = journal.steps.findLast((step) => is(step, 'store.bytes'))!.seq
    const { causes, pending } = whyLine(journal, firstLine(journal), drawn)
    expect(causes).toEqual([])
    expect(pending.map(({ reader, newest, comes }) => [reader, newest, journal.steps[comes!]!.event])).toEqual([['gpu', 'cpu', 'cache.evict'], ['display', 'cpu', 'cache.evict']])
  })
  test('before anybody wrote there is nothing to say', () => {
    expect(whyLine(journal, firstLine(journal), journal.header.start)).toMatchObject({ causes: [], pending: [], lost: null })
  })
})

test('a bracket without a hook behind it was meant to clean, and is named', () => {
  const { journal } = runRecipe(story({ exporter: 'E2', sync: 'Y1' }))
  const [cause] = whyLine(journal, firstLine(journal) + 2, last(journal)).causes
  expect(cause!.leftOut).toEqual([])
  expect(cause!.vain.map((seq) => journal.steps[seq]!.event)).toEqual(['sync.nohook'])
})

test('the GPU draws, the CPU looks again: an invalidate is missing behind the job', () => {
  const { journal } = runRecipe(story({ scenario: 'gpu-draws', exporter: 'E2' }))
  const { causes } = whyLine(journal, firstLine(journal), last(journal))
  expect(causes).toMatchObject([{ reader: 'cpu.wb', source: 'cpu', newest: 'dram', needs: ['invalidate'], after: 'B.8', before: 'B.11' }])
  expect(causes[0]!.early).toBeNull()
})

test('stores that wait in a write-combine buffer need a drain', () => {
  const journal = mistaken(() => ({ barrier: () => 0, doorbell: () => undefined }), story({ exporter: 'E3' }))
  const bad = whole(journal).flatMap(({ causes }) => causes)
  expect(bad.length).toBeGreaterThan(0)
  for (const { newest, needs } of bad) expect([newest!.slice(0, 3), needs]).toEqual(['wc.', ['drain']])
})

test("what a job wrote and the GPU's cache keeps needs a clean at the end of the job", () => {
  const journal = mistaken(() => ({ gpuCleanInvalidate: () => undefined, gpuClean: () => undefined }), story({ scenario: 'gpu-draws', exporter: 'E3' }))
  const { causes } = whyLine(journal, firstLine(journal), last(journal))
  expect(causes[0]).toMatchObject({ newest: 'gpu', after: 'B.8', before: 'B.11' })
  expect(causes[0]!.needs).toContain('gpu-clean')
})

const HEAP = `process client A {
  gpu = open("/dev/dri/renderD128", O_RDWR)
  heap = open("/dev/dma_heap/system", O_RDONLY)
  fd = DMA_HEAP_IOCTL_ALLOC(heap, 4096, O_RDWR)
  h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, h)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_RW)
  fill(px, day)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_RW)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, uses(h), read(va, 4096), write(va, 4096, night))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, h)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ)
  load(px, 4)
}`
const heap = (skip: readonly string[] = []): Journal => runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', kernel: 'K61', exporter: 'E6', program: HEAP, skip }).journal

test('a heap with both brackets: nothing is wrong with any line', () => {
  const journal = heap()
  expect(journal.steps.some((step) => is(step, 'cache.clean') && step.call.startsWith('A.'))).toBe(true)
  expect(whole(journal).flatMap(({ causes, lost }) => [...causes, ...(lost === null ? [] : [lost])])).toEqual([])
})

test('without the END bracket the clean is missing, behind the drawing and before the job', () => {
  const whole = heap()
  const fillKey = whole.header.listing[0]!.lines.find(({ text }) => text.startsWith('fill'))!.key
  const end = whole.header.listing[0]!.lines.find(({ text }) => text.includes('SYNC_END'))!.key
  const journal = heap([end])
  const causes = whyLine(journal, firstLine(journal), last(journal)).causes.filter(({ reader }) => reader === 'gpu')
  expect(causes).toMatchObject([{ needs: ['clean'], after: fillKey, newest: 'cpu' }])
  expect(causes[0]!.leftOut.map((seq) => journal.steps[seq]!.call)).toEqual([end])
  expect(callAt(journal, causes[0]!.read!)).toBe(whole.header.listing[0]!.lines.find(({ text }) => text.includes('SUBMIT'))!.key)
})

test('a dirty line that is invalidated loses its bytes, and the step that did it is named', () => {
  const program = HEAP.replace('  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_RW)\n', '  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_RW)\n')
  const { journal } = runRecipe({ scenario: 'canonical', variant: '', platform: 'rk3399', kernel: 'K61', exporter: 'E6', program })
  const second = journal.header.listing[0]!.lines.filter(({ text }) => text.includes('SYNC_START'))[1]!.key
  const gone = journal.steps.find((step) => is(step, 'cache.invalidate') && step.call === second)!
  const why = whyLine(journal, firstLine(journal), gone.seq)
  expect(why.lost).toBe(gone.seq)
  expect(why.old.every(({ newest }) => newest === null)).toBe(true)
})

describe('runs in which everybody reads the newest bytes', () => {
  test.each(everyday().map(({ id }) => id))('%s, write-combined', (scenario) => {
    const { journal } = runRecipe(story({ scenario, variant: 'V9', exporter: 'E1' }))
    for (const { frame } of new TruthSeeker(journal).at(last(journal)).pages) for (let i = 0; i < 64; i += 21) {
      const { causes, lost } = whyLine(journal, frame * 64 + i, last(journal))
      expect([causes, lost]).toEqual([[], null])
    }
  })
  test('a coherent machine with old bytes in memory', () => {
    const { journal } = runRecipe(story({ exporter: 'E2', platform: 'reference-fc' }))
    expect(whole(journal).flatMap(({ causes }) => causes)).toEqual([])
  })
})

test('a read is old exactly where what was read is not what was written last', () => {
  const { journal } = runRecipe(story({ exporter: 'E2' }))
  const line = firstLine(journal) + 2
  expect(lineHistory(journal, line).filter(({ read }) => read?.old).map(({ seq }) => journal.steps[seq]!.event)).toEqual(['job.read', 'display.scanout'])
})

test('what has to happen follows from who reads which copy and who has the newest', () => {
  expect(needsOf('dram', 'wc.1')).toEqual(['drain'])
  expect(needsOf('cpu', 'gpu')).toEqual(['gpu-clean', 'invalidate'])
  expect(needsOf('gpu', 'cpu')).toEqual(['clean', 'gpu-invalidate'])
  expect(needsOf('cpu', 'dram')).toEqual(['invalidate'])
  expect(needsOf('dram', null)).toEqual(['lost'])
})
