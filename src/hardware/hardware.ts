/**
 * The hardware of one machine, as the kernel and the machine loop reach it. Addresses are physical; lengths are in bytes.
 * What a call changes waits for the caller's event, except lines that are filled, drained, cleaned or dropped on the way:
 * those are told by events of their own before it.
 */
import type { U64 } from '../base/bits.ts'
import type { PhysAddr } from '../base/brand.ts'
import type { Board } from '../journal/board.ts'
import type { CpuTables } from './page-table/cpu-tables.ts'

export type MemoryAttr = 'wb' | 'wc' | 'uc'

export interface Hardware {
  readonly platform: Platform
  /** A core reads or writes, through its cache (wb), its write-combine buffer (wc) or neither (uc). */
  load(core: number, phys: PhysAddr, attr: MemoryAttr, sizeBytes: number): Uint8Array
  store(core: number, phys: PhysAddr, attr: MemoryAttr, bytes: Uint8Array): void
  /** Whole words through the cache, as the kernel writes them by its own mapping of memory. */
  storeWords(phys: PhysAddr, words: Uint32Array): void
  /** A completing barrier: drains the core's write-combine buffer. System calls contain one. `why`: for the reader. Answers how many lines drained. */
  barrier(core: number, why?: string): number
  /** A relaxed store to a device's register: on some machines it drains the buffer too. */
  doorbell(core: number): void
  /** Maintenance by address, every line of the range. */
  clean(phys: PhysAddr, sizeBytes: number): void
  invalidate(phys: PhysAddr, sizeBytes: number): void
  cleanInvalidate(phys: PhysAddr, sizeBytes: number): void
  /** The GPU, through its cache. `outer`: the page-table entry asks for outer shareability (snoops on an IOC machine). */
  gpuLoad(phys: PhysAddr, sizeBytes: number, outer: boolean): Uint8Array
  gpuStore(phys: PhysAddr, bytes: Uint8Array, outer: boolean): void
  gpuClean(): void
  gpuCleanInvalidate(): void
  /** Any other device, by driver name: a display, a walker of page tables. `coherent` overrides its class. */
  deviceRead(device: string, phys: PhysAddr, sizeBytes: number): Uint8Array
  deviceWrite(device: string, phys: PhysAddr, bytes: Uint8Array): void
  /** A walker of page tables: memory, or what the CPU's caches hold of it when it snoops. */
  walkRead(phys: PhysAddr, sizeBytes: number, snoops: boolean): Uint8Array
  /** The same for one entry of eight bytes. */
  walkEntry(phys: PhysAddr, snoops: boolean): U64

  /**
   * What hardware may do at any time, and nobody asks for. `some`: only so many bytes in each so many. A prefetch needs a
   * cached mapping of the page: the kernel's own where the platform has one, or another (`mapped`). They answer how many lines moved.
   */
  prefetch(phys: PhysAddr, sizeBytes: number, mapped: boolean, some?: Some): number
  evict(phys: PhysAddr, sizeBytes: number, some?: Some): number
  gpuEvict(phys: PhysAddr, sizeBytes: number, some?: Some): number
  /** Entries of the core's write-combine buffer in that range. */
  drain(core: number, phys: PhysAddr, sizeBytes: number): number
}

/** The first `runBytes` of each `everyBytes` of a range. */
export interface Some { readonly everyBytes: number; readonly runBytes: number }

/** A platform preset: data, and the formats that it names (the names are those of the parameters in the notes on coherency). */
export interface Platform {
  readonly id: string
  readonly title: string
  /**
   * Coherency class of the GPU's path, and of devices that differ: by driver, or by what they are, which is `display`, `gpu`, or `other`
   * for a device that is neither.
   */
  readonly cls: CoherencyClass
  readonly devCls: Readonly<Record<string, CoherencyClass>>
  /** What firmware tells the kernel, by the same names, where it is not what is true; selects DMA API behaviour only. */
  readonly dtCoherent: Readonly<Record<string, boolean>>
  readonly ncAlias: 'bypass' | 'selfsnoop'
  readonly ivacDirty: 'discard' | 'cleanfirst' | 'either'
  readonly linAlias: 'wb' | 'wc' | 'none'
  /** Pages that are mapped write-combined are mapped so in the kernel's own mapping too, and leave the caches for it (x86). */
  readonly linearFollows?: boolean
  readonly wcEntries: number
  readonly ucDrainsWc: boolean
  /** The walker of the GPU's page tables is wired to look into the CPU's caches, where it is asked to. */
  readonly walkCoherent: boolean
  /** Drivers whose device has no IOMMU on this machine, where it has one elsewhere. */
  readonly noIommu?: readonly string[]
  /** The format of the CPU's page tables; absent: arm64. */
  readonly cpuTables?: CpuTables
  readonly cores: number
  /** First physical address of DRAM, in bytes. */
  readonly dramBase: number
  readonly leavesOut: string
  /** Names and sizes, for the reader. */
  readonly board?: Board
}
export type CoherencyClass = 'NC' | 'IOC' | 'FC' | 'X86'

/** How a device is wired; and what firmware says of it: where it says nothing, that; on x86 it is not asked, and the DMA API does nothing. `party`: as the platform names it. */
export const classOf = (platform: Platform, party: string): CoherencyClass => platform.devCls[party] ?? platform.cls
export const declaredCoherent = (platform: Platform, party: string): boolean => platform.cls === 'X86' || (platform.dtCoherent[party] ?? classOf(platform, party) !== 'NC')
/** The name under which a platform knows a device: its driver, if that is named, else what it is. */
export const partyIn = ({ devCls, dtCoherent }: Platform, driver: string, kind: 'display' | 'gpu' | 'other'): string => (driver in devCls || driver in dtCoherent ? driver : kind)
