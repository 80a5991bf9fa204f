/** The GPU's page tables in a snapshot, as the CPU sees them or as they lie in memory. Leaves out: tables of other formats than Mali's. */
import type { RunHeader } from '../journal/run.ts'
import { all, type Snapshot } from '../journal/snapshot.ts'
import { walkerTables } from '../journal/tables.ts'
import type { Id } from '../journal/vocabulary.ts'
import { entryIn, walk, type Walk } from '../journal/walk.ts'

/** The MMU of a device; null: it has none. */
export const mmuOf = (world: Snapshot, device: Id<'device'>): Id<'gpu_mmu'> | null => all(world, 'gpu_mmu').find(([, mmu]) => mmu.device === device)?.[0] ?? null

/** A walk through one view of memory, `own`: that of the walker itself. null: the MMU is switched off. */
export function walkSeen(header: RunHeader, world: Snapshot, mmu: Id<'gpu_mmu'>, addr: number, by: 'cpu' | 'memory' | 'own'): Walk | null {
  const tables = walkerTables(header, world, { who: 'gpu', owner: mmu })
  const view = by === 'own' ? (tables?.snoops ? 'cpu' : 'memory') : by
  return tables && walk(tables.format, tables.root, addr, at => entryIn(world, header.firstPfn, at, view))
}

/** Who has a place on the GPU at an address. */
export const placedAt = (world: Snapshot, device: Id<'device'>, gpuVa: number): Id<'gem'> | undefined =>
  all(world, 'gem').find(([, gem]) => gem.device === device && gem.gpuVa !== null && gpuVa >= gem.gpuVa && gpuVa < gem.gpuVa + gem.sizeBytes)?.[0]
