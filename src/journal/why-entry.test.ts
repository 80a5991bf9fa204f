/** Translations that are out of date: found in machines that forget to flush or to clean, and nowhere in those that do not. */
import { afterEach, expect, test, vi } from 'vitest'
import type { Hardware } from '../hardware/hardware.ts'
import { boot } from '../machine/boot.ts'
import { readProgram } from '../userspace/program/check.ts'
import { choose } from '../worker/choose.ts'
import { runRecipe } from '../worker/run-recipe.ts'
import { World } from '../world/world.ts'
import type { Journal } from './run.ts'
import { is } from './step.ts'
import type { Walker } from './tables.ts'
import { wentAstray, whyEntry } from './why-entry.ts'

afterEach(() => vi.restoreAllMocks())

const RECIPE = { scenario: 'canonical', variant: 'V1', platform: 'rk3399', exporter: 'E3' }
const PROGRAM = `process client A {
  sigaction(SIGSEGV | SIGBUS)
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  store(px, "01")
  DRM_IOCTL_PANFROST_SUBMIT(gpu, uses(bo), read(va, 4096))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  munmap(px)
  load(px, 1)
  drmCloseBufferHandle(gpu, bo)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096))
  close(gpu)
}`

function journalOf(change: (own: Hardware) => Partial<Hardware> = () => ({})): Journal {
  const { blueprint } = choose(RECIPE)
  const run = boot({ ...blueprint, hardware: (own) => Object.assign(Object.create(own) as Hardware, change(own)) }, readProgram(PROGRAM).program)
  while (run.tick(() => 0));
  return { header: runRecipe(RECIPE).journal.header, steps: run.world.steps }
}
function walkers(journal: Journal): { cpu: Walker; gpu: Walker } {
  const set = journal.steps.find((step) => is(step, 'pte.set') && step.fields.task === 'task:A')!
  const map = journal.steps.find((step) => is(step, 'iopt.map'))!
  return {
    cpu: { who: 'cpu', owner: 'task:A', addr: (set.fields as { addr: number }).addr },
    gpu: { who: 'gpu', owner: (map.fields as { mmu: Walker['owner'] }).mmu, addr: (map.fields as { gpuVa: number }).gpuVa },
  }
}
const everAstray = (journal: Journal): string[] => Object.values(walkers(journal)).flatMap((walker) => wentAstray(journal, walker, journal.steps.length).map(({ used }) => `${walker.who} ${journal.steps[used!]!.event}`))

test('a machine that flushes: out of date only between the change and the flush, and nobody goes through it', () => {
  const journal = journalOf()
  expect(everAstray(journal)).toEqual([])
  const { cpu, gpu } = walkers(journal)
  for (const walker of [cpu, gpu]) {
    expect(whyEntry(journal, walker, journal.steps.length - 1)).toEqual([])
    const change = journal.steps.findLast((step) => is(step, walker.who === 'cpu' ? 'pte.clear' : 'iopt.unmap'))!
    const [why] = journal.steps.slice(change.seq, change.seq + 6).flatMap((step) => whyEntry(journal, walker, step.seq)).filter(({ fault }) => fault === 'tlb')
    expect(why).toMatchObject({ fault: 'tlb', used: null })
    expect(why!.filled).toBeLessThan(why!.changed)
    expect(journal.steps[why!.filled!]!.event).toBe('tlb.fill')
    expect(journal.steps[why!.mended!]!.event).toBe('tlb.flush')
  }
})

test('a machine whose TLBs never forget: both sides go through the old entry, and no step mends it', () => {
  const own = World.prototype.write
  vi.spyOn(World.prototype, 'write').mockImplementation(function (this: World, area, at, words) {
    if (!(area.startsWith('tlb.') && Array.from(words).every((word) => word === 0))) own.call(this, area, at, words)
  })
  const journal = journalOf()
  expect(everAstray(journal)).toEqual(['cpu load.bytes', 'gpu job.read'])
  for (const walker of Object.values(walkers(journal))) {
    const [why] = whyEntry(journal, walker, journal.steps.length - 1)
    expect(why).toMatchObject({ fault: 'tlb', mended: null })
  }
})

test('an entry that is stored and not cleaned is unseen by a walker that reads memory, and only by that one', () => {
  const journal = journalOf((own) => ({ clean: (phys, size) => (size < 4096 ? undefined : own.clean(phys, size)) }))
  const { cpu, gpu } = walkers(journal)
  const mapped = journal.steps.find((step) => is(step, 'iopt.map'))!.seq
  expect(whyEntry(journal, gpu, mapped + 3)).toMatchObject([{ fault: 'unseen', changed: mapped }])
  expect(journal.steps.some((step) => is(step, 'mmu.fault'))).toBe(true)
  const touched = journal.steps.find((step) => is(step, 'store.bytes'))!.seq
  expect(whyEntry(journal, cpu, touched)).toEqual([])
})
