/** A cached store waits in the CPU's cache while a job reads the memory behind it. */
import { hazard } from '../journal/hazard.ts'
import { dirtyUnseen } from './_dirty.ts'
import { baseOf } from './_memory.ts'

export default hazard<number>({
  id: 'dirty-line-unseen',
  known: 'H1',
  title: 'The GPU reads past a dirty line of the CPU\'s cache',
  facts: {
    sequence: 'The CPU stores through a cached mapping; a job reads, or the display shows.',
    bites: 'devices that do not look into the CPU\'s caches',
    symptom: 'Old pixels in dashes of 64 bytes, 16 pixels of 32 bits, which heal by themselves over time.',
    fix: 'Clean before the buffer is handed over.',
    call: 'dma_sync_sgtable_for_device, in end_cpu_access; or a write-combined mapping',
    x86: 'hidden: devices look into the caches',
  },
  seenIn: { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2' },
  memory: baseOf,
  watch: (step, world, base, past) => dirtyUnseen(step, world, base, past, 'gpu'),
})
