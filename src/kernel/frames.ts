/** Where a buffer object's bytes lie: frame numbers, one per page, whichever helper keeps the memory. */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { frameOfDma } from './dma-map.ts'
import type { SgEntry } from './objects.ts'

/** The frames of a list of ranges; -1 where there is no page. */
export const framesFromSg = (sgt: readonly SgEntry[]): number[] =>
  sgt.flatMap(({ page, len }) => Array.from({ length: len / PAGE_SIZE }, (_, i) => (page === null ? -1 : page + i)))

/** -1: a page that nobody has touched yet. null: nothing is allocated. */
export function framesOf(k: Kernel, gem: Id<'gem'>): readonly number[] | null {
  const { sgt, pages, filp, dmaAddr, sizeBytes, device } = k.world.get(gem)
  if (sgt) return framesFromSg(sgt)
  if (dmaAddr === null) return pages ?? filp
  const first = frameBehind(k, device, dmaAddr)
  return Array.from({ length: sizeBytes / PAGE_SIZE }, (_, i) => first + i)
}

/** The frame at an address that a device was given. */
export const frameBehind = (k: Kernel, device: Id<'device'>, addr: number): number => k.drivers[device]?.iommu?.frameAt(k, device, addr) ?? frameOfDma(k, addr)
