/** A bracket for writing forgets no line. A store to a part of an old line makes all of it dirty, and the end of the bracket publishes its old bytes. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { bracketsFrom } from './_brackets.ts'
import { frameOfLine, seenAt } from './_memory.ts'
import { DAY_BY_GPU, GPU_LOOKS } from './_programs.ts'
import { byChance, linesDestroyed } from './_write-back.ts'

const EVICTED = '{lines#a line|# lines} that {task} stored to in part, in a bracket for writing, left the cache by chance: the rest of {lines#it|them} was old, and lies now on what the GPU had written'
const CLEANED = '{lines#a line|# lines} that {task} stored to in part, in a bracket for writing, {lines#was|were} cleaned: the rest of {lines#it|them} was old, and lies now on what the GPU had written'

export default hazard<ReturnType<typeof bracketsFrom>>({
  id: 'write-only-bracket',
  known: 'H10',
  title: 'A few bytes are stored, and the whole line goes back in time',
  facts: {
    sequence: 'An old line in the cache; DMA_BUF_SYNC_START with WRITE alone; the CPU stores 8 bytes of it; END.',
    bites: 'devices that do not look into the CPU\'s caches',
    symptom: 'Pixels of the GPU beside those that the CPU drew go back to an older frame.',
    fix: 'A bracket for reading and writing, or stores to whole lines only.',
    call: 'begin_cpu_access with BIDIRECTIONAL',
    x86: 'hidden: the device\'s write takes the line out of the cache',
  },
  seenIn: { variant: 'V21', platform: 'rk3399' },
  program: `# The client only writes, eight pixels here and there, and says so. The lines around them are those of the frame before.
process client A {
${DAY_BY_GPU}  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_WRITE)
  store(px + 512, "0000ff000000ff00")
  store(px + 1536, "0000ff000000ff00")
  store(px + 2560, "0000ff000000ff00")
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_WRITE)
  landmark "a few pixels drawn"
${GPU_LOOKS}}
`,
  memory: bracketsFrom,
  watch(step, world, { base, brackets }, past) {
    brackets.follow(step, world)
    const lines = linesDestroyed(step, world, past).filter(line => brackets.around(frameOfLine(line))?.dir === 'TO')
    if (lines.length === 0) return undefined
    const { task, dmaBuf } = brackets.around(frameOfLine(lines[0]!))!
    return seenAt(world, base, lines, [dmaBuf, task as `task:${string}`], fill(byChance(step) ? EVICTED : CLEANED, { lines: lines.length, task }), 'what the GPU drew is lost')
  },
})
