/** A buffer as Mesa keeps it: what it needs to find, map and give back the kernel's handle. */
import type { Id } from '../../journal/vocabulary.ts'

declare module '../../journal/vocabulary.ts' {
  interface Objects {
    bo: {
      task: Id<'task'>
      /** The GPU's file and the handle there. */
      fd: number
      handle: number
      sizeBytes: number
      /** Where the GPU sees it. */
      gpuVa: number
      /** A descriptor of the dma-buf, kept for mapping or for SYNC; -1: none. */
      primeFd: number
      /** Address of its mapping; null: not mapped. */
      addr: number | null
    }
  }
  interface Events {
    'bo.import': { bo: Id<'bo'>; handle: number; sizeBytes: number; gpuVa: number }
    'bo.map': { bo: Id<'bo'>; addr: number; by: string }
    'bo.unmap': { bo: Id<'bo'> }
    'bo.destroy': { bo: Id<'bo'> }
    'mesa.sync': { bo: Id<'bo'>; flags: string }
    'mesa.software': { driver: string }
    'mesa.abort': { fn: string; why: string }
  }
}

export const says = {
  'bo.import': 'Mesa keeps the import as **handle {handle}**: {sizeBytes} bytes, seen by the GPU at {gpuVa}.',
  'bo.map': 'Mesa keeps the pointer, {addr}. It came **by {by}**.',
  'bo.unmap': 'Mesa lets its **pointer** go.',
  'bo.destroy': 'Mesa **forgets the buffer**: its handle, its size, where the GPU saw it.',
  'mesa.sync': 'Mesa brackets the access: `{flags}`.',
  'mesa.software': 'Mesa has **no GPU behind {driver}**: the CPU draws, and nothing is handed over.',
  'mesa.abort': '**{fn} stops the process**: {why}. An assertion, because Mesa of 2019 had no other answer.',
} as const
