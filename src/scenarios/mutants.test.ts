/**
 * Machines with one mistake each. Facts from the documents must tell every one of them from the right machine: what the stories end in,
 * what devices and processes see, what is left over. Golden files are not asked.
 */
import { exporterNodes } from '../kernel/exporter-shelf.ts'
import { afterEach, expect, test, vi } from 'vitest'
import type { Hardware } from '../hardware/hardware.ts'
import { is } from '../journal/step.ts'
import type { Blueprint } from '../machine/blueprint.ts'
import type { KernelParts } from '../kernel/parts.ts'
import { danglingRefs, unheldNames, wrongCounts } from '../journal/edges.ts'
import { all, MutableSnapshot } from '../journal/snapshot.ts'
import { boot } from '../machine/boot.ts'
import { readProgram } from '../userspace/program/check.ts'
import { pixels } from '../userspace/pictures.ts'
import { choose } from '../worker/choose.ts'
import { scenarios } from '../worker/shelves.ts'
import { World } from '../world/world.ts'

const wrong = (world: World): string[] => [...wrongCounts(world), ...danglingRefs(world), ...unheldNames(world)]
type Change = (b: Blueprint) => Blueprint

interface Told { readonly world: World; readonly failed: readonly string[]; readonly results: ReadonlyMap<string, string> }
function play(change: Change, recipe: Record<string, string>, text?: string): Told {
  const { blueprint, scenario } = choose({ scenario: 'canonical', variant: '', platform: 'rk3399', ...recipe })
  const run = boot(change(blueprint), readProgram(text ?? scenario.program).program, { hashing: true })
  for (let n = 0; n < 3000 && run.tick(() => 0); n++);
  const { world } = run
  const results = new Map(world.steps.flatMap(step => (is(step, 'call.leave') ? [[step.call, step.fields.errno ?? step.fields.result] as const] : is(step, 'run.stuck') ? [['stuck', 'stuck'] as const] : [])))
  return { world, results, failed: world.steps.flatMap(step => (is(step, 'call.leave') && step.fields.errno !== null ? [`${step.fields.name} ${step.fields.errno}`] : is(step, 'run.stuck') ? ['stuck'] : [])) }
}
/** What an area holds at the end, where the last change of it was. */
function last(world: World, area: string): Uint32Array | undefined {
  return world.steps.flatMap(step => step.words.filter(w => w.area === area)).at(-1)?.to
}
const same = (a: Uint32Array | undefined, b: Uint32Array): boolean => a !== undefined && a.length === b.length && a.every((word, i) => word === b[i])

const LEFT = ['gem', 'dma_buf', 'attachment', 'vma', 'drm_file', 'fb', 'fence', 'bo', 'job', 'file', 'resv', 'memfd', 'mailbox', 'work'] as const
/** Frames that are taken beside those of the GPU's own tables, which stay. */
const taken = (world: World): number => {
  const frames = world.find('frames:0')
  return frames ? frames.next - new Set(frames.free).size : 0
}

