/**
 * panfrost's hold on the GPU's MMU: one address space for all files, from 32 MiB to 4 GiB. Buffers are mapped whole, heaps 2 MiB at a time
 * when the GPU touches them.
 * Mirrors: panfrost_mmu_map, mmu_map_sg, panfrost_mmu_unmap, panfrost_mmu_enable and _disable, mmu_hw_do_operation,
 * panfrost_mmu_irq_handler_thread, panfrost_mmu_map_fault_addr (panfrost_mmu.c).
 * Leaves out: an address space for each file (since 5.4), pages of a heap that lie scattered, the GPU being asleep (commands are then
 * skipped), time-outs and resets.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { GpuFault } from '../hardware/gpu-mmu.ts'
import { lockAddr, lockedRange, MEMATTR, memattrValue, MIB2, runsOf, transtab } from '../hardware/page-table/mali.ts'
import { tlbFlush, WHOLE_SPACE } from '../hardware/tlb.ts'
import { TLB_GPU } from '../journal/areas.ts'
import { decodeFault, isTranslationFault } from '../journal/mali-fault.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { isDmaCoherent } from './dma-map.ts'
import { isFail, type Fail } from './fail.ts'
import { displaceFromGpu, placeOnGpu } from './gpu-va.ts'
import { countFlush } from './job.ts'
import { mapPages, unmapPages } from './io-pgtable.ts'
import { allocPage, physOf } from './page.ts'
import { getPagesSgt, growPages } from './shmem.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'gpu.probe': { device: Id<'device'>; frame: number }
    'as.command': { mmu: Id<'gpu_mmu'>; command: AsCommand; region: number; gpuVa: number; sizeBytes: number }
    'as.enable': { mmu: Id<'gpu_mmu'>; transtab: number; memattr: number }
    'as.disable': { mmu: Id<'gpu_mmu'> }
    'heap.grow': { gem: Id<'gem'>; gpuVa: number; residentBytes: number }
    'mmu.fault': { mmu: Id<'gpu_mmu'>; gpuVa: number; status: number; what: string; access: string; source: number }
    'mmu.irq.clear': { mmu: Id<'gpu_mmu'> }
  }
}
export const says: Says = {
  'gpu.probe': '{device} has a GPU address space of its own, empty from 32 MiB on; its first table lies in frame {frame}.',
  'as.command': 'The driver gives the MMU the command **{command}**.',
  'as.command:LOCK': 'The driver **locks** {sizeBytes} bytes at {gpuVa} against the walker (LOCKADDR {region}).',
  'as.command:FLUSH_PT': 'FLUSH_PT for the locked region: what the GPU **remembers of these tables** goes, and what its cache holds.',
  'as.command:FLUSH_MEM': 'FLUSH_MEM for the locked region: the TLB and the cache of the GPU are **emptied**.',
  'as.command:UPDATE': 'UPDATE: what was written into the registers of {mmu} **takes effect**.',
  'as.enable': 'The address space of {mmu} is **switched on**: TRANSTAB {transtab}, MEMATTR {memattr}.',
  'as.disable': 'The address space of {mmu} is **switched off**: whatever runs in it ends.',
  'heap.grow': '{gem} is a heap: **2 MiB more** for it, from {gpuVa} on; {residentBytes} bytes have pages now. The GPU tries again by itself.',
  'mmu.fault': 'The MMU of the GPU raises its interrupt and reports **{what}** at {gpuVa} ({access}, unit {source}).',
  'mmu.irq.clear': 'The driver has dealt with the fault, and **clears the interrupt** of {mmu}.',
}
type AsCommand = 'UPDATE' | 'LOCK' | 'FLUSH_PT' | 'FLUSH_MEM'

const FIRST_VA = 32 * 2 ** 20
const END_VA = 4 * 2 ** 30
/** The number of the one address space. */
export const SPACE = 0

const mmuOf = (device: Id<'device'>): Id<'gpu_mmu'> => `gpu_mmu:${device.slice(7)}`

