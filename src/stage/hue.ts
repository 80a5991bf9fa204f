/** Whose a thing is. Hue says nothing else; states are patterns, shapes and words. */
import type { RunHeader } from '../journal/run.ts'
import type { AnyRecord, Snapshot } from '../journal/snapshot.ts'
import { kindOf, type Id, type Kind, type Objects } from '../journal/vocabulary.ts'

export type Hue = 'exporter' | 'importer' | 'kernel' | 'gpu' | 'display'

export const colour = (hue: Hue): string => `var(--${hue})`
export const ground = (hue: Hue): string => `var(--${hue}-ground)`

/** In whose call an object was made: `gem:B.3` → `B`. */
export const letterOf = (id: string): string => /^[a-z_]+:(?:gem\.|dma_buf\.)?([^.:]+)/.exec(id)?.[1] ?? ''

/** A record by its kind, if it is there. */
export function look<K extends Kind>(snapshot: Snapshot, id: Id<K> | null | undefined): Objects[K] | undefined {
  return id ? (snapshot.records.get(id) as Objects[K] | undefined) : undefined
}

/** The process that comes first in the program makes the buffer, the second imports it. */
export function hueOfTask(header: RunHeader, letter: string): Hue {
  const index = header.listing.findIndex((each) => each.letter === letter || each.process === letter)
  return index === 0 ? 'exporter' : index === 1 ? 'importer' : 'kernel'
}

export function hueOf(header: RunHeader, id: Id, record: AnyRecord | undefined): Hue {
  switch (kindOf(id)) {
    case 'gem':
      return record?.['memory'] === 'import' || (header.devices[0] && record?.['device'] !== header.devices[0].id) ? 'importer' : 'exporter'
    case 'attachment':
      return record?.['device'] === header.devices[0]?.id ? 'exporter' : 'importer'
    case 'file':
      return record?.['kind'] === 'drm' ? hueOfTask(header, letterOf(id)) : 'kernel'
    case 'task': case 'vma': case 'drm_file': case 'prog':
      return hueOfTask(header, letterOf(id))
    case 'heap_buffer': case 'cma_heap_buffer': case 'udmabuf': case 'vb2_dc_buf': case 'vb2_dma_sg_buf':
      return 'exporter'
    case 'fence': case 'job': case 'gpu_mmu': case 'io_table':
      return 'gpu'
    case 'fb': case 'crtc':
      return 'display'
    default:
      return 'kernel'
  }
}
