/** The zeros of a fresh page wait dirty in the CPU's cache while a process stores past it: when they leave the cache, they land on its bytes. */
import { DIRTY } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import { is } from '../journal/step.ts'
import { baseOf, cpuLine, linesOf, ownerOf } from './_memory.ts'

interface Memory { readonly base: number; /** Nobody looks into the caches, so nobody meets the zeros there. */ readonly bites: boolean; /** Lines that a process stored through the cache. */ readonly stored: Set<number> }

export default hazard<Memory>({
  id: 'zeroed-page-lands-late',
  known: 'H6',
  title: 'Zeros in the cache, pixels in memory below them',
  seenIn: { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E1' },
  memory: header => ({ base: baseOf(header), bites: header.hardware.cls === 'NC', stored: new Set() }),
  watch(step, world, { base, bites, stored }) {
    if (!is(step, 'store.bytes') || !bites) return undefined
    const lines = linesOf(base, step.fields)
    if (step.fields.attr === 'wb') for (const line of lines) stored.add(line)
    if (step.fields.attr !== 'wc') return undefined
    const over = lines.filter(line => cpuLine(world, line) === DIRTY && !stored.has(line))
    if (over.length === 0) return undefined
    const owner = ownerOf(world, base, over[0]!)
    return { objects: [...(owner ? [owner] : []), step.fields.task], text: `the zeros of ${over.length} fresh lines are still dirty in the cache above what ${step.fields.task} has stored` }
  },
})
