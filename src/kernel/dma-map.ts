/**
 * The DMA API's cache maintenance: what the CPU's caches have to do before a device, or the CPU, may look.
 * Mirrors: dma_sync_sgtable_for_cpu and _for_device (dma_sync_sg_* before 5.8), dma_sync_single_for_cpu and _for_device, arch_sync_dma_for_* of arm64, before and after 5.19 (the flavour decides).
 * Leaves out: bounce buffers, entries without pages (nothing to maintain). A device behind an IOMMU: tables/iommu.ts.
 */
import { LINE_SIZE, PAGE_SIZE, physAddr, type PhysAddr } from '../base/brand.ts'
import { declaredCoherent, partyIn } from '../hardware/hardware.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type FnName, type Kernel } from './context.ts'
import type { Direction } from './hooks.ts'
import type { SgEntry } from './objects.ts'
import { maintainPages } from './page.ts'
import type { Says } from './syscall.ts'

/** A device sees memory at its physical address: nothing translates in between, and nothing is added. */
export const dmaOf = (k: Kernel, frame: number): number => k.hw.platform.dramBase + frame * PAGE_SIZE
export const frameOfDma = (k: Kernel, dmaAddr: number): number => (dmaAddr - k.hw.platform.dramBase) / PAGE_SIZE

/** How the platform names a device: by its driver, or by what it is. */
export function partyOf(k: Kernel, device: Id<'device'> | string): string {
  const found = k.world.find(device as Id<'device'>)
  const kind = !found ? 'other' : k.drivers[device as Id<'device'>]?.modeset ? 'display' : 'gpu'
  return partyIn(k.hw.platform, (found?.driver ?? device).replace(/#\d+$/, ''), kind)
}
/** dev_is_dma_coherent: what the firmware says of a device; where it says nothing, how the device is wired. */
export const isDmaCoherent = (k: Kernel, device: Id<'device'> | string): boolean => declaredCoherent(k.hw.platform, partyOf(k, device))

export type Maintenance = 'clean' | 'invalidate' | 'nothing'
export interface DmaMaintenance { readonly forCpu: Readonly<Record<Direction, Maintenance>>; readonly forDevice: Readonly<Record<Direction, Maintenance>> }

/** Before 5.19 a buffer that the device will write is invalidated when it is given to the device. */
export const maintenance52: DmaMaintenance = {
  forCpu: { FROM: 'invalidate', TO: 'nothing', BIDIR: 'invalidate' },
  forDevice: { FROM: 'invalidate', TO: 'clean', BIDIR: 'clean' },
}
export const maintenanceNow: DmaMaintenance = { ...maintenance52, forDevice: { FROM: 'clean', TO: 'clean', BIDIR: 'clean' } }

declare module '../journal/vocabulary.ts' {
  interface Events {
    'dma.sync': { device: string; dir: Direction; owner: 'cpu' | 'device'; action: Maintenance; pages: number }
    'dma.sync.single': { device: string; dir: Direction; owner: 'cpu' | 'device'; action: Maintenance; phys: number; sizeBytes: number }
    'dma.unmap': { device: string; entries: number }
    'dma.coherent': { device: string }
  }
}
export const says: Says = {
  'dma.unmap': '{entries} {entries#entry is|entries are} **no longer mapped for {device}**. The caches are left alone.',
  'dma.sync': '{pages} {pages#page goes|pages go} to the {owner} ({dir}), as seen from {device}: the CPU caches **{action}**.',
  'dma.sync.single': '{sizeBytes} bytes at {phys} go to the {owner} ({dir}), as seen from {device}: the CPU caches **{action}**.',
  'dma.coherent': '{device} is described as coherent: **no cache is touched**.',
}

/** Gives every entry the address that the device uses: its physical one. No cache is touched (DMA_ATTR_SKIP_CPU_SYNC). */
const addressed = (k: Kernel, sgt: readonly SgEntry[]): readonly SgEntry[] => sgt.map(e => ({ ...e, dma: e.dma ?? (e.page === null ? null : dmaOf(k, e.page)) }))
export const dmaMapSgtable = fn({ '5.2': 'dma_map_sg', '5.8': 'dma_map_sgtable' }, addressed)

/** The device gives the addresses up. With a direction its bytes are made ready for the CPU; without one (DMA_ATTR_SKIP_CPU_SYNC) no cache is touched. */
export const dmaUnmapSgtable = fn({ '5.2': 'dma_unmap_sg', '5.8': 'dma_unmap_sgtable' }, (k: Kernel, device: Id<'device'> | string, sgt: readonly SgEntry[], dir?: Direction) =>
  (dir ? syncForCpu(k, device, sgt, dir) : k.world.emit('dma.unmap', { device, entries: sgt.length })))

/** What a change of hands means for the caches: nothing for a device that is described as coherent. */
function actionFor(k: Kernel, device: Id<'device'> | string, owner: 'cpu' | 'device', dir: Direction): Maintenance | undefined {
  if (isDmaCoherent(k, device)) return void k.world.emit('dma.coherent', { device })
  return k.parts.dmaMaintenance[owner === 'cpu' ? 'forCpu' : 'forDevice'][dir]
}

const sync = (name: FnName, owner: 'cpu' | 'device') => fn(name, (k: Kernel, device: Id<'device'> | string, sgt: readonly SgEntry[], dir: Direction) => {
  const action = actionFor(k, device, owner, dir)
  if (action === undefined) return
  const frames = sgt.flatMap(e => (e.page === null ? [] : Array.from({ length: e.len / PAGE_SIZE }, (_, i) => e.page! + i)))
  k.world.emit('dma.sync', { device, dir, owner, action, pages: frames.length })
  if (action !== 'nothing') maintainPages(k, frames, action)
})
export const syncForCpu = sync({ '5.2': 'dma_sync_sg_for_cpu', '5.8': 'dma_sync_sgtable_for_cpu' }, 'cpu')
export const syncForDevice = sync({ '5.2': 'dma_sync_sg_for_device', '5.8': 'dma_sync_sgtable_for_device' }, 'device')

/** A range that need not be whole pages, nor whole lines: bytes beside it in its first and last line are saved before those are forgotten. */
const syncSingle = (name: string, owner: 'cpu' | 'device') => fn(name, (k: Kernel, device: Id<'device'> | string, phys: PhysAddr, sizeBytes: number, dir: Direction) => {
  const action = actionFor(k, device, owner, dir)
  if (action === undefined) return
  k.world.emit('dma.sync.single', { device, dir, owner, action, phys, sizeBytes })
  if (action === 'clean') k.hw.clean(phys, sizeBytes)
  if (action !== 'invalidate') return
  const end = phys + sizeBytes
  const [from, to] = [phys + ((LINE_SIZE - (phys % LINE_SIZE)) % LINE_SIZE), end - (end % LINE_SIZE)]
  if (phys < from) k.hw.cleanInvalidate(phys, Math.min(from, end) - phys)
  if (to < end && to >= from) k.hw.cleanInvalidate(physAddr(to), end - to)
  if (from < to) k.hw.invalidate(physAddr(from), to - from)
})
export const syncSingleForCpu = syncSingle('dma_sync_single_for_cpu', 'cpu')
export const syncSingleForDevice = syncSingle('dma_sync_single_for_device', 'device')
