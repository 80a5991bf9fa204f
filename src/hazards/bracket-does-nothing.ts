/** User space brackets its access as it should, the exporter has no hook, and the dirty lines stay where they are until a device misses them. */
import { LINES_PER_PAGE } from '../base/brand.ts'
import { DIRTY } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { follow, linesMissed, NAMES, newest, type Newest } from './_dirty.ts'
import { cpuLine, framesOf, linesOf } from './_memory.ts'

interface Memory extends Newest { ending: Id<'dma_buf'> | null; /** Lines that were dirty when a bracket around them ended. */ readonly left: Map<number, Id<'dma_buf'>> }

export default hazard<Memory>({
  id: 'bracket-does-nothing',
  known: 'H8',
  title: 'SYNC was called, and no line was cleaned',
  seenIn: { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2', sync: 'Y1' },
  memory: header => ({ ...newest(header), ending: null, left: new Map() }),
  watch(step, world, memory) {
    const { base, left } = memory
    follow(step, memory)
    if (is(step, 'sync.begin')) memory.ending = null
    if (is(step, 'sync.end')) memory.ending = step.fields.dmaBuf
    if (is(step, 'store.bytes')) for (const line of linesOf(base, step.fields)) left.delete(line)
    if (is(step, 'sync.nohook') && memory.ending) {
      const { priv } = get(world, step.fields.dmaBuf)!
      for (const frame of priv.startsWith('gem:') ? framesOf(base, get(world, priv as Id<'gem'>)!) : []) {
        for (let line = frame * LINES_PER_PAGE; line < (frame + 1) * LINES_PER_PAGE; line++) if (cpuLine(world, line) === DIRTY) left.set(line, step.fields.dmaBuf)
      }
    }
    for (const who of ['gpu', 'display'] as const) {
      const missed = linesMissed(step, world, memory, who)
      const lines = missed?.lines.filter(line => left.has(line)) ?? []
      if (lines.length === 0) continue
      const dmaBuf = left.get(lines[0]!)!
      return { objects: [dmaBuf, missed!.reader], text: `${lines.length} lines were dirty when the bracket around them ended, are dirty still, and ${NAMES[who]} has just read past them` }
    }
    return undefined
  },
})
