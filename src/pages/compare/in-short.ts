/** What the drivers and exporters behind an object do on mmap of an import and on SYNC: each says it in one line of its own. */
import type { RunHeader } from '../../journal/run.ts'
import type { AnyRecord, Snapshot } from '../../journal/snapshot.ts'
import { kindOf, type Id } from '../../journal/vocabulary.ts'

export interface InShort {
  /** `rockchip (card0)`; null: the line names its exporter itself. */
  readonly who: string | null
  readonly as: 'driver' | 'exporter' | 'importer'
  readonly text: string
}

type Find = (id: unknown) => AnyRecord | undefined

/** The lines for some objects, each once, in the order in which they are met. */
export function inShortOf(ids: readonly string[], header: RunHeader, snapshots: readonly Snapshot[]): InShort[] {
  const find: Find = (id) => snapshots.map(({ records }) => records.get(id as Id)).find((record) => record !== undefined)
  const found = new Map<string, InShort>()
  const device = (id: unknown, as: InShort['as']): void => {
    const known = header.devices.find((each) => each.id === id)
    if (known && !found.has(known.id)) found.set(known.id, { who: `${known.driver} (${known.id.slice(7)})`, as, text: known.inShort })
  }
  const exporter = (dmaBuf: unknown): void => {
    const priv = find(dmaBuf)?.['priv']
    if (typeof priv !== 'string') return
    const kind = kindOf(priv as Id)
    if (kind === 'gem') return device(find(priv)?.['device'], 'exporter')
    const known = header.exporters.find((each) => each.kind === kind)
    if (known) found.set(kind, { who: null, as: 'exporter', text: known.inShort })
  }
  const attachment = (id: unknown): void => {
    const record = find(id)
    exporter(record?.['dmaBuf'])
    device(record?.['device'], 'importer')
  }
  const add = (id: unknown): void => {
    if (typeof id !== 'string') return
    const record = find(id)
    switch (kindOf(id as Id)) {
      case 'device': return device(id, 'driver')
      case 'dma_buf': return exporter(id)
      case 'attachment': return attachment(id)
      case 'drm_file': return device(record?.['device'], 'driver')
      case 'gem': return record?.['importAttach'] ? attachment(record['importAttach']) : device(record?.['device'], 'driver')
      case 'file': case 'vma': return add(record?.['priv'])
    }
  }
  ids.forEach(add)
  return [...found.values()]
}
