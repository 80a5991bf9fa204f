/** A device that takes one address is given pages that lie apart. */
import { hazard } from '../journal/hazard.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

export default hazard({
  id: 'scattered-for-contiguous',
  known: 'H20',
  title: 'Scattered pages for a device that needs one piece',
  seenIn: { scenario: 'display-imports', variant: 'V5', platform: 'rk3399', exporter: 'E3' },
  watch(step, world) {
    if (!is(step, 'import.refused.scattered')) return undefined
    const { attachment, entries } = step.fields
    const { dmaBuf, device } = get(world, attachment)!
    return { objects: [device, dmaBuf], text: `${device} takes one address, and the pages of ${dmaBuf} lie in ${entries} pieces: allocate on the display's side` }
  },
})
