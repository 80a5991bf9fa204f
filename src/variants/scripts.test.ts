/**
 * The pointer, step by step: what each of the six variants counts, holds and asks for, from the system call mmap to the end of
 * the mapping. The display allocates shared memory here (E1), so that uses of pages can be counted; the story's own display has none to count.
 */
import { describe, expect, test } from 'vitest'
import { MutableSnapshot, get } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import type { Id, Objects } from '../journal/vocabulary.ts'
import { runRecipe, type Finished } from '../worker/run-recipe.ts'

const story = (variant: string, more: Record<string, string> = {}): ReturnType<typeof runRecipe> => runRecipe({ scenario: 'canonical', variant, platform: 'rk3399', exporter: 'E1', ...more })

interface State {
  /** References to the dma-buf's file, and to B's node. */
  readonly f: number
  readonly N: number
  readonly X: Objects['gem'] | undefined
  readonly I: Objects['gem'] | undefined
  readonly vma: Objects['vma'] | undefined
  readonly file: Objects['file'] | undefined
}
function stateAt(steps: readonly Step[], seq: number): State {
  const seen = new MutableSnapshot()
  for (const step of steps) if (step.seq <= seq) seen.apply({ ...step, words: [] })
  const some = <K extends 'gem' | 'file' | 'vma'>(kind: K, is: (record: Objects[K]) => boolean): Objects[K] | undefined =>
    [...seen.records].find(([id, record]) => id.startsWith(`${kind}:`) && is(record as unknown as Objects[K]))?.[1] as unknown as Objects[K] | undefined
  const vma = some('vma', v => v.task === 'task:B')
  return {
    f: some('file', file => file.kind === 'dmabuf')?.fCount ?? 0,
    N: some('file', file => file.name === 'renderD128')?.fCount ?? 0,
    X: some('gem', gem => gem.device === 'device:card0'),
    I: some('gem', gem => gem.device === 'device:card1'),
    vma,
    file: vma?.file ? get(seen, vma.file) : undefined,
  }
}

/** B's mmap: the state before it, its steps, the state after it, and after the munmap. */
function mapping({ journal: { steps } }: Finished) {
  const mapped = steps.find(step => is(step, 'bo.map') && step.actor === 'task:B')?.seq ?? steps.length
  const begin = steps.findLast(step => step.seq < mapped && step.actor === 'task:B' && is(step, 'trap.enter') && step.fields.name === 'mmap')!.seq
  const end = steps.find(step => step.seq > begin && is(step, 'trap.leave'))!.seq
  const unmapped = steps.find(step => is(step, 'bo.unmap'))?.seq ?? steps.length - 1
  return { call: steps.slice(begin, end), before: stateAt(steps, begin), after: stateAt(steps, end), unmapped: stateAt(steps, unmapped) }
}
/** What mmap changed: file references, the node's, references and page uses of both objects. */
function changes(before: State, after: State): Record<string, number> {
  const delta = (of: (s: State) => number | undefined): number => (of(after) ?? 0) - (of(before) ?? 0)
  return { f: delta(s => s.f), N: delta(s => s.N), rX: delta(s => s.X?.refcount), uX: delta(s => s.X?.pagesUse), rI: delta(s => s.I?.refcount), uI: delta(s => s.I?.pagesUse) }
}
const functions = (steps: readonly Step[]): Set<string> => new Set(steps.flatMap(step => step.stack))
const NOTHING = { f: 0, N: 0, rX: 0, uX: 0, rI: 0, uI: 0 }

/** The rows of the comparison strip that a journal can be asked for. */
function strip(variant: string, more: Record<string, string> = {}) {
  const ran = story(variant, more)
  const { call, before, after } = mapping(ran)
  const owner = after.vma?.priv as Id<'gem'>
  return {
    file: after.file!.kind === 'dmabuf' ? 'dma-buf' : 'GPU node',
    faults: owner.includes(':A') ? 'exporter' : 'importer',
    attr: after.vma!.attr,
    // The exporter of 5.2 looks its own object up too, for an open that it makes up itself.
    allowList: call.some(step => is(step, 'mmap.lookup') && step.fields.gem.includes(':B')),
    importerHeld: (after.I?.refcount ?? 0) > (before.I?.refcount ?? 0) && !call.some(step => is(step, 'ref.lost')),
  }
}

