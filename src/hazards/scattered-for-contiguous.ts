/**
 * A device that takes one address is given pages that come one by one. Mostly they lie apart and the import is refused; where they
 * happen to follow one another it works, and may not the next time.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default hazard({
  id: 'scattered-for-contiguous',
  known: 'H20',
  title: 'Scattered pages for a device that needs one piece',
  facts: {
    sequence: 'The GPU allocates; the display imports.',
    bites: 'displays without an IOMMU',
    symptom: 'The import fails, and somebody copies instead.',
    fix: 'Allocate on the display\'s side.',
    call: 'drm_prime_get_contiguous_size checks it',
    x86: 'visible, on hardware of that kind',
  },
  seenIn: { scenario: 'display-imports', variant: 'V5', platform: 'rk3399', exporter: 'E3' },
  watch(step, world) {
    if (is(step, 'import.refused.scattered')) {
      const { attachment, entries } = step.fields
      const { dmaBuf, device } = get(world, attachment)!
      return { objects: [device, dmaBuf], text: fill('{device} takes one address, and the pages of {dmaBuf} lie in {entries} pieces: allocate on the display\'s side', { device, dmaBuf, entries }) }
    }
    if (!is(step, 'import.contiguous') || step.fields.sizeBytes <= PAGE_SIZE) return undefined
    const { dmaBuf, device } = get(world, step.fields.attachment)!
    // Behind an IOMMU any pages are one range.
    if (world.records.has(`io_table:${device.slice(7)}`)) return undefined
    const { priv } = get(world, dmaBuf)!
    if (priv.startsWith('gem:') && get(world, priv as Id<'gem'>)!.memory === 'dma') return undefined
    return { objects: [device, dmaBuf], text: fill('{device} takes one address, and the pages of {dmaBuf} follow one another only by luck', { device, dmaBuf }) }
  },
})