const OWNER = `process a A {
  sigaction(SIGSEGV | SIGBUS)
  card = open("/dev/dri/card0", O_RDWR)
  bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
  off = DRM_IOCTL_MODE_MAP_DUMB(card, bo)
  other = open("/dev/dri/card0", O_RDWR)
  fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_RDWR)
  bo2 = DRM_IOCTL_PRIME_FD_TO_HANDLE(other, fd)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  store(px, "01")
  mprotect(px, PROT_READ)
  store(px, "02")
  load(px, 1)
  munmap(px)
  load(px, 1)
  DRM_IOCTL_GEM_CLOSE(card, bo)
  mmap(4096, PROT_READ, MAP_SHARED, card, off)
  mmap(4096, PROT_READ, MAP_SHARED, other, off)
}`
/** A cached buffer of a heap, drawn by the CPU between START and END, read by the GPU. */
const HEAP = `process a A {
  heap = open("/dev/dma_heap/system", O_RDWR)
  gpu = open("/dev/dri/renderD128", O_RDWR)
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

/** What the documents say, each with where it is said; the answer is what is not so. */
function facts(change: Change, one: boolean): string[] {
  const bad: string[] = []
  const say = (holds: boolean, fact: string): void => {
    if (holds) return
    bad.push(fact)
    if (one) throw new Error(fact)
  }
  const day = pixels('day', 4096)
  const hex = (word: number): string => [0, 8, 16, 24].map(shift => ((word >>> shift) & 255).toString(16).padStart(2, '0')).join('')
  // variants.md 5 and 8: mapped and read right where both sides are write-combined.
  for (const [variant, exporter] of [['V1', 'E3'], ['V5', 'E3'], ['V9', 'E1']] as const) {
    const { world, failed } = play(change, { variant, exporter })
    say(failed.length === 0, `${variant} ${exporter}: every call succeeds, not ${failed.join()}`)
    say(same(last(world, 'gpu.seen'), day), `${variant} ${exporter}: the GPU reads the day`)
    say(same(last(world, 'display.shown'), day), `${variant} ${exporter}: the display shows the day`)
    say(wrong(world).length === 0, `${variant} ${exporter}: counts equal references`)
  }
  // E2 is cached and never cleaned: stale on a machine that is not coherent, right on one that is.
  const stale = play(change, { variant: 'V5', exporter: 'E2' }).world
  say(!same(last(stale, 'gpu.seen'), day) && !same(last(stale, 'display.shown'), day), 'E2 on RK3399: devices read old bytes')
  const coherent = play(change, { variant: 'V5', exporter: 'E2', platform: 'reference-fc' }).world
  say(same(last(coherent, 'gpu.seen'), day) && same(last(coherent, 'display.shown'), day), 'E2 on the coherent machine: devices read the day')
  say(play(change, { variant: 'V4' }).failed.join().startsWith('gbm_bo_map EACCES'), 'V4: EACCES at mmap')
  say(play(change, { variant: 'V2' }).failed.join().startsWith('gbm_bo_import SIGABRT'), 'V2: EINVAL at MMAP_BO, and an abort')
  // Teardown in the hostile order leaves nothing, no frame either.
  for (const [variant, exporter] of [['V1', 'E1'], ['V5', 'E1'], ['V9', 'E3']] as const) {
    const hostile = scenarios.find(s => s.id === 'canonical-hostile')!.program.replace(/^}/gm, '  exit()\n}')
    const { world } = play(change, { variant, exporter, scenario: 'canonical-hostile' }, hostile)
    say(LEFT.every(kind => world.ids(kind).length === 0), `${variant} ${exporter}: nothing is left`)
    say(taken(world) <= 4, `${variant} ${exporter}: all frames are free but those of the GPU's tables`)
  }
  // The GPU draws: who waits and looks through a write-combined mapping sees it.
  const drawn = play(change, { scenario: 'gpu-draws', variant: 'V5' })
  const looks = [...drawn.results].filter(([call]) => call.startsWith('B.')).map(([, result]) => result).filter(result => /^[0-9a-f]{128}$/.test(result))
  say(looks.length === 2 && looks[1]!.startsWith(hex(day[0]!) + hex(day[1]!)), 'what the GPU drew is seen after WAIT_BO')
  // Rights and mappings, kernel.md 5, 7 and 9.
  const owner = play(change, { variant: 'V1', exporter: 'E1' }, OWNER).results
  say(owner.get('A.10') === '0' && owner.get('A.11') === 'SIGSEGV' && owner.get('A.12') === '01', 'after mprotect(PROT_READ) a store faults and a load does not')
  say(owner.get('A.14') === 'SIGSEGV', 'after munmap nothing is there')
  say(owner.get('A.16') === 'EACCES', 'a file whose last handle is closed may not map')
  say(owner.get('A.17')?.startsWith('0x') ?? false, 'another file with a handle may')
  // variants.md 8, E6 with SYNC: good, by the maintenance of either release; and what the GPU wrote is seen after START READ.
  for (const kernel of ['K52', 'KNOW']) {
    // No heap is in 5.2; its maintenance is asked with one all the same.
    const { world, results } = play(b => change({ ...b, kernel: { ...b.kernel, plainNodes: { ...b.kernel.plainNodes, ...exporterNodes('6.1') } } }), { kernel }, HEAP)
    say(same(last(world, 'gpu.seen'), day), `${kernel}: SYNC END of a heap cleans`)
    say(results.get('A.13') === hex(pixels('night', 4)[0]!), `${kernel}: SYNC START of a heap invalidates`)
  }
  // kernel.md appendix A: page uses of both objects while the import is mapped.
  for (const [variant, uses] of [['V1', 'X 1/0, I 2/0'], ['V9', 'X 2/1, I 0/0']] as const) {
    const { world } = play(change, { scenario: 'appendix-a', variant })
    const now = new MutableSnapshot()
    for (const step of world.steps) {
      now.apply(step)
      if (is(step, 'landmark') && step.fields.name.startsWith('5')) break
    }
    const counts = all(now, 'gem').sort(([, a], [, b]) => (a.device < b.device ? -1 : 1)).map(([, gem], i) => `${'XI'[i]} ${gem.pagesUse}/${gem.pagesPin}`).join(', ')
    say(counts === uses, `${variant}, step 5 of appendix A: ${uses}, not ${counts}`)
  }
  return bad
}
/** The first fact that a machine with a mistake breaks; null: none. One that stops with an exception of ours breaks whatever is asked. */
function broken(change: Change): string | null {
  try {
    return facts(change, true)[0] ?? null
  } catch (error) {
    return (error as Error).message
  }
}