describe('V1, the status quo of 2019', () => {
  const ran = story('V1')
  const { call, before, after, unmapped } = mapping(ran)
  test('the area holds the importer\'s object, its pages and its node; the dma-buf does not notice', () => {
    expect(changes(before, after)).toEqual({ ...NOTHING, N: 1, rI: 1, uI: 1 })
    expect([before.I!.pagesUse, after.I!.pagesUse]).toEqual([1, 2])
    expect(after.file).toMatchObject({ kind: 'drm', name: 'renderD128' })
  })
  test('the area takes single pages, write-combined', () => {
    expect(after.vma).toMatchObject({ attr: 'wc', pgoff: 0 })
    expect(after.vma!.flags).toEqual(expect.arrayContaining(['io', 'de', 'dd', 'mm']))
    expect(after.vma!.flags).not.toContain('pf')
  })
  test('a reference for the time of the call, the allow list, the size, and then the area', () => {
    const told = call.map(step => step.event).filter(event => !event.startsWith('fn.'))
    const order = ['vma.add', 'mmap.lookup', 'ref.take', 'mmap.owner', 'ref.take', 'ref.drop', 'ref.take', 'mmap.owner', 'mmap.done']
    let at = 0
    for (const event of told) if (event === order[at]) at++
    expect(order.slice(at)).toEqual([])
  })
  test('the fault brings the exporter\'s page, and no code of the exporter runs', () => {
    const fault = ran.journal.steps.find(step => is(step, 'fault.insert') && step.actor === 'task:B')!
    expect(fault.stack).toEqual(expect.arrayContaining(['handle_mm_fault']))
    const frames = after.X!.pages!
    expect(frames).toContain((fault.fields as { frame: number }).frame)
    for (const fn of ['dma_buf_mmap', 'drm_gem_prime_mmap', 'drm_gem_dmabuf_mmap']) expect(functions(call).has(fn), fn).toBe(false)
  })
  // In between B closes the descriptor that it imported from.
  test('munmap takes all of it back', () => expect(changes(before, unmapped)).toEqual({ ...NOTHING, f: -1 }))
})

describe('V2, blocked', () => {
  const ran = story('V2')
  const { steps } = ran.journal
  test('MMAP_BO looks the handle up, sees an import, and nothing else changes', () => {
    const refused = steps.find(step => is(step, 'offset.refused.import'))!
    expect(refused.stack.slice(-2)).toEqual(['panfrost_ioctl_mmap_bo', 'drm_gem_map_offset'])
    const enter = steps.findLast(step => step.seq < refused.seq && is(step, 'trap.enter'))!
    const leave = steps.find(step => step.seq > refused.seq && is(step, 'trap.leave'))!
    expect(leave.fields).toMatchObject({ errno: 'EINVAL' })
    expect(steps.slice(enter.seq + 1, leave.seq + 1).flatMap(step => step.changes)).toEqual([])
  })
  test('the process ends: address space, then files, then the import, which leaves the dma-buf three references poorer', () => {
    const abort = steps.find(step => is(step, 'mesa.abort'))!
    const before = stateAt(steps, abort.seq)
    const gone = stateAt(steps, steps.findLast(step => step.actor === 'task:B')!.seq)
    const detach = steps.find(step => step.seq > abort.seq && is(step, 'dmabuf.detach'))
    expect(detach).toBeDefined()
    // B's own descriptor goes as well: it had not come to close it.
    expect(before.f - gone.f).toBe(3 + 1)
    expect(gone.I).toBeUndefined()
    expect([before.X!.pagesUse, gone.X!.pagesUse]).toEqual([1, 0])
  })
})

describe('V4, the dma-buf mapped read-only', () => {
  test('the check of the file\'s mode comes before any driver', () => {
    const { call } = mapping(story('V4'))
    const refused = call.find(step => is(step, 'mmap.refused.mode'))!
    expect(refused.stack.slice(-2)).toEqual(['ksys_mmap_pgoff', 'do_mmap'])
    expect([...functions(call)].filter(fn => /dma_buf_mmap|drm_gem|mmap_region/.test(fn))).toEqual([])
  })
  test('for reading it can be mapped, and will never become writable', () => {
    const program = `process main A {
  card = open("/dev/dri/card0", O_RDWR)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = gbm_bo_get_fd(card, bo)
  px = mmap(4096, PROT_READ, MAP_SHARED, fd, 0)
  landmark "mapped"
  mprotect(px, PROT_READ | PROT_WRITE)
}
`
    const { journal, run } = runRecipe({ scenario: 'canonical', variant: 'V4', platform: 'rk3399', exporter: 'E1', program })
    expect(journal.steps.findLast(step => is(step, 'call.leave'))!.fields).toMatchObject({ name: 'mprotect', errno: 'EACCES' })
    const { flags } = run!.world.get(run!.world.ids('vma')[0]!)
    expect(flags).toContain('ms')
    expect(flags).not.toContain('sh')
    expect(flags).not.toContain('mw')
  })
})

