/**
 * Four kinds of address are four types, so that mixing them does not compile.
 * All fit 48 bits and are exact as plain numbers; page-table entries, which need 64, are pairs of words (bits.ts).
 */
import { broken } from './assert.ts'

declare const brand: unique symbol
export type Brand<T, B extends string> = T & { readonly [brand]: B }

/** An address in a process's address space, in bytes. */
export type VirtAddr = Brand<number, 'VirtAddr'>
/** An address on the memory bus, in bytes. */
export type PhysAddr = Brand<number, 'PhysAddr'>
/** An address as a device puts it on its bus (`dma_addr_t`), in bytes. */
export type DmaAddr = Brand<number, 'DmaAddr'>
/** An address in the GPU's own page tables, in bytes. */
export type GpuAddr = Brand<number, 'GpuAddr'>

const LIMIT = 2 ** 48
function address(value: number, what: string): number {
  if (!(Number.isInteger(value) && value >= 0 && value < LIMIT)) broken(`${what} ${value} is not a 48-bit address`)
  return value
}
export const virtAddr = (value: number): VirtAddr => address(value, 'virtual address') as VirtAddr
export const physAddr = (value: number): PhysAddr => address(value, 'physical address') as PhysAddr
export const dmaAddr = (value: number): DmaAddr => address(value, 'DMA address') as DmaAddr
export const gpuAddr = (value: number): GpuAddr => address(value, 'GPU address') as GpuAddr

export const PAGE_SIZE = 4096
export const LINE_SIZE = 64
export const WORD_SIZE = 4
export const WORDS_PER_PAGE = PAGE_SIZE / WORD_SIZE
export const WORDS_PER_LINE = LINE_SIZE / WORD_SIZE
export const LINES_PER_PAGE = PAGE_SIZE / LINE_SIZE

export const pageAlign = (bytes: number): number => Math.ceil(bytes / PAGE_SIZE) * PAGE_SIZE
