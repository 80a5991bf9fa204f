/** A job is over, and what it wrote lies in the cache of the GPU still. Whoever reads memory reads what was there before. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { baseOf, seenAt } from './_memory.ts'
import { byJob, gpuDirty, linesWhere, NAMES, newestInGpu, oldRead, readOld } from './_old.ts'

export default hazard<number>({
  id: 'gpu-cache-not-cleaned',
  known: 'H12',
  title: 'The job is over, and its pixels are in the GPU\'s cache',
  facts: {
    sequence: 'A job without a flush at its end; the CPU or the display reads.',
    bites: 'machines that cannot look into the cache of the GPU: NC and IOC',
    symptom: 'Tiles are missing; holes of 64 bytes here and there.',
    fix: 'A flush at the end of the job.',
    call: 'JS_CONFIG_END_FLUSH_CLEAN_INVALIDATE; v3d_clean_caches',
    x86: 'hidden: the driver flushes after every batch',
  },
  seenIn: { variant: 'V9', platform: 'rk3399', importer: 'panfrost-no-end-flush' },
  program: `# The driver waits for the job, and forgets what the GPU keeps in its cache.
process client A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  dumb = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, dumb)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, night)
  fb = drmModeAddFB(card, 32, 32, 128, dumb)
  fd = drmPrimeHandleToFD(card, dumb, DRM_CLOEXEC | DRM_RDWR)
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = drmPrimeFDToHandle(gpu, fd)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  landmark "night drawn"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  landmark "drawn by the GPU"
  gpu_evict(px, 4096, 256, 128)  # two lines of every four leave the cache of the GPU, by chance
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "shown"
}
`,
  memory: baseOf,
  watch(step, world, base, past) {
    const old = oldRead(step, world, base, past)
    if (!old || old.who === 'gpu') return undefined
    const lines = linesWhere(old, gpuDirty(world), word => {
      const writer = newestInGpu(world, past, word) ? byJob(past, word) : undefined
      return writer !== undefined && !world.records.has(writer.fields.job)
    })
    if (lines.length === 0) return undefined
    return seenAt(world, base, lines, [old.id], fill('{who} read {lines#a line|# lines} from memory while the newest bytes were in the GPU\'s cache, dirty; the job that wrote them is over, and nothing was flushed at its end', { who: NAMES[old.who], lines: lines.length }), readOld(NAMES[old.who]))
  },
})
