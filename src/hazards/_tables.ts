/** The page tables of devices in a snapshot: of a GPU, or of the IOMMU before a device, as the CPU sees them, as the driver wrote them, or as they lie in memory. */
import type { RunHeader } from '../journal/run.ts'
import { all, type Snapshot } from '../journal/snapshot.ts'
import { walkerTables } from '../journal/tables.ts'
import type { Id } from '../journal/vocabulary.ts'
import { entryIn, walk, type Walk } from '../journal/walk.ts'

export type DeviceTables = Id<'gpu_mmu'> | Id<'io_table'>

/** The tables by which a device finds memory; null: it has none. */
export const tablesOf = (world: Snapshot, device: Id<'device'>): DeviceTables | null =>
  [...all(world, 'gpu_mmu'), ...all(world, 'io_table')].find(([, tables]) => tables.device === device)?.[0] ?? null

/** A walk through one view of memory, `own`: that of the walker itself. null: the MMU is switched off. */
export function walkSeen(header: RunHeader, world: Snapshot, owner: DeviceTables, addr: number, by: 'cpu' | 'written' | 'memory' | 'own'): Walk | null {
  const tables = walkerTables(header, world, { who: 'gpu', owner })
  const view = by === 'own' ? (tables?.snoops ? 'cpu' : 'memory') : by
  return tables && walk(tables.format, tables.root, addr, at => entryIn(world, header.firstPfn, at, view, tables.format.entryBytes))
}

/** Who has a place on the GPU at an address. */
export const placedAt = (world: Snapshot, device: Id<'device'>, gpuVa: number): Id<'gem'> | undefined =>
  all(world, 'gem').find(([, gem]) => gem.device === device && gem.gpuVa !== null && gpuVa >= gem.gpuVa && gpuVa < gem.gpuVa + gem.sizeBytes)?.[0]
