/** A line has stayed in the cache of the GPU since an earlier job. The next one finds it there, and does not ask memory. */
import { fill } from '../base/fill.ts'
import { GPU_LINE } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import type { RunHeader } from '../journal/run.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { Arrivals, baseOf, seenAt } from './_memory.ts'
import { linesWhere, oldRead } from './_old.ts'
import { GPU_BUFFER, GPU_LOOKS } from './_programs.ts'

const begin = (header: RunHeader) => ({ base: baseOf(header), came: new Arrivals(GPU_LINE), started: new Map<Id, number>() })

export default hazard<ReturnType<typeof begin>>({
  id: 'gpu-cache-stale',
  known: 'H13',
  title: 'The GPU finds a line of an earlier job in its cache',
  facts: {
    sequence: 'A line in the cache of the GPU; the CPU or another device writes; a job without a flush at its start reads.',
    bites: 'machines on which others\' stores do not reach the cache of the GPU: NC and IOC',
    symptom: 'Old uniforms, old textures.',
    fix: 'Invalidate at the start of the job.',
    call: 'JS_CONFIG_START_FLUSH_CLEAN_INVALIDATE; v3d_invalidate_caches',
    x86: 'hidden: the driver flushes before every batch',
  },
  seenIn: { variant: 'V9', platform: 'rk3399', importer: 'panfrost-no-invalidate' },
  program: `# The first job leaves its lines behind. The CPU draws day, past its own cache; the second job does not see it.
process client A {
${GPU_BUFFER}  fill(px, night)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  landmark "night read"
  gpu_evict(px, 4096, 256, 128)  # two lines of every four leave the cache of the GPU, by chance
  fill(px, day)
  landmark "day drawn"
${GPU_LOOKS}}
`,
  memory: begin,
  watch(step, world, { base, came, started }, past) {
    came.follow(step)
    if (is(step, 'job.start')) started.set(step.fields.job, step.seq)
    const old = is(step, 'job.read') ? oldRead(step, world, base, past) : undefined
    if (!old) return undefined
    const since = started.get(old.id) ?? 0
    const lines = linesWhere(old, line => came.of(line) >= 0 && came.of(line) < since, () => true)
    if (lines.length === 0) return undefined
    return seenAt(world, base, lines, [old.id], fill('{job} found {lines#a line|# lines} in the GPU\'s cache that had been there before it began, and {lines#was|were} older than what has been stored since', { job: old.id, lines: lines.length }), 'the GPU read old bytes')
  },
})
