/** Which frames of memory belong to which buffer. */
import { PAGE_SIZE } from '../base/brand.ts'
import type { AnyRecord, Snapshot } from './snapshot.ts'
import type { Step } from './step.ts'
import type { Id } from './vocabulary.ts'

/** Page `index` of a buffer (a GEM object, a memfd, a heap's) lies in this frame. */
export interface BufferPage { readonly owner: Id; readonly index: number; readonly frame: number; readonly since: number }

/** The pages of all buffers of a run, each once, in order of first appearance. */
export class Pages {
  private readonly found: BufferPage[] = []
  private readonly known = new Set<string>()
  /** Lists that were read already. */
  private readonly lists = new WeakSet<object>()

  /** Those that were known before step `end`. */
  before(end: number): readonly BufferPage[] {
    let count = this.found.length
    while (count > 0 && this.found[count - 1]!.since >= end) count--
    return this.found.slice(0, count)
  }

  /** `machine`: as it is after the step. */
  learn(step: Step, machine: Snapshot, firstPfn: number): void {
    for (const { id, field, to } of step.changes) {
      if (to === undefined || !hasPages(id) || (field !== null && !LISTS.has(field))) continue
      const frames = ownFrames(machine, machine.records.get(id), firstPfn)
      if (this.lists.has(frames)) continue
      this.lists.add(frames)
      frames.forEach((frame, index) => this.add({ owner: id, index, frame, since: step.seq }))
    }
  }

  private add(page: BufferPage): void {
    const key = `${page.owner} ${page.frame}`
    if (page.frame < 0 || this.known.has(key)) return
    this.known.add(key)
    this.found.push(page)
  }
}

/** Fields of an object that say where its pages are. */
const LISTS: ReadonlySet<string> = new Set(['pages', 'filp', 'dmaAddr', 'sizeBytes'])

/** What lies behind a range of addresses that a device was given: memory as it is, or the pages that its IOMMU leads to. */
function framesAtDma(snapshot: Snapshot, firstPfn: number, device: string, dmaAddr: number, sizeBytes: number): readonly number[] {
  const { iovas } = (snapshot.records.get(device.replace('device', 'io_table') as Id) ?? {}) as { iovas?: readonly { readonly addr: number; readonly frames: readonly number[] }[] }
  return iovas?.find(({ addr }) => addr === dmaAddr)?.frames ?? Array.from({ length: sizeBytes / PAGE_SIZE }, (_, i) => dmaAddr / PAGE_SIZE - firstPfn + i)
}

/** Pages listed one by one, or those behind a run of the device's addresses. */
function ownFrames(snapshot: Snapshot, record: AnyRecord | undefined, firstPfn: number): readonly number[] {
  const { pages, filp, dmaAddr, sizeBytes, device } = (record ?? {}) as { pages?: readonly number[] | null; filp?: readonly number[] | null; dmaAddr?: number | null; sizeBytes?: number; device?: string }
  if (pages ?? filp) return pages ?? filp ?? []
  return typeof dmaAddr === 'number' ? framesAtDma(snapshot, firstPfn, device ?? '', dmaAddr, sizeBytes ?? PAGE_SIZE) : []
}

/** The frames behind a GEM object: its own, or those of the buffer that it was imported from. */
export function framesOf(snapshot: Snapshot, firstPfn: number, gem: Id): readonly number[] {
  const record = snapshot.records.get(gem)
  const own = ownFrames(snapshot, record, firstPfn)
  if (own.length > 0 || !record) return own
  const attachment = snapshot.records.get(record.importAttach as Id) as { dmaBuf: Id } | undefined
  const dmaBuf = attachment && (snapshot.records.get(attachment.dmaBuf) as { priv: Id } | undefined)
  return dmaBuf ? framesBehindBuffer(snapshot, firstPfn, dmaBuf.priv) : []
}

/** The frames of what a dma-buf stands for: a udmabuf keeps those that its memory file had. */
export function framesBehindBuffer(snapshot: Snapshot, firstPfn: number, priv: Id): readonly number[] {
  const record = snapshot.records.get(priv)
  return (record?.['frames'] as readonly number[] | undefined) ?? ownFrames(snapshot, record, firstPfn)
}

/** Kinds of objects that have pages of their own. */
export const hasPages = (id: Id): boolean => /^(gem|memfd|heap_buffer|cma_heap_buffer|vb2_dc_buf|vb2_dma_sg_buf):/.test(id)
