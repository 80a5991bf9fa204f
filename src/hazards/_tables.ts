/** The GPU's page tables in a snapshot: as the CPU sees them, and as they lie in memory. Leaves out: tables of other formats than Mali's. */
import { PAGE_SIZE } from '../base/brand.ts'
import { mali } from '../journal/descriptors-mali.ts'
import { all, type Snapshot } from '../journal/snapshot.ts'
import type { Id } from '../journal/vocabulary.ts'
import { entryIn, walk, type Walk } from '../journal/walk.ts'

export type View = 'cpu' | 'memory'

/** A walk from a root through one view of memory; `base` is the physical address of frame 0. */
export const walkSeen = (world: Snapshot, base: number, root: number, gpuVa: number, by: View): Walk =>
  walk(mali, root, gpuVa, at => entryIn(world, base / PAGE_SIZE, at, by))

/** The MMU of a device. */
export const mmuOf = (world: Snapshot, device: Id<'device'>) => all(world, 'gpu_mmu').find(([, mmu]) => mmu.device === device)

/** Who has a place on the GPU at an address. */
export const placedAt = (world: Snapshot, device: Id<'device'>, gpuVa: number): Id<'gem'> | undefined =>
  all(world, 'gem').find(([, gem]) => gem.device === device && gem.gpuVa !== null && gpuVa >= gem.gpuVa && gpuVa < gem.gpuVa + gem.sizeBytes)?.[0]
