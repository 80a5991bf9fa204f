/** What may happen by itself in a whole machine: to lines of its buffers and of the tables that lead there, and to what its TLBs remember. */
import { byItself, letHappen, losable } from '../hardware/by-itself.ts'
import { linesOf } from './lines.ts'
import type { Nature } from './nature.ts'
import { unseenTableLines, isRemembered } from './walkers.ts'

export const happenings: Nature = {
  linesOf(world, platform, most) {
    const [ofBuffers, ofTables] = [linesOf(world, platform, most), unseenTableLines(world, platform, most)]
    return ofTables.length === 0 ? ofBuffers : [...new Set([...ofBuffers, ...ofTables])].sort((a, b) => a - b)
  },
  byItself: (world, platform, lines) => [...byItself(world, platform, lines, world.ids('vma').some(id => world.get(id).attr === 'wb')), ...losable(world)],
  letHappen,
  matters: (world, platform, event) => event.what !== 'forget' || !isRemembered(world, platform, event),
}
