/** Entries of Vivante's second MMU (etnaviv): 1024 tables of 1024 entries of 32 bits, 4 KiB pages. Mirrors: etnaviv_iommu_v2.c. Leaves out: the tables themselves, until that driver is here. */
import { PAGE_SIZE } from '../../base/brand.ts'

/** What an unmapped entry holds: not present, and touching it is an exception. */
export const UNMAPPED = 2
export const entry = (phys: number, writable: boolean): number =>
  ((phys % 2 ** 32) - (phys % PAGE_SIZE) + ((Math.floor(phys / 2 ** 32) & 0xff) << 4) + (writable ? 4 : 0) + 1) >>> 0
export const walkIndices = (gpuVa: number): { readonly mtlb: number; readonly stlb: number; readonly offset: number } =>
  ({ mtlb: (gpuVa >>> 22) & 1023, stlb: (gpuVa >>> 12) & 1023, offset: gpuVa % PAGE_SIZE })