describe.each([['K52', 'drm_gem_shmem_mmap'], ['KNOW', 'drm_gem_prime_mmap']])('V5, RW export, on %s', (kernel, through) => {
  const ran = story('V5', { kernel })
  const { call, before, after, unmapped } = mapping(ran)
  test('the area holds the exporter\'s object, its pages, and the dma-buf', () => {
    expect(changes(before, after)).toEqual({ ...NOTHING, f: 1, rX: 1, uX: 1 })
    expect(after.file!.kind).toBe('dmabuf')
    expect(after.vma!.priv).toMatch(/^gem:A/)
  })
  test('dma_buf_mmap_internal asks the exporter, and the importer is not involved', () => {
    expect([...functions(call)]).toEqual(expect.arrayContaining(['dma_buf_mmap_internal', 'drm_gem_dmabuf_mmap', through]))
    expect([...functions(call)].some(fn => fn.startsWith('panfrost_ioctl'))).toBe(false)
    expect(call.flatMap(step => step.changes).some(change => change.id.startsWith('gem:B'))).toBe(false)
  })
  test('munmap takes all of it back', () => expect(changes(before, unmapped)).toEqual(NOTHING))
})

describe('V6, the patch', () => {
  const ran = story('V6')
  const { call, before, after } = mapping(ran)
  test('the redirect moves the area to the dma-buf, and one reference of the importer\'s object stays taken', () => {
    expect(changes(before, after)).toEqual({ ...NOTHING, f: 1, rX: 1, uX: 1, rI: 1 })
    expect(after.file!.kind).toBe('dmabuf')
    const lost = call.find(step => is(step, 'ref.lost'))!
    expect(lost.stack.at(-1)).toBe('drm_gem_mmap_helper')
    expect(lost.fields).toMatchObject({ to: expect.stringMatching(/^gem:B/), by: 'drm_gem_mmap_helper' })
  })
  test('after GEM_CLOSE the import, the attachment and its reference to the dma-buf are still there', () => {
    const { world } = ran.run!
    const left = world.ids('gem').map(id => world.get(id)).find(gem => gem.importAttach)!
    expect(left).toMatchObject({ refcount: 1, handleCount: 0 })
    expect(world.get(world.get(world.get(left.importAttach!).dmaBuf).file).fCount).toBe(1)
    expect(Object.values(world.get('task:B').fds)).toEqual([])
  })
})

describe('V9, today', () => {
  const ran = story('V9')
  const { call, before, after, unmapped } = mapping(ran)
  test('in the end the area is tied to the exporter alone', () => {
    expect(changes(before, after)).toEqual({ ...NOTHING, f: 1, rX: 1, uX: 1 })
    expect(after.vma!.priv).toMatch(/^gem:A/)
    expect(after.file!.kind).toBe('dmabuf')
    expect(after.file!.fmode.write).toBe(false)
  })
  test('the importer takes its marks off, the file is swapped, the exporter sets the area up', () => {
    const told = call.map(step => step.event)
    const at = (event: Step['event']): number => told.indexOf(event)
    expect(at('mmap.lookup')).toBeLessThan(at('mmap.disown'))
    expect(at('mmap.disown')).toBeLessThan(at('mmap.redirect'))
    expect(at('mmap.redirect')).toBeLessThan(told.lastIndexOf('mmap.owner'))
    expect([...functions(call)]).toEqual(expect.arrayContaining(['drm_gem_mmap', 'drm_gem_mmap_obj', 'dma_buf_mmap', 'vma_set_file', 'drm_gem_dmabuf_mmap', 'drm_gem_prime_mmap', 'drm_gem_shmem_mmap']))
  })
  test('munmap takes all of it back', () => expect(changes(before, unmapped)).toEqual(NOTHING))
  test('closing the node destroys the import at once, and the mapping goes on working', () => {
    const program = ran.journal.header.program.replace('  fill(px, day)\n', '  close(gpu)\n  landmark "node closed"\n  fill(px, day)\n')
    const again = runRecipe({ scenario: 'canonical', variant: 'V9', platform: 'rk3399', exporter: 'E1', program })
    const closed = again.journal.steps.find(step => is(step, 'landmark') && step.fields.name === 'node closed')!
    expect(stateAt(again.journal.steps, closed.seq).I).toBeUndefined()
    expect(again.journal.steps.find(step => step.seq > closed.seq && is(step, 'call.leave'))!.fields).toMatchObject({ name: 'fill', errno: null })
  })
})

test('side by side: the file of the area, who serves its faults, its attribute, the allow list, and whether the importer is held', () => {
  expect({ V1: strip('V1'), V5: strip('V5'), V6: strip('V6'), V9: strip('V9') }).toEqual({
    V1: { file: 'GPU node', faults: 'importer', attr: 'wc', allowList: true, importerHeld: true },
    V5: { file: 'dma-buf', faults: 'exporter', attr: 'wc', allowList: false, importerHeld: false },
    V6: { file: 'dma-buf', faults: 'exporter', attr: 'wc', allowList: true, importerHeld: false },
    V9: { file: 'dma-buf', faults: 'exporter', attr: 'wc', allowList: true, importerHeld: false },
  })
})

test('whose attribute it is shows where the exporter maps cached', () => {
  expect(['V1', 'V5', 'V6', 'V9'].map(variant => strip(variant, { exporter: 'E2' }).attr)).toEqual(['wc', 'wb', 'wb', 'wb'])
})
