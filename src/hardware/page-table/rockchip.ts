/** Entries of Rockchip's IOMMU, first version: 1024 tables of 1024 entries of 32 bits, 4 KiB pages. Mirrors: rockchip-iommu.c. Reading them: journal/page-tables/rockchip.ts. Leaves out: addresses above 4 GiB. */
import { PAGE_SIZE } from '../../base/brand.ts'

/** What an unmapped entry holds. */
export const UNMAPPED = 0
export const entry = (phys: number, writable: boolean): number => (phys - (phys % PAGE_SIZE) + 1 + 2 + (writable ? 4 : 0)) >>> 0
export const table = (phys: number): number => (phys + 1) >>> 0