test('the machine without a mistake breaks no fact', { timeout: 60_000 }, () => expect(facts(b => b, false)).toEqual([]))

const kernel = (change: (k: KernelParts) => Partial<KernelParts>): Change => b => ({ ...b, kernel: { ...b.kernel, ...change(b.kernel) } })
const hardware = (change: (own: Hardware) => Partial<Hardware>): Change => b => ({ ...b, hardware: own => Object.assign(Object.create(own) as Hardware, change(own)) })

test.each<[string, Change]>([
  ['maintenance: cleaning does nothing', hardware(() => ({ clean: () => undefined }))],
  ['maintenance: cleaning forgets instead of writing back', hardware(own => ({ clean: (phys, size) => own.invalidate(phys, size) }))],
  ['maintenance: invalidating does nothing', hardware(() => ({ invalidate: () => undefined }))],
  ['write-combine buffers are not drained by a call or a doorbell', hardware(() => ({ barrier: () => 0, doorbell: () => undefined }))],
  ['write-combined stores go into the cache', hardware(own => ({ store: (core, phys, attr, bytes) => own.store(core, phys, attr === 'wc' ? 'wb' : attr, bytes) }))],
  ['cached stores go past the cache', hardware(own => ({ store: (core, phys, attr, bytes) => own.store(core, phys, attr === 'wb' ? 'uc' : attr, bytes) }))],
  ['the GPU never cleans its cache', hardware(() => ({ gpuCleanInvalidate: () => undefined, gpuClean: () => undefined }))],
  ['whole pages are not cleaned', hardware(own => ({ clean: (phys, size) => (size < 4096 ? own.clean(phys, size) : undefined) }))],
  ['an entry of a table for the GPU is not cleaned', hardware(own => ({ clean: (phys, size) => (size < 4096 ? undefined : own.clean(phys, size)) }))],
  ['devices look into the caches on RK3399', b => ({ ...b, platform: { ...b.platform, cls: 'FC' } })],
  ['the coherent machine is not', b => ({ ...b, platform: { ...b.platform, cls: 'NC' } })],
  ['the DMA API cleans in the wrong direction', kernel(k => ({ dmaMaintenance: { forCpu: k.dmaMaintenance.forDevice, forDevice: k.dmaMaintenance.forCpu } }))],
  ['the DMA API forgets the end of an access', kernel(k => ({ dmaMaintenance: { ...k.dmaMaintenance, forDevice: { FROM: 'nothing', TO: 'nothing', BIDIR: 'nothing' } } }))],
  ['MMAP_BO of every release refuses imports', kernel(() => ({ mmapBo: () => { throw new Error('never told') } }))],
  ['a pin is never given back', kernel(() => ({ shmemUnpin: () => undefined }))],
  ['a PRIME cache entry is never put', kernel(() => ({ removeBufHandle: () => undefined }))],
  ['closing an area drops nothing', kernel(k => ({ vmOps: Object.fromEntries(Object.entries(k.vmOps).map(([name, ops]) => [name, { ...ops, close: undefined }])) }))],
  ['the exporter forgets to set the area up', kernel(() => ({ gemDmabufMmap: () => undefined }))],
])('%s', { timeout: 60_000 }, (_name, change) => {
  expect(broken(change)).not.toBeNull()
})