/** A command, and what it does to the region that is locked for it. A flush also empties the GPU's cache, so that nothing of the old pages stays in it. */
const command = fn('mmu_hw_do_operation', (k: Kernel, mmu: Id<'gpu_mmu'>, what: 'FLUSH_PT' | 'FLUSH_MEM', gpuVa: number, sizeBytes: number) => {
  const region = lockAddr(gpuVa, sizeBytes)
  k.world.set(mmu, 'lockaddr', region)
  k.world.emit('as.command', { mmu, command: 'LOCK', region, gpuVa, sizeBytes })
  countFlush(k, mmu)
  k.world.emit('as.command', { mmu, command: what, region, gpuVa, sizeBytes })
  const locked = lockedRange(region)
  tlbFlush(k.world, TLB_GPU, SPACE, locked.start, locked.sizeBytes)
  k.hw.gpuCleanInvalidate()
})

/** A table switch: everything that is remembered of the old one goes first. */
export const enableMmu = fn('panfrost_mmu_enable', (k: Kernel, mmu: Id<'gpu_mmu'>) => {
  const { world } = k
  const { pgd, walkCoherent } = world.get(mmu)
  command(k, mmu, 'FLUSH_MEM', 0, WHOLE_SPACE)
  world.set(mmu, 'transtab', transtab(pgd, walkCoherent))
  world.set(mmu, 'memattr', memattrValue(MEMATTR))
  world.set(mmu, 'faulted', false)
  world.emit('as.enable', { mmu, transtab: world.get(mmu).transtab, memattr: world.get(mmu).memattr })
  world.emit('as.command', { mmu, command: 'UPDATE', region: 0, gpuVa: 0, sizeBytes: WHOLE_SPACE })
})
const disableMmu = fn('panfrost_mmu_disable', (k: Kernel, mmu: Id<'gpu_mmu'>) => {
  k.world.set(mmu, 'transtab', 0)
  k.world.set(mmu, 'memattr', 0)
  k.world.emit('as.disable', { mmu })
  k.world.emit('as.command', { mmu, command: 'UPDATE', region: 0, gpuVa: 0, sizeBytes: WHOLE_SPACE })
})

export const probeMmu = fn('panfrost_mmu_init', (k: Kernel, device: Id<'device'>) => {
  const frame = allocPage(k)
  const pgd = physOf(k, frame)
  const walkCoherent = isDmaCoherent(k, device) && k.parts.mali.sharesTables
  const mmu = k.world.create(mmuOf(device), { device, pgd, walkCoherent, transtab: 0, memattr: 0, lockaddr: 0, flushes: 0, rawstat: 0, faultStatus: 0, faultAddress: 0, faulted: false })
  k.world.set(device, 'mmu', mmu)
  k.world.emit('gpu.probe', { device, frame })
  if (!walkCoherent) k.hw.clean(pgd, PAGE_SIZE)
  enableMmu(k, mmu)
})

/** Data of 2 MiB and more on blocks; programs on a multiple of their own size, so that they cross no boundary they must not. */
export const alignNow = ({ sizeBytes, noexec }: { readonly sizeBytes: number; readonly noexec: boolean }): number =>
  noexec ? (sizeBytes >= MIB2 ? MIB2 : PAGE_SIZE) : sizeBytes
export const align52 = (): number => PAGE_SIZE

/** Entries for a piece of a buffer that lies in one piece in memory. */
const mapRange = fn({ '5.2': null, '6.1': 'mmu_map_sg' }, (k: Kernel, gem: Id<'gem'>, gpuVa: number, dma: number, sizeBytes: number) => {
  const { device, noexec } = k.world.get(gem)
  const { attrIndex, shareability } = k.parts.mali
  let done = 0
  for (const run of runsOf(gpuVa, dma, sizeBytes)) {
    mapPages(k, mmuOf(device), gpuVa + done, dma + done, run, { attrIndex, shareability, write: true, exec: !noexec })
    done += run.sizeBytes * run.count
  }
})

