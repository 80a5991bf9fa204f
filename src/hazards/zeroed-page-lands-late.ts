/** The zeros of a fresh page wait dirty in the CPU's cache while a process stores past it: when they leave the cache, they land on its bytes. */
import { fill } from '../base/fill.ts'
import { DIRTY } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import { is } from '../journal/step.ts'
import { baseOf, cpuLine, linesOf, seenAt } from './_memory.ts'
import { byProcess } from './_old.ts'
import { linesDestroyed } from './_write-back.ts'

interface Memory { readonly base: number; /** Nobody looks into the caches, so nobody meets the zeros there. */ readonly bites: boolean; /** Lines that a process stored through the cache. */ readonly stored: Set<number> }

export default hazard<Memory>({
  id: 'zeroed-page-lands-late',
  known: 'H6',
  title: 'Zeros in the cache, pixels in memory below them',
  facts: {
    sequence: 'The kernel zeroes a page through its cached mapping; stores past the cache; the zeros leave the cache.',
    bites: 'devices that do not look into the caches, with drivers that let a page be mapped by the CPU before it is mapped for a device',
    symptom: 'Black dashes in what was uploaded.',
    fix: 'Clean the pages before their first use past the cache.',
    call: 'the first dma_map_sgtable, in drm_gem_shmem_get_pages_sgt',
    x86: 'hidden: set_pages_array_wc changes the kernel\'s own mapping and flushes it',
  },
  seenIn: { variant: 'V9', platform: 'rk3399', exporter: 'E1' },
  program: `# Nobody cleans the zeros of the fresh page before the drawing. They leave the cache when they like.
process compositor A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, day)
  landmark "drawn"
  evict_linear(px, 4096, 256, 128)  # two lines of every four leave the cache, by chance
  fb = drmModeAddFB(card, 32, 32, 128, bo)
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "shown"
}
`,
  memory: header => ({ base: baseOf(header), bites: header.hardware.cls === 'NC', stored: new Set() }),
  watch(step, world, { base, bites, stored }, past) {
    const landed = linesDestroyed(step, world, past, word => byProcess(past, word)).filter(line => !stored.has(line))
    if (landed.length > 0) return seenAt(world, base, landed, [], fill('the zeros of {lines#a line|# lines} have left the cache, and what was drawn past it is gone there', { lines: landed.length }), 'zeros have landed on the drawing')
    if (!is(step, 'store.bytes') || !bites) return undefined
    const lines = linesOf(base, step.fields)
    if (step.fields.attr === 'wb') for (const line of lines) stored.add(line)
    if (step.fields.attr !== 'wc') return undefined
    const over = lines.filter(line => cpuLine(world, line) === DIRTY && !stored.has(line))
    if (over.length === 0) return undefined
    return seenAt(world, base, over, [step.fields.task], fill('the zeros of {lines} fresh {lines#line|lines} are still dirty in the cache above what {task} has stored', { lines: over.length, task: step.fields.task }))
  },
})
