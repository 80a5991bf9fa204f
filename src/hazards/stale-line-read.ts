/** A cached load finds a line that was there before a device wrote the memory behind it, and nobody told the cache to forget it. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { seenAt } from './_memory.ts'
import { HEAP_BUFFER } from './_programs.ts'
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
  seenIn: { variant: 'V20', platform: 'rk3399' },
  program: `# The job is waited for. Nobody tells the cache to forget the night that the client drew.
process client A {
${HEAP_BUFFER}  fill(px, night)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_WRITE)
  landmark "night drawn"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  landmark "drawn by the GPU"
  evict(px, 4096, 256, 128)  # two lines of every four leave the cache, by chance
  load(px + 128, 64)
  landmark "looked at"
}
`,
  memory: header => new Loads(header),
  watch(step, world, loads, past) {
    loads.follow(step, world)
    const old = loads.old(step, world, past)
    if (!old?.kept.length) return undefined
    return seenAt(world, loads.base, old.kept, [old.task], fill('{task} read {lines#a line|# lines} from the cache, and a device has written the memory since', { task: old.task, lines: old.kept.length }), 'the CPU read old bytes')
  },
})
