/** The replaceable parts of Mesa: what flags an export passes, how an import is mapped, what brackets CPU access, and any of its functions. */
import type { UserFunction } from '../function.ts'

export interface MesaParts {
  /** Flags of drmPrimeHandleToFD, in words. F0: DRM_CLOEXEC. F1: DRM_CLOEXEC | DRM_RDWR. */
  readonly exportFlags: readonly string[]
  /** N: MMAP_BO and the node · D: the dma-buf fd · S: self-import, then N · M: MODE_MAP_DUMB. */
  readonly mapPath: 'N' | 'D' | 'S' | 'M'
  /** Y1: DMA_BUF_IOCTL_SYNC around CPU access. */
  readonly sync: boolean
  /** 2019: an import is mapped at once and a failure aborts. now: mapped on first use, failure is returned. */
  readonly era: '2019' | 'now'
  /** The kernel driver whose part of Mesa the loader chose (winsys.ts). */
  readonly winsys: string
  /** Functions that run in place of those with the same names; absent: none. */
  readonly functions?: Readonly<Record<string, UserFunction>>
}
