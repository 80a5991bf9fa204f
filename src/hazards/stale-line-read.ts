/** A cached load finds a line that was there before a device wrote the memory behind it, and nobody told the cache to forget it. */
import { hazard } from '../journal/hazard.ts'
import { seenAt } from './_memory.ts'
import { count } from './_old.ts'
import { Loads } from './_stale.ts'

export default hazard<Loads>({
  id: 'stale-line-read',
  known: 'H2',
  title: 'The CPU reads a line that is older than what the device wrote',
  facts: {
    sequence: 'The CPU loads through a cached mapping; a job writes; the CPU loads again.',
    bites: 'devices that do not look into the CPU\'s caches',
    symptom: 'What is read back is the frame before.',
    fix: 'Invalidate after the job is over.',
    call: 'dma_sync_sgtable_for_cpu (FROM or BIDIRECTIONAL), in begin_cpu_access',
    x86: 'hidden: the device\'s write takes the line out of the cache',
  },
  seenIn: { scenario: 'gpu-draws', variant: 'V5', platform: 'rk3399', exporter: 'E2' },
  memory: header => new Loads(header),
  watch(step, world, loads, past) {
    loads.follow(step, world)
    const old = loads.old(step, world, past)
    if (!old?.kept.length) return undefined
    return seenAt(world, loads.base, old.kept, [old.task], `${old.task} read ${count(old.kept)} from the cache, and a device has written the memory since`, 'the CPU read old bytes')
  },
})
