/** Entries of Vivante's second MMU (etnaviv): 1024 tables of 1024 entries of 32 bits, 4 KiB pages. Mirrors: etnaviv_iommu_v2.c. Reading them: journal/page-tables/etnaviv.ts. Leaves out: pages of 64 KiB and more. */
import { PAGE_SIZE } from '../../base/brand.ts'

/** What an unmapped entry holds: not present, and touching it is an exception. */
export const UNMAPPED = 2
/** What a read at such a place gives: the words of a page that is there for that. */
export const SCRATCH_WORD = 0xdead_55aa
export const entry = (phys: number, writable: boolean): number =>
  ((phys % 2 ** 32) - (phys % PAGE_SIZE) + ((Math.floor(phys / 2 ** 32) & 0xff) << 4) + (writable ? 4 : 0) + 1) >>> 0
export const table = (phys: number): number => (phys + 1) >>> 0
