/** Where a walker begins, and what a TLB remembers of a page, as both lie in a snapshot. */
import { u64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import { TLB_AREAS, TLB_CPU, TLB_ENTRY_WORDS, TLB_GPU, tlbPage } from './areas.ts'
import { formats } from './formats.ts'
import type { HardwareShape } from './run.ts'
import type { AnyRecord, Snapshot } from './snapshot.ts'
import type { Id } from './vocabulary.ts'
import type { TableFormat } from './walk.ts'

/** Whose tables, and for which address: those of a process, of a device's MMU, or of the IOMMU before it. */
export interface Walker { readonly who: TableFormat['agent']; readonly owner: Id; readonly addr: number }

/** What a TLB remembers of a page of an address space. */
export function tlbEntry(snapshot: Snapshot, area: string, space: number, addr: number): U64 | null {
  const words = snapshot.words[area]
  const page = Math.floor(addr / PAGE_SIZE)
  for (let at = 0; words && at < words.length; at += TLB_ENTRY_WORDS) {
    if (words[at] === 1 && words[at + 1] === space && tlbPage(words, at) === page) return u64(words[at + 5]!, words[at + 4]!)
  }
  return null
}

/** TRANSTAB's low bits are modes; bit 4 asks for walks that look into the CPU's caches. */
const SHARE_OUTER = 0x10

interface Tables {
  readonly format: TableFormat
  readonly root: number
  readonly snoops: boolean
  readonly area: string
  readonly space: number
  /** Bytes of the register that says what an index of memory attributes stands for. */
  readonly attributes: readonly number[]
}
const bytesOf = (value: number): number[] => [0, 1, 2, 3].map(i => Math.floor(value / 256 ** i) % 256)

/** What has to be known of a machine to follow its tables: a header tells it. */
export interface Wiring { readonly hardware: Pick<HardwareShape, 'cls' | 'cpuTables'> }

/** Where a walker begins; null: it has no tables now. */
export function walkerTables(header: Wiring, snapshot: Snapshot, { who, owner }: Pick<Walker, 'who' | 'owner'>): Tables | null {
  const record: AnyRecord | undefined = snapshot.records.get(owner)
  if (!record) return null
  if (who === 'cpu') {
    const root = record['ttbr0']
    const attributes = (snapshot.records.get('kernel:0')?.['mair'] ?? []) as readonly number[]
    return typeof root === 'number' ? { format: formats[header.hardware.cpuTables ?? 'arm64']!, root, snoops: true, area: TLB_CPU, space: record['asid'] as number, attributes } : null
  }
  if (owner.startsWith('io_table:')) {
    const format = formats[record['format'] as string]!
    return { format, root: record['root'] as number, snoops: false, area: TLB_AREAS[format.agent], space: 0, attributes: [] }
  }
  const transtab = Number(record['transtab'] ?? 0)
  if (transtab === 0) return null
  return {
    format: formats['mali']!, root: transtab - (transtab % PAGE_SIZE), snoops: header.hardware.cls !== 'NC' && (transtab & SHARE_OUTER) !== 0, area: TLB_GPU, space: 0,
    attributes: bytesOf(Number(record['memattr'])),
  }
}