type Changed = (id: string, field: string, to: unknown, now: unknown) => boolean
const sizeOf = (value: unknown): number => Object.values((value ?? {}) as Record<string, number>).reduce((sum, n) => sum + n, 0)

/** Changes that a kernel with a mistake forgets to make: what is set and skipped, removed and skipped, made otherwise, or not written. */
interface Mistake { readonly set?: Changed; readonly remove?: (id: string) => boolean; readonly create?: (id: string, record: Record<string, unknown>) => Record<string, unknown>; readonly write?: (area: string, words: ArrayLike<number>) => boolean }
function forgetting({ set, remove, create, write }: Mistake): void {
  const own = { set: World.prototype.set, remove: World.prototype.remove, create: World.prototype.create, write: World.prototype.write }
  vi.spyOn(World.prototype, 'set').mockImplementation(function (this: World, id, field, to) {
    const now = (this.records.get(id) as Record<string, unknown> | undefined)?.[field]
    if (!set?.(id, field, to, now)) own.set.call(this, id as never, field as never, to as never)
  })
  vi.spyOn(World.prototype, 'remove').mockImplementation(function (this: World, id) { if (!remove?.(id)) own.remove.call(this, id) })
  vi.spyOn(World.prototype, 'create').mockImplementation(function (this: World, id, record) { return own.create.call(this, id as never, (create?.(id, record as never) ?? record) as never) as never })
  vi.spyOn(World.prototype, 'write').mockImplementation(function (this: World, area, at, words) { if (!write?.(area, words)) own.write.call(this, area, at, words) })
}
afterEach(() => vi.restoreAllMocks())

test('a kernel that forgets nothing breaks no fact, whoever looks at its changes', () => {
  forgetting({})
  expect(facts(b => b, false)).toEqual([])
})

test.each<[string, Mistake]>([
  ['the right to map outlives the handle', { set: (_id, field, to, now) => field === 'allow' && sizeOf(to) < sizeOf(now) }],
  ['translations are never thrown away', { write: (area, words) => area.startsWith('tlb.') && Array.from(words).every(word => word === 0) }],
  ['fences never signal', { set: (_id, field, to) => field === 'signalled' && to === true }],
  ['a fence has signalled from the start', { create: (id, record) => (id.startsWith('fence:') ? { ...record, signalled: true } : record) }],
  ['a frame is never given back', { set: (id, field, to, now) => id === 'frames:0' && field === 'free' && (to as []).length > (now as []).length }],
  ['a dma-buf is open for writing whatever was asked', { create: (_id, record) => (record.kind === 'dmabuf' ? { ...record, fmode: { read: true, write: true } } : record) }],
  ['a use of pages is not counted', { set: (_id, field, to, now) => field === 'pagesUse' && (to as number) > (now as number) }],
  ['an import stays attached', { remove: id => id.startsWith('attachment:') }],
  ['a handle that goes is not taken off its count', { set: (_id, field, to, now) => field === 'handleCount' && (to as number) < (now as number) }],
  ['an area keeps its right to write', { set: (id, field, to, now) => id.startsWith('vma:') && field === 'flags' && (now as string[]).includes('wr') && !(to as string[]).includes('wr') }],
])('%s', { timeout: 60_000 }, (_name, mistake) => {
  forgetting(mistake)
  expect(broken(b => b)).not.toBeNull()
})
