/**
 * Places in the address space of a GPU, and what lies behind an address where the tables of its MMU are not modelled: such a GPU
 * finds the memory by the list of DMA addresses from which its driver would write the tables.
 * Mirrors: drm_mm_insert_node_in_range (drm_mm.c), lowest place first. Leaves out: a space for each file, places that are given up when room is short.
 */
import { physAddr } from '../base/brand.ts'
import type { GpuRange } from '../hardware/gpu-mmu.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { fail, type Fail } from './fail.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'gpu.place': { gem: Id<'gem'>; gpuVa: number }
    'gpu.displace': { gem: Id<'gem'>; gpuVa: number }
    'gpu.full': { gem: Id<'gem'>; sizeBytes: number }
  }
}
export const says: Says = {
  'gpu.place': 'The GPU will see {gem} at **{gpuVa}**.',
  'gpu.displace': 'The GPU **no longer sees** {gem} at {gpuVa}.',
  'gpu.full': 'There is **no room** for {sizeBytes} bytes in the address space of the GPU: ENOSPC.',
}

/** A range of GPU addresses in which places begin at a multiple of `alignBytes`. */
export interface GpuSpan { readonly first: number; readonly end: number; readonly alignBytes: number }

/** Gives a buffer the lowest place that is free, once. */
export function placeOnGpu(k: Kernel, gem: Id<'gem'>, { first, end, alignBytes }: GpuSpan): void | Fail {
  const { world } = k
  const { device, sizeBytes, gpuVa: has } = world.get(gem)
  if (has !== null) return
  const taken = world.ids('gem').map(id => world.get(id)).filter(other => other.device === device && other.gpuVa !== null).sort((a, b) => a.gpuVa! - b.gpuVa!)
  const up = (va: number): number => Math.ceil(va / alignBytes) * alignBytes
  let at = up(first)
  for (const { gpuVa, sizeBytes: used } of taken) {
    if (at + sizeBytes <= gpuVa!) break
    at = Math.max(at, up(gpuVa! + used))
  }
  if (at + sizeBytes > end) {
    world.emit('gpu.full', { gem, sizeBytes })
    return fail('ENOSPC')
  }
  world.set(gem, 'gpuVa', at)
  world.emit('gpu.place', { gem, gpuVa: at })
}

/** Its place is free again; where the tables are not Mali's, its entries go first. */
export function displaceFromGpu(k: Kernel, gem: Id<'gem'>): void {
  const { device, gpuVa, sizeBytes } = k.world.get(gem)
  if (gpuVa === null) return
  k.drivers[device]!.tables?.unmap(k, device, gpuVa, sizeBytes)
  k.world.set(gem, 'gpuVa', null)
  k.world.emit('gpu.displace', { gem, gpuVa })
}

/** The contiguous piece of memory behind a GPU address, as far as `sizeBytes`; null: the driver mapped nothing there. */
export function gpuPiece({ world }: Kernel, device: Id<'device'>, gpuVa: number, sizeBytes: number): GpuRange | null {
  const gem = world.ids('gem').map(id => world.get(id)).find(found => found.device === device && found.gpuVa !== null && gpuVa >= found.gpuVa && gpuVa < found.gpuVa + found.sizeBytes)
  if (!gem?.sgt) return null
  let at = gpuVa - gem.gpuVa!
  for (const { dma, len } of gem.sgt) {
    if (at < len) return dma === null ? null : { phys: physAddr(dma + at), sizeBytes: Math.min(sizeBytes, len - at), outer: false }
    at -= len
  }
  return null
}
