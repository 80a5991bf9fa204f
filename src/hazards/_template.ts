/** Copy me. A watcher reads the journal and says when something has gone wrong, or could have; write the sentence for a reader. */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { all } from '../journal/snapshot.ts'

export default hazard({
  id: 'my-hazard',
  known: 'H99',
  title: 'What goes wrong, in one line',
  facts: { sequence: 'What has to happen.', bites: 'every machine', symptom: 'What people see.', fix: 'What to do.', call: 'the call that is missing', x86: 'visible' },
  seenIn: { scenario: 'canonical', variant: 'V1', platform: 'rk3399' },
  watch(_step, world) {
    for (const [id, buffer] of all(world, 'dma_buf')) {
      if (buffer.attachments.length > 8) return { objects: [id, ...buffer.attachments], text: fill('{count} devices are attached to {id}', { count: buffer.attachments.length, id }) }
    }
    return undefined
  },
})
