/** A process touches a buffer while a job that names it is not done: what it sees is part old and part new, and no flush cures that. */
import { LINES_PER_PAGE, PAGE_SIZE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { framesOf } from '../journal/buffer-pages.ts'
import { hazard } from '../journal/hazard.ts'
import { all } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import { baseOf, linesOf } from './_memory.ts'
import { GPU_BUFFER } from './_programs.ts'
import { placedAt } from './_tables.ts'

const LOOKED = '{task} reads {named} while {job} is to draw into it'
const DREW_OVER = '{task} stores to {named} while {job} is to read it'
const DREW_BESIDE = '{task} stores to {named} while {job} is to draw into it'

export default hazard<number>({
  id: 'fence-not-waited',
  known: 'H22',
  title: 'The CPU did not wait for the GPU',
  facts: {
    sequence: 'A job is on its way; the CPU touches the buffer.',
    bites: 'every machine',
    symptom: 'A mixture of two frames, which no flush cures.',
    fix: 'Wait for the fence.',
    call: 'dma_resv_wait_timeout, in dma_buf_begin_cpu_access; or a wait ioctl',
    x86: 'visible',
  },
  seenIn: { variant: 'V5', platform: 'rk3399' },
  program: `# The GPU has drawn one half when the client looks: at both halves.
process client A {
${GPU_BUFFER}  fill(px, night)
  landmark "night drawn"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 2048, day), write(va + 2048, 2048, day), uses(bo))
  gpu_evict(px, 2048)  # what the GPU has drawn so far reaches memory, by chance
  load(px, 64)
  load(px + 2048, 64)
  landmark "looked too early"
}
`,
  picks: [1, 1],
  memory: baseOf,
  watch(step, world, base) {
    const storing = is(step, 'store.bytes')
    if (!storing && !is(step, 'load.bytes')) return undefined
    const touched = new Set(linesOf(base, step.fields).map(line => Math.floor(line / LINES_PER_PAGE)))
    for (const [job, { device, ops, state }] of all(world, 'job')) {
      if (state === 'done' || state === 'faulted') continue
      for (const { op, gpuVa } of ops) {
        if (op === 'read' && !storing) continue
        const named = placedAt(world, device, gpuVa)
        if (!named || !framesOf(world, base / PAGE_SIZE, named).some(frame => touched.has(frame))) continue
        return { objects: [named, job, step.fields.task], text: fill(!storing ? LOOKED : op === 'read' ? DREW_OVER : DREW_BESIDE, { task: step.fields.task, named, job }), harm: storing ? 'the CPU drew too early' : 'the CPU looked too early' }
      }
    }
    return undefined
  },
})
