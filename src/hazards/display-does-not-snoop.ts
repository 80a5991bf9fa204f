/** A cached store waits in the CPU's cache while the display shows the memory behind it: old pixels on the panel, in pieces of a line. */
import { hazard } from '../journal/hazard.ts'
import { dirtyUnseen } from './_dirty.ts'
import { baseOf } from './_memory.ts'

export default hazard<number>({
  id: 'display-does-not-snoop',
  known: 'H14',
  title: 'The display shows memory, and the newest pixels are in the CPU\'s cache',
  facts: {
    sequence: 'The CPU stores through a cached mapping; the display scans out.',
    bites: 'every machine whose display reads memory only, coherent ones and x86 too',
    symptom: 'Dashes of old pixels on the panel only; a screenshot is fine.',
    fix: 'Clean for the display, or scan out from memory that is not cached.',
    call: 'dma_sync_sgtable_for_device for the display; clflush; an uncached or write-through mapping for scan-out; a write-combined framebuffer',
    x86: 'visible: older displays do not look into the last-level cache',
  },
  seenIn: { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2' },
  memory: baseOf,
  watch: (step, world, base, past) => dirtyUnseen(step, world, base, past, 'display'),
})
