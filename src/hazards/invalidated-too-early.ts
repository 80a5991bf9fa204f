/** The cache was told to forget a line while the device was not done; on speculation it came back, old, before the device wrote. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { seenAt } from './_memory.ts'
import { HEAP_BUFFER, NIGHT_IN_BRACKET } from './_programs.ts'
import { Loads } from './_stale.ts'

export default hazard<Loads>({
  id: 'invalidated-too-early',
  known: 'H3',
  title: 'The line was forgotten too early, and came back old',
  facts: {
    sequence: 'Invalidate; a job writes; the CPU loads. DMA_BUF_IOCTL_SYNC with START while the job still runs is the same: the exporter\'s hook comes before the wait.',
    bites: 'devices that do not look into the CPU\'s caches',
    symptom: 'Old dashes, seldom, and not the same ones twice.',
    fix: 'Invalidate after the fence.',
    call: 'poll or a wait ioctl first, then begin_cpu_access',
    x86: 'hidden: the device\'s write takes the line out of the cache',
  },
  seenIn: { variant: 'V21', platform: 'rk3399' },
  program: `# START asks the heap first, which invalidates; then it waits for the job. In between the cache guesses.
process client A {
${HEAP_BUFFER}${NIGHT_IN_BRACKET}  sendmsg(other, fd)
  recv(other)
  send(other)
  landmark "night drawn"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ)
  landmark "drawn by the GPU"
  load(px, 64)
  load(px + 256, 64)
  landmark "looked at"
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_READ)
}
process other B {
  fd = recvmsg(client)
  px = mmap(4096, PROT_READ, MAP_SHARED, fd)
  load(px)
  send(client)
  recv(client)
  prefetch(px, 4096, 256, 128)  # the hardware guesses, while the client waits for the GPU
}
`,
  memory: header => new Loads(header),
  watch(step, world, loads, past) {
    loads.follow(step, world)
    const old = loads.old(step, world, past)
    if (!old?.cameBack.length) return undefined
    return seenAt(world, loads.base, old.cameBack, [old.task], fill('{task} read {lines#a line|# lines} that came into the cache before the device wrote; to forget it earlier was too early', { task: old.task, lines: old.cameBack.length }), 'the CPU read old bytes')
  },
})
