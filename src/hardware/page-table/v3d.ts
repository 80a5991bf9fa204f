/** Entries of the V3D's MMU: one table of 4 MiB for 4 GiB, 32 bits for each page. Mirrors: v3d_mmu.c. Reading them: journal/page-tables/v3d.ts. Leaves out: that some pages in a row may be told to be one. */
import { PAGE_SIZE } from '../../base/brand.ts'

const VALID = 1 << 28
const WRITABLE = 1 << 29
const SUPERPAGE = 2 ** 31
/** What an unmapped entry holds. */
export const UNMAPPED = 0
export const entry = (phys: number, writable: boolean, superpage = false): number =>
  (Math.floor(phys / PAGE_SIZE) & 0xffffff) + VALID + (writable ? WRITABLE : 0) + (superpage ? SUPERPAGE : 0)
