/** A line was dirty in the CPU's cache before a device wrote the memory behind it. Whenever it leaves the cache, it lands on what the device wrote. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { bracketsFrom } from './_brackets.ts'
import { frameOfLine, seenAt } from './_memory.ts'
import { GPU_LOOKS, HEAP_BUFFER } from './_programs.ts'
import { byChance, linesDestroyed } from './_write-back.ts'

const EVICTED = '{lines#a line|# lines} of old bytes left the cache by chance, and the newest, which the GPU had written to memory, are gone'
const CLEANED = '{lines#a line|# lines} of old bytes {lines#was|were} cleaned, and the newest, which the GPU had written to memory, are gone'

export default hazard<ReturnType<typeof bracketsFrom>>({
  id: 'dirty-eviction',
  known: 'H4',
  title: 'A dirty line lands on what the device wrote',
  facts: {
    sequence: 'The CPU stores to one half of a line, through a cached mapping; a job writes the other half; the line leaves the cache.',
    bites: 'devices that do not look into the CPU\'s caches',
    symptom: 'What the GPU drew disappears later, line by line.',
    fix: 'One owner for a line at a time: clean before the job, and keep to whole lines.',
    call: 'dma_map_sgtable or dma_sync_sgtable_for_device before the job, and no CPU stores during it',
    x86: 'hidden: the device\'s write takes the line out of the cache first',
  },
  seenIn: { variant: 'V20', platform: 'rk3399' },
  program: `# Nobody cleans what the CPU drew. The GPU draws day over it, and then the old lines leave the cache, a few at a time.
process client A {
${HEAP_BUFFER}  fill(px, night)
  landmark "night drawn"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)
  landmark "drawn by the GPU"
  evict(px, 4096, 256, 128)  # two lines of every four leave the cache, by chance
  landmark "night is back"
${GPU_LOOKS}}
`,
  memory: bracketsFrom,
  watch(step, world, { base, brackets }, past) {
    brackets.follow(step, world)
    const lines = linesDestroyed(step, world, past).filter(line => brackets.around(frameOfLine(line))?.dir !== 'TO')
    if (lines.length === 0) return undefined
    return seenAt(world, base, lines, [], fill(byChance(step) ? EVICTED : CLEANED, { lines: lines.length }), 'what the GPU drew is lost')
  },
})
