/** User space brackets its access as it should, the exporter has no hook, and the dirty lines stay where they are until a device misses them. */
import { LINES_PER_PAGE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { DIRTY } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { linesMissed } from './_dirty.ts'
import { baseOf, cpuLine, framesBehind, linesOf, seenAt } from './_memory.ts'
import { readOld } from './_old.ts'

interface Memory { readonly base: number; ending: Id<'dma_buf'> | null; /** Lines that were dirty when a bracket around them ended. */ readonly left: Map<number, Id<'dma_buf'>> }

export default hazard<Memory>({
  id: 'bracket-does-nothing',
  known: 'H8',
  title: 'SYNC was called, and no line was cleaned',
  facts: {
    sequence: 'A cached mapping of a buffer whose exporter has no hooks for CPU access; DMA_BUF_IOCTL_SYNC around the stores; a device reads.',
    bites: 'devices that do not look into the CPU\'s caches',
    symptom: 'As H1 and H2, although the application did everything right.',
    fix: 'The exporter implements begin and end of CPU access, or hands out write-combined mappings only.',
    call: 'begin_cpu_access and end_cpu_access of the exporter, as the system heap and later panfrost have them',
    x86: 'hidden: there is nothing to clean',
  },
  seenIn: { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2', sync: 'Y1' },
  memory: header => ({ base: baseOf(header), ending: null, left: new Map() }),
  watch(step, world, memory, past) {
    const { base, left } = memory
    if (is(step, 'sync.begin')) memory.ending = null
    if (is(step, 'sync.end')) memory.ending = step.fields.dmaBuf
    if (is(step, 'store.bytes')) for (const line of linesOf(base, step.fields)) left.delete(line)
    if (is(step, 'sync.nohook') && memory.ending) {
      for (const frame of framesBehind(world, base, step.fields.dmaBuf)) {
        for (let line = frame * LINES_PER_PAGE; line < (frame + 1) * LINES_PER_PAGE; line++) if (cpuLine(world, line) === DIRTY) left.set(line, step.fields.dmaBuf)
      }
    }
    for (const who of ['gpu', 'display'] as const) {
      const missed = linesMissed(step, world, base, past, who)
      const lines = missed?.lines.filter(line => left.has(line)) ?? []
      if (lines.length === 0) continue
      return seenAt(world, base, lines, [left.get(lines[0]!)!, missed!.reader], fill('{lines#a line was|# lines were} dirty when the bracket around them ended, and still so, and {who} has just read past them', { lines: lines.length, who: missed!.name }), readOld(missed!.name))
    }
    return undefined
  },
})
