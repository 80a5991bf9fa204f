/**
 * A process maps an import through the importer's node, and the importer makes the mapping itself: its own attributes, no bracket
 * of the exporter, and the exporter cannot take the mapping down.
 */
import { fill } from '../base/fill.ts'
import { hazard } from '../journal/hazard.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import type { Id } from '../journal/vocabulary.ts'

export default hazard({
  id: 'mapped-through-importer',
  known: 'H21',
  title: 'An import is mapped and its exporter was not asked',
  facts: {
    sequence: 'Import; mmap on the importer\'s node; the importer maps the pages itself.',
    bites: 'every machine',
    symptom: 'The wrong attributes (H7), no bracket (H8), and a mapping that the exporter cannot take down.',
    fix: 'Hand the mapping over to the exporter.',
    call: 'drm_gem_shmem_mmap, which calls dma_buf_mmap',
    x86: 'partly: how long it lives is visible',
  },
  seenIn: { scenario: 'canonical', variant: 'V1', platform: 'rk3399' },
  watch(step, world) {
    if (!is(step, 'mmap.done')) return undefined
    const { priv } = get(world, step.fields.vma)!
    if (!priv?.startsWith('gem:')) return undefined
    const gem = priv as Id<'gem'>
    const { importAttach } = get(world, gem)!
    if (!importAttach) return undefined
    const { dmaBuf } = get(world, importAttach)!
    return { objects: [step.fields.vma, gem, dmaBuf], text: fill('{vma} shows the pages behind {dmaBuf}, and its exporter does not know of it', { vma: step.fields.vma, dmaBuf }) }
  },
})
