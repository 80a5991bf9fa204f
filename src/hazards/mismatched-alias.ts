/** The same memory is reached cached by one mapping and past the cache by another: what one of them stores the other need not see. */
import { LINES_PER_PAGE } from '../base/brand.ts'
import { hazard } from '../journal/hazard.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'
import { baseOf, linesOf, ownerOf } from './_memory.ts'

interface Memory { readonly base: number; /** By frame: how, and by whom, it was reached since it was taken into use. */ readonly reached: Map<number, { attr: string; task: Id<'task'> }> }

const WAYS: Readonly<Record<string, string>> = { wb: 'cached', wc: 'write-combined', uc: 'uncached' }

export default hazard<Memory>({
  id: 'mismatched-alias',
  known: 'H7',
  title: 'One page, two kinds of mapping',
  facts: {
    sequence: 'Stores through a cached mapping, loads through a write-combined one, or the other way round.',
    bites: 'every ARM machine, whatever its devices look into',
    symptom: 'The CPU does not agree with itself.',
    fix: 'The same attributes everywhere: hand the mapping over to the exporter.',
    call: 'dma_buf_mmap; pgprot_writecombine in all mappings, or in none',
    x86: 'hidden: the core looks into its own cache',
  },
  seenIn: { scenario: 'canonical', variant: 'V1', platform: 'rk3399', exporter: 'E2' },
  memory: header => ({ base: baseOf(header), reached: new Map() }),
  watch(step, world, { base, reached }) {
    if (is(step, 'page.alloc')) reached.delete(step.fields.frame)
    if (is(step, 'page.run.alloc')) for (let i = 0; i < step.fields.pages; i++) reached.delete(step.fields.frame + i)
    if (!is(step, 'store.bytes') && !is(step, 'load.bytes')) return undefined
    const { attr, task } = step.fields
    const lines = linesOf(base, step.fields)
    for (const frame of new Set(lines.map(line => Math.floor(line / LINES_PER_PAGE)))) {
      const before = reached.get(frame)
      if (!before) reached.set(frame, { attr, task })
      if (!before || before.attr === attr) continue
      const owner = ownerOf(world, base, frame * LINES_PER_PAGE)
      return { objects: [...(owner ? [owner] : []), before.task, task], text: `${before.task} reached this page ${WAYS[before.attr]}, and ${task} now reaches it ${WAYS[attr]}` }
    }
    return undefined
  },
})
