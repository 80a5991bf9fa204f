/** The same memory is reached cached by one mapping and past the cache by another: what one of them stores the other need not see. */
import { LINES_PER_PAGE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { baseOf, linesOf, ownerOf, seenAt } from './_memory.ts'
import { cpuDirty, linesWhere, newestInCpu, oldRead } from './_old.ts'

interface Memory { readonly base: number; /** By frame: how, and by whom, it was reached since it was taken into use. */ readonly reached: Map<number, { attr: string; task: Id<'task'> }> }

const WAYS: Readonly<Record<string, string>> = { wb: 'cached', wc: 'write-combined', uc: 'uncached' }

export default hazard<Memory>({
  id: 'mismatched-alias',
  known: 'H7',
  title: 'One page, two kinds of mapping',
  facts: {
    sequence: 'Stores through a cached mapping, loads through a write-combined one, or the other way round.',
    bites: 'every ARM machine, whatever its devices look into',
    symptom: 'The CPU does not agree with itself.',
    fix: 'The same attributes everywhere: hand the mapping over to the exporter.',
    call: 'dma_buf_mmap; pgprot_writecombine in all mappings, or in none',
    x86: 'hidden: the core looks into its own cache',
  },
  seenIn: { variant: 'V1', platform: 'rk3399', exporter: 'E2' },
  program: `# One page, mapped twice: cached by its exporter, past the cache by its importer. The client draws with one and looks with the other.
process client A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  dumb = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, dumb)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, night)
  evict(px)  # hardware may do this at any time
  landmark "night drawn"
  fd = drmPrimeHandleToFD(card, dumb, DRM_CLOEXEC | DRM_RDWR)
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = drmPrimeFDToHandle(gpu, fd)
  off2 = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  px2 = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off2)
  landmark "mapped twice"
  fill(px, day)
  evict(px, 4096, 256, 128)  # two lines of every four leave the cache, by chance
  load(px2 + 128, 64)
  landmark "looked at"
}
`,
  memory: header => ({ base: baseOf(header), reached: new Map() }),
  watch(step, world, { base, reached }, past) {
    const old = is(step, 'load.bytes') && step.fields.attr !== 'wb' ? oldRead(step, world, base, past) : undefined
    const missed = old ? linesWhere(old, cpuDirty(world), word => newestInCpu(world, past, word)) : []
    if (missed.length > 0) return seenAt(world, base, missed, [old!.id], fill('{task} read {lines#a line|# lines} past the cache, in which the newest bytes lie, dirty', { task: old!.id, lines: missed.length }), 'the CPU read past its own cache')
    if (is(step, 'page.alloc')) reached.delete(step.fields.frame)
    if (is(step, 'page.run.alloc')) for (let i = 0; i < step.fields.pages; i++) reached.delete(step.fields.frame + i)
    if (!is(step, 'store.bytes') && !is(step, 'load.bytes')) return undefined
    const { attr, task } = step.fields
    const lines = linesOf(base, step.fields)
    for (const frame of new Set(lines.map(line => Math.floor(line / LINES_PER_PAGE)))) {
      const before = reached.get(frame)
      if (!before) reached.set(frame, { attr, task })
      if (!before || before.attr === attr) continue
      const owner = ownerOf(world, base, frame * LINES_PER_PAGE)
      return { objects: [...(owner ? [owner] : []), before.task, task], text: fill('{first} reached this page {before}, and {task} now reaches it {now}', { first: before.task, before: WAYS[before.attr] ?? before.attr, task, now: WAYS[attr] ?? attr }) }
    }
    return undefined
  },
})
