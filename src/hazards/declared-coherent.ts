/** Firmware calls a device coherent that is not wired so: the DMA API believes it, and every maintenance becomes nothing. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { linesMissed } from './_dirty.ts'
import { baseOf, seenAt } from './_memory.ts'
import { GPU_LOOKS, HEAP_BUFFER } from './_programs.ts'

interface Memory { readonly base: number; /** Devices for which the DMA API left the caches alone. */ readonly trusted: Set<string>; /** The GPU sees memory only; where it looks into the caches and its tables do not ask for it, the description is no lie. */ readonly blind: boolean }

export default hazard<Memory>({
  id: 'declared-coherent',
  known: 'H16',
  title: 'Described as coherent, and not wired so',
  facts: {
    sequence: 'Cached stores; the DMA API does nothing, because the device is described as coherent; a job reads.',
    bites: 'boards whose device tree says dma-coherent of a device that does not look into the caches',
    symptom: 'Constant corruption.',
    fix: 'Correct the firmware.',
    call: 'no dma-coherent in the device tree; then dma_sync_sgtable_for_device cleans',
    x86: 'not applicable',
  },
  seenIn: { variant: 'V21', platform: 'rk3399-called-coherent', kernel: 'K52' },
  program: `# Every bracket is there, and the heap does what it should. The DMA API was told that nothing needs to be done.
process client A {
${HEAP_BUFFER}  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_RW)
  fill(px, day)
  evict(px, 4096, 256, 128)  # two lines of every four leave the cache, by chance
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_RW)
  landmark "day drawn"
${GPU_LOOKS}}
`,
  memory: header => ({ base: baseOf(header), trusted: new Set(), blind: header.hardware.cls === 'NC' }),
  watch(step, world, { base, trusted, blind }, past) {
    if (is(step, 'dma.coherent')) trusted.add(step.fields.device)
    const missed = linesMissed(step, world, base, past, 'gpu')
    const device = missed && get(world, missed.reader as Id<'job'>)?.device
    if (!blind || !missed || !device || !trusted.has(device)) return undefined
    return seenAt(world, base, missed.lines, [device, missed.reader], fill('firmware describes {device} as coherent, so nothing was cleaned for it, and it has just read past {lines#a line|# lines} in the CPU\'s cache', { device, lines: missed.lines.length }), 'the GPU read old bytes')
  },
})
