/** The bracket says that the CPU will write, and the CPU reads: for that direction no line is forgotten. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { seenAt } from './_memory.ts'
import { DAY_BY_GPU } from './_programs.ts'
import { Loads } from './_stale.ts'

export default hazard<Loads>({
  id: 'wrong-direction',
  known: 'H9',
  title: 'SYNC said WRITE, and the CPU reads',
  facts: {
    sequence: 'The CPU has lines of the buffer; a job writes; DMA_BUF_SYNC_START with WRITE alone; the CPU loads.',
    bites: 'devices that do not look into the CPU\'s caches',
    symptom: 'As H2: what is read back is the frame before.',
    fix: 'Say READ, or RW.',
    call: 'begin_cpu_access with the direction of the access: dma_sync_sgtable_for_cpu does nothing for TO_DEVICE',
    x86: 'hidden: the device\'s write takes the line out of the cache',
  },
  seenIn: { variant: 'V21', platform: 'rk3399' },
  program: `# The GPU has drawn, and the job is waited for. Only the direction is wrong.
process client A {
${DAY_BY_GPU}  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_WRITE)
  load(px, 64)
  landmark "looked at"
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_WRITE)
}
`,
  memory: header => new Loads(header),
  watch(step, world, loads, past) {
    loads.follow(step, world)
    const old = loads.old(step, world, past)
    if (!old?.wrongWay.length) return undefined
    return seenAt(world, loads.base, old.wrongWay, [old.task], fill('{task} read {lines#a line|# lines} inside a bracket for writing, which forgets none, and a device has written the memory since', { task: old.task, lines: old.wrongWay.length }), 'the CPU read old bytes')
  },
})
