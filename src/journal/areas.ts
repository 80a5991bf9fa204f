/**
 * The word areas of a machine: what each is called, and where in it a frame, a line or an entry lies. The hardware writes
 * them, the stage reads them. Frame n is the physical page `header.firstPfn + n`; a word is 32 bits, a line 64 bytes.
 */
import { LINES_PER_PAGE, WORDS_PER_LINE, WORDS_PER_PAGE } from '../base/brand.ts'

/** Bytes of memory (the point of coherency), by word: `frame * 1024 + word`. */
export const DRAM = 'dram'
/** What the CPU's caches hold, at the same index as in `dram`; it means something only where `cpu.line` is not INVALID. */
export const CPU_DATA = 'cpu.data'
/** One word per line, `frame * 64 + line`: INVALID, CLEAN or DIRTY. */
export const CPU_LINE = 'cpu.line'
/** The same two for the cache of the GPU. */
export const GPU_DATA = 'gpu.data'
export const GPU_LINE = 'gpu.line'
/** Two words per line: which of its 64 bytes the GPU wrote (bit n of word 0: byte n, of word 1: byte 32 + n). */
export const GPU_MASK = 'gpu.mask'
/** One word per line, only where the GPU looks into the CPU's caches one way: 1 when it reached the line through an entry that asks for that. */
export const GPU_OUTER = 'gpu.outer'
/** The picture on the panel: `y * width + x`, 0xRRGGBB. */
export const DISPLAY_SHOWN = 'display.shown'
/** What jobs read, at the index of the memory they read. */
export const GPU_SEEN = 'gpu.seen'

export const INVALID = 0
export const CLEAN = 1
export const DIRTY = 2

/** Areas whose words mean something only where a line is held: the area that says so, and how many of their words belong to a line. */
export const OF_LINES: Readonly<Record<string, { readonly lines: string; readonly words: number }>> = {
  [CPU_DATA]: { lines: CPU_LINE, words: WORDS_PER_LINE },
  [GPU_DATA]: { lines: GPU_LINE, words: WORDS_PER_LINE },
  [GPU_MASK]: { lines: GPU_LINE, words: 2 },
  [GPU_OUTER]: { lines: GPU_LINE, words: 1 },
}

export const wordOf = (frame: number): number => frame * WORDS_PER_PAGE
export const lineOf = (frame: number): number => frame * LINES_PER_PAGE
export const wordOfLine = (line: number): number => line * WORDS_PER_LINE

/** The write-combine buffer of a core. */
export const wcArea = (core: number): string => `wc.${core}`
/** Words of one entry: line number + 1 (0: empty) · byte mask low · byte mask high · age (the smallest is the oldest) · 16 words of data. */
export const WC_ENTRY_WORDS = 20
export const WC_DATA = 4

/** Translations that are remembered: `tlb.cpu`, `tlb.gpu`, and `tlb.iommu` for the table before a display. */
export const TLB_CPU = 'tlb.cpu'
export const TLB_GPU = 'tlb.gpu'
export const TLB_IOMMU = 'tlb.iommu'
/** By whose TLB it is. */
export const TLB_AREAS = { cpu: TLB_CPU, gpu: TLB_GPU, iommu: TLB_IOMMU } as const
/** Words of one entry: valid (1) · address space (ASID, or the GPU's) · page number low · page number high · descriptor low · descriptor high. */
export const TLB_ENTRY_WORDS = 6
export const TLB_ENTRIES = 16
/** The number of the page that the entry at a word is about. */
export const tlbPage = (words: Uint32Array, at: number): number => words[at + 2]! + words[at + 3]! * 2 ** 32
