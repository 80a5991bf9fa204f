/** What a kernel needs of the format of a CPU's page tables to write them, and the CPU's MMU to answer. Reading them bit by bit: journal/page-tables/. */
import type { U64 } from '../../base/bits.ts'
import type { TableFormat } from '../../journal/walk.ts'
import type { MemoryAttr } from '../hardware.ts'
import type { Mair } from './arm64.ts'

/** `rw` may be written, `r` only read, '' neither: kept for its address. `dirty`: it was written; `special`: a bare frame that is not counted. */
export interface CpuLeaf {
  readonly phys: number
  readonly prot: '' | 'r' | 'rw'
  readonly attr: MemoryAttr
  readonly exec: boolean
  readonly dirty: boolean
  readonly special: boolean
}

export interface CpuTables {
  readonly format: TableFormat
  /** Bytes of the register of memory types, where the kernel's release does not choose them. */
  readonly types?: readonly number[]
  readonly table: (phys: number) => U64
  readonly leaf: (leaf: CpuLeaf, mair: Mair) => U64
  /** What a leaf says. */
  readonly said: (entry: U64, mair: Mair) => CpuLeaf
  /** The entry as the MMU itself marks it when a store goes through it; absent: that is the kernel's to do, in a fault. */
  readonly written?: (entry: U64) => U64
  /** How a refused access is reported. */
  readonly code: (fault: 'translation' | 'permission', level: number, access: 'read' | 'write') => string
}