/** Gives a buffer a place on the GPU and writes the entries for all its pages: its own, cleaned on the way, or those an exporter handed out. */
export const mapOnGpu = fn('panfrost_mmu_map', (k: Kernel, gem: Id<'gem'>): void | Fail => {
  const { world } = k
  if (world.get(gem).gpuVa !== null) return
  // Programs keep to an alignment of their own; large buffers of data begin at 2 MiB.
  const refused = placeOnGpu(k, gem, { first: FIRST_VA, end: END_VA, alignBytes: k.parts.mali.alignOf(world.get(gem)) })
  if (isFail(refused)) return refused
  const { device, memory, heap, gpuVa } = world.get(gem)
  if (heap) return
  const mmu = mmuOf(device)
  let at = gpuVa!
  for (const { dma, len } of memory === 'import' ? world.get(gem).sgt! : getPagesSgt(k, gem)) {
    mapRange(k, gem, at, dma!, len)
    at += len
  }
  flushRange(k, mmu, gpuVa!, world.get(gem).sizeBytes)
})

/** Entries first, then what is remembered of them. */
function emptyEntries(k: Kernel, gem: Id<'gem'>): void {
  const { device, gpuVa, sizeBytes } = k.world.get(gem)
  if (gpuVa === null) return
  unmapPages(k, mmuOf(device), gpuVa, sizeBytes)
  k.parts.mali.flushUnmapped(k, mmuOf(device), gpuVa, sizeBytes)
}

/** The entries of a buffer go; its place stays taken. */
export const teardownMapping = fn('panfrost_gem_teardown_mapping', emptyEntries)

/** Takes a buffer from the GPU; only then may its pages go. */
export const unmapFromGpu = fn('panfrost_mmu_unmap', (k: Kernel, gem: Id<'gem'>) => {
  emptyEntries(k, gem)
  displaceFromGpu(k, gem)
})

export const flushRange = fn({ '5.2': null, '6.1': 'panfrost_mmu_flush_range' }, (k: Kernel, mmu: Id<'gpu_mmu'>, gpuVa: number, sizeBytes: number) => {
  // An address space that is off remembers nothing.
  if (k.world.get(mmu).transtab !== 0) command(k, mmu, 'FLUSH_PT', gpuVa, sizeBytes)
})

/** The heap that a faulting address lies in gets the 2 MiB around it. False: there is no heap, so nothing can be done. */
const mapFaultAddr = fn('panfrost_mmu_map_fault_addr', (k: Kernel, mmu: Id<'gpu_mmu'>, addr: number): boolean => {
  const { world } = k
  const { device } = world.get(mmu)
  const gem = world.ids('gem').find(id => {
    const { device: of, gpuVa, sizeBytes, heap, madv } = world.get(id)
    return of === device && heap && madv >= 0 && gpuVa !== null && addr >= gpuVa && addr < gpuVa + sizeBytes
  })
  if (!gem) return false
  const { gpuVa, filp } = world.get(gem)
  const start = addr - (addr % MIB2)
  const first = (start - gpuVa!) / PAGE_SIZE
  if (filp![first]! >= 0) return true
  const { dma } = growPages(k, gem, first, MIB2 / PAGE_SIZE)
  mapRange(k, gem, start, dma!, MIB2)
  world.emit('heap.grow', { gem, gpuVa: start, residentBytes: world.get(gem).filp!.filter(frame => frame >= 0).length * PAGE_SIZE })
  flushRange(k, mmu, start, MIB2)
  return true
})

/** The interrupt of the MMU. A heap grows, and the access is tried again (true); any other fault switches the address space off. */
export const mmuIrq = fn('panfrost_mmu_irq_handler_thread', (k: Kernel, mmu: Id<'gpu_mmu'>, { status, gpuVa }: GpuFault): boolean => {
  const { world } = k
  const { what, access, source } = decodeFault(status)
  world.set(mmu, 'rawstat', 1 << SPACE)
  world.set(mmu, 'faultStatus', status)
  world.set(mmu, 'faultAddress', gpuVa)
  world.emit('mmu.fault', { mmu, gpuVa, status, what, access, source })
  const grown = isTranslationFault(status) && mapFaultAddr(k, mmu, gpuVa)
  world.set(mmu, 'rawstat', 0)
  world.emit('mmu.irq.clear', { mmu })
  if (grown) return true
  world.set(mmu, 'faulted', true)
  disableMmu(k, mmu)
  return false
})
