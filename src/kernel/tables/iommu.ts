/**
 * The DMA API for a device behind an IOMMU: pages, however they lie, become one range of addresses of that device.
 * Mirrors: iommu_dma_map_sg, iommu_dma_unmap_sg, iommu_dma_alloc_iova (drivers/iommu/dma-iommu.c).
 * Leaves out: that rockchip's display driver keeps a domain of its own and maps there; entries that are joined into one; in dma_alloc_wc, that
 * memory for such a device need not lie in one piece: here it does.
 */
import { PAGE_SIZE } from '../../base/brand.ts'
import type { Id } from '../../journal/vocabulary.ts'
import { fn, type Kernel } from '../context.ts'
import type { Iommu } from '../hooks.ts'
import { iovaToPhys, ioTableOf, mapIo, rangesOf, unmapIo, wordTableOf, type IoTable } from './word-table.ts'
import type { SgEntry } from '../objects.ts'
import { frameAt } from '../page.ts'
import type { Says } from '../syscall.ts'

declare module '../../journal/vocabulary.ts' {
  interface Events {
    'iova.alloc': { table: IoTable; addr: number; sizeBytes: number; pieces: number }
    'iova.free': { table: IoTable; addr: number; sizeBytes: number }
  }
}
export const says: Says = {
  'iova.alloc': 'The device will see {pieces} {pieces#piece|pieces} of memory as **one range**, {sizeBytes} bytes from {addr} on.',
  'iova.free': 'The addresses from {addr} on are **free again**.',
}

/** Below 4 GiB, as high as there is room. */
const END = 2 ** 32

function place(k: Kernel, table: IoTable, frames: readonly number[], by: Id): number {
  const sizeBytes = frames.length * PAGE_SIZE
  const { iovas } = k.world.get(table)
  let addr = END - sizeBytes
  for (const taken of iovas.toReversed()) {
    if (taken.addr + taken.sizeBytes <= addr) break
    addr = taken.addr - sizeBytes
  }
  k.world.set(table, 'iovas', [...iovas, { addr, sizeBytes, by, frames }].sort((a, b) => a.addr - b.addr))
  return addr
}

/** The list with the addresses that this device will use. */
const mapSg = fn('iommu_dma_map_sg', (k: Kernel, device: Id<'device'>, sgt: readonly SgEntry[], by: Id): readonly SgEntry[] => {
  const table = ioTableOf(k, device)!
  const ranges = rangesOf(k, sgt)
  const frames = ranges.flatMap(({ phys, sizeBytes }) => Array.from({ length: sizeBytes / PAGE_SIZE }, (_, i) => frameAt(k, phys) + i))
  const addr = place(k, table, frames, by)
  const sizeBytes = frames.length * PAGE_SIZE
  k.world.emit('iova.alloc', { table, addr, sizeBytes, pieces: sgt.length })
  mapIo(k, table, addr, ranges)
  let at = addr
  return sgt.map(entry => ({ ...entry, dma: (at += entry.len) - entry.len }))
})

/** All that was mapped for somebody goes: the entries first, then what is remembered of them, then the addresses. */
const unmapSg = fn('iommu_dma_unmap_sg', (k: Kernel, device: Id<'device'>, by: Id) => {
  const table = ioTableOf(k, device)!
  const taken = k.world.get(table).iovas.find(one => one.by === by)
  if (!taken) return
  unmapIo(k, table, taken.addr, taken.sizeBytes)
  k.world.set(table, 'iovas', k.world.get(table).iovas.filter(one => one !== taken))
  k.world.emit('iova.free', { table, addr: taken.addr, sizeBytes: taken.sizeBytes })
})

/** The IOMMU of Rockchip chips, first version. */
export const rockchipIommu: Iommu = {
  ...wordTableOf('rockchip'),
  mapSg,
  unmapSg,
  frameAt: (k, device, addr) => frameAt(k, iovaToPhys(k, ioTableOf(k, device)!, addr)!),
}
