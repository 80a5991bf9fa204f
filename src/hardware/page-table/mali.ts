/**
 * Making entries of Mali page tables, and the registers and runs that go with them. Reading them: journal/page-tables/mali.ts.
 * Mirrors: arm_lpae_prot_to_pte, arm_mali_lpae_alloc_pgtable (io-pgtable-arm.c); get_pgsize, lock_region (panfrost_mmu.c).
 * Leaves out: TRANSCFG and the AArch64 4 KiB mode.
 */
import { u64, type U64 } from '../../base/bits.ts'
import { PAGE_SIZE } from '../../base/brand.ts'

export const MIB2 = 2 ** 21
const GIB = 2 ** 30

export const SH_OUTER = 2
export const SH_INNER = 3
export const TYPE_LEAF = 1
export const TYPE_TABLE = 3
/** In the high word. */
export const NO_EXEC = 3 << 21
export const SW_SYNC = 1 << 23

export interface LeafSpec {
  readonly phys: number
  /** Index into MEMATTR. */
  readonly attrIndex: number
  readonly read: boolean
  readonly write: boolean
  readonly exec: boolean
  readonly shareability: number
}

export function leaf({ phys, attrIndex, read, write, exec, shareability }: LeafSpec): U64 {
  const lo = (phys % 2 ** 32) + (TYPE_LEAF | (attrIndex << 2) | (read ? 1 << 6 : 0) | (write ? 1 << 7 : 0) | (shareability << 8))
  return u64(Math.floor(phys / 2 ** 32) | (exec ? 0 : NO_EXEC), lo)
}
export const table = (phys: number, sync = false): U64 => u64(Math.floor(phys / 2 ** 32) | (sync ? SW_SYNC : 0), (phys % 2 ** 32) + TYPE_TABLE)

const READ_INNER = 0x4
const ADRMODE_TABLE = 0x3
export const SHARE_OUTER = 0x10
export const transtab = (pgd: number, coherent: boolean): number => pgd + (READ_INNER | ADRMODE_TABLE | (coherent ? SHARE_OUTER : 0))
/** The table behind a TRANSTAB value; 0: the address space is switched off. */
export const pgdOf = (value: number): number => value - (value % PAGE_SIZE)

/** Attribute bytes of MEMATTR: index 0 "non-cacheable", 1 write-allocate, 2 device. This format has no memory that the GPU does not cache. */
export const MEMATTR: readonly number[] = [0x88, 0x8d, 0x88]
export const memattrValue = (bytes: readonly number[]): number => bytes.reduce((sum, byte, i) => sum + byte * 256 ** i, 0)

/**
 * How a range is mapped: runs of pages of one size. Both addresses together (their bits or-ed) must lie on a 2 MiB boundary for blocks;
 * a run ends at the next boundary of that sum, which for blocks is one of 1 GiB.
 */
export interface PageRun { readonly sizeBytes: number; readonly count: number }
export function runsOf(iova: number, phys: number, length: number): PageRun[] {
  const runs: PageRun[] = []
  for (let done = 0; done < length; ) {
    const both = (unit: number): number => ((iova + done) % unit) | ((phys + done) % unit)
    const left = length - done
    const off = both(MIB2)
    const sizeBytes = off === 0 && left >= MIB2 ? MIB2 : PAGE_SIZE
    const room = sizeBytes === MIB2 ? GIB - both(GIB) : off === 0 ? left : MIB2 - off
    const count = Math.floor(Math.min(room, left) / sizeBytes)
    runs.push({ sizeBytes, count })
    done += count * sizeBytes
  }
  return runs
}

/** The range that a value of AS_LOCKADDR locks. */
export function lockedRange(value: number): { readonly start: number; readonly sizeBytes: number } {
  const width = value % 64
  const sizeBytes = 2 ** (width + 1)
  return { start: Math.floor(value / sizeBytes) * sizeBytes, sizeBytes }
}
/** AS_LOCKADDR for a region: its start with the bits below its width cleared, and the width. The region is 2^(width + 1) bytes, at least 32 KiB. */
export function lockAddr(start: number, sizeBytes: number): number {
  const last = start + sizeBytes - 1
  let highest = 0
  for (let n = 48; n > 0; n--) {
    if (Math.floor(start / 2 ** (n - 1)) % 2 === Math.floor(last / 2 ** (n - 1)) % 2) continue
    highest = n
    break
  }
  const width = Math.max(highest, 15) - 1
  return start - (start % 2 ** width) + width
}
