/** The GPU looks into the CPU's caches, and finds a clean line there that is older than memory: the CPU has stored past its cache. */
import { fill } from '../base/fill.ts'
import { CPU_DATA, GPU_LINE } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import type { RunHeader } from '../journal/run.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { Arrivals, baseOf, seenAt, wordAt } from './_memory.ts'
import { cpuHolds, inMemory, linesWhere, oldRead } from './_old.ts'
import { GPU_BUFFER, GPU_LOOKS } from './_programs.ts'

const begin = (header: RunHeader) => ({ base: baseOf(header), came: new Arrivals(GPU_LINE), started: new Map<Id, number>() })

export default hazard<ReturnType<typeof begin>>({
  id: 'snooped-old-line',
  known: 'H15',
  title: 'The GPU looks into the cache, and the newest bytes are in memory',
  facts: {
    sequence: 'A clean line in the CPU\'s cache, that of the zeroed page for example; the CPU stores past the cache; the GPU takes the line from the cache.',
    bites: 'GPUs that look into the caches, with write-combined mappings or with firmware that does not say so',
    symptom: 'Jobs fault now and then; command streams are garbage.',
    fix: 'Cached mappings for coherent devices, and firmware that calls them coherent.',
    call: 'map_wc = !coherent; dma-coherent in the device tree',
    x86: 'hidden: a store past the cache takes the line out of it',
  },
  seenIn: { variant: 'V9', platform: 'amlogic-g12b-undeclared', kernel: 'K61' },
  program: `# The zeros of the fresh page were cleaned, and stayed. The CPU draws past its cache; the GPU looks into it.
process client A {
${GPU_BUFFER}  store(px, "00000000")
  evict_linear(px, 4096, 256, 128)  # two lines of every four have left the cache, by chance
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
    const lines = linesWhere(old, line => cpuHolds(world)(line) && came.of(line) >= since, (word, value) => inMemory(world, past, word) && wordAt(world, CPU_DATA, word) === value)
    if (lines.length === 0) return undefined
    return seenAt(world, base, lines, [old.id], fill('{job} took {lines#a line|# lines} from the CPU\'s cache, where {lines#it is|they are} clean and old; the newest bytes went past the cache, into memory', { job: old.id, lines: lines.length }), 'the GPU read old bytes')
  },
})
