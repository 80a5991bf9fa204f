/** A cached load finds a line that was there before a device wrote the memory behind it. */
import { WORDS_PER_LINE } from '../base/brand.ts'
import { CPU_DATA, DRAM, INVALID } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import { is } from '../journal/step.ts'
import { baseOf, cpuLine, linesOf, ownerOf, wordAt } from './_memory.ts'

interface Memory { readonly base: number; /** Lines that a job wrote and no process has stored to since. */ readonly drawn: Set<number> }

export default hazard<Memory>({
  id: 'stale-line-read',
  known: 'H2',
  title: 'The CPU reads a line that is older than what the device wrote',
  seenIn: { scenario: 'gpu-draws', variant: 'V5', platform: 'rk3399', exporter: 'E2' },
  memory: header => ({ base: baseOf(header), drawn: new Set() }),
  watch(step, world, { base, drawn }) {
    if (is(step, 'job.write')) for (const line of linesOf(base, step.fields)) drawn.add(line)
    if (is(step, 'store.bytes')) for (const line of linesOf(base, step.fields)) drawn.delete(line)
    if (!is(step, 'load.bytes') || step.fields.attr !== 'wb') return undefined
    const old = linesOf(base, step.fields).filter(line => drawn.has(line) && cpuLine(world, line) !== INVALID
      && Array.from({ length: WORDS_PER_LINE }, (_, i) => line * WORDS_PER_LINE + i).some(word => wordAt(world, CPU_DATA, word) !== wordAt(world, DRAM, word)))
    if (old.length === 0) return undefined
    const owner = ownerOf(world, base, old[0]!)
    return { objects: [...(owner ? [owner] : []), step.fields.task], text: `${step.fields.task} read ${old.length === 1 ? 'a line' : `${old.length} lines`} from the cache, and a device has written the memory since` }
  },
})
