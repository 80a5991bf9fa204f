/**
 * Memory that a device can use in one piece: taken, described as a list of one entry, and shown to a process all at once.
 * Mirrors: dma_alloc_attrs, dma_free_attrs, dma_get_sgtable, dma_mmap_attrs and their _wc forms (kernel/dma/mapping.c); arch_dma_mmap_pgprot of 5.2, dma_pgprot of today.
 * Leaves out: the reserved region of CMA and moving pages out of it, memory that is short, the kernel's own address of the memory.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { dmaOf, isDmaCoherent } from './dma-map.ts'
import { fail, type Fail } from './fail.ts'
import type { Attr, SgEntry } from './objects.ts'
import { allocRun, freeRun, maintainPages } from './page.ts'
import { getPte, setPtes } from './pgtable.ts'
import { pteFor, withFlags } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'dma.alloc': { device: string; frame: number; pages: number; action: string }
    'dma.free': { device: string; frame: number; pages: number }
    'dma.sgtable': { frame: number; pages: number }
    'dma.mmap': { vma: Id<'vma'>; frame: number; pages: number; attr: Attr }
    'dma.mmap.twice': { vma: Id<'vma'> }
    'mmap.refused.range': { vma: Id<'vma'>; pgoff: number }
  }
}
export const says: Says = {
  'dma.alloc': '{device} gets **{pages} {pages#page|pages} in one piece**, from frame {frame} on. {action}.',
  'dma.free': '{device} **gives back** {pages} {pages#page|pages} in one piece, from frame {frame} on.',
  'dma.sgtable': 'One entry describes the whole buffer: **{pages} {pages#page|pages} from frame {frame}** on.',
  'dma.mmap': '**The whole area is put into the page table now**, {pages} {pages#page|pages} from frame {frame} on, {attr}: no fault will ever have to ask for one.',
  'dma.mmap.twice': 'The pages of {vma} **are in the page table already**, put there by another owner: an assertion fails in remap_pte_range.',
  'mmap.refused.range': 'The area would begin {pgoff} {pgoff#page|pages} inside the buffer and **reach beyond its end**: ENXIO.',
}

const frames = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i)

/** Zeroed memory in one piece; a device that does not look into the caches must not find the zeros there only. Answers the first frame. */
const alloc = (name: string) => fn(name, (k: Kernel, device: Id<'device'> | string, pages: number): number => {
  const first = allocRun(k, pages)
  const all = frames(first, pages)
  const coherent = isDmaCoherent(k, device)
  if (!coherent) {
    maintainPages(k, all, 'clean')
    maintainPages(k, all, 'invalidate')
  }
  k.world.emit('dma.alloc', { device, frame: first, pages, action: coherent ? 'Its zeros stay in the cache, where this device looks too' : 'Its zeros are cleaned out of the cache, and no line of it stays there' })
  return first
})
export const dmaAllocWc = alloc('dma_alloc_wc')
export const dmaAllocAttrs = alloc('dma_alloc_attrs')

const free = (name: string) => fn(name, (k: Kernel, device: Id<'device'> | string, first: number, pages: number) => {
  freeRun(k, first, pages)
  k.world.emit('dma.free', { device, frame: first, pages })
})
export const dmaFreeWc = free('dma_free_wc')
export const dmaFreeAttrs = free('dma_free_attrs')

export const dmaGetSgtable = fn('dma_get_sgtable', (k: Kernel, first: number, pages: number): readonly SgEntry[] => {
  k.world.emit('dma.sgtable', { frame: first, pages })
  return [{ page: first, len: pages * PAGE_SIZE, dma: dmaOf(k, first) }]
})

/** 5.2, arm64: who asks for write-combining gets it, whatever the device is. */
export const dmaPgprot52 = (): Attr => 'wc'
/** Today: what a coherent device shares with the CPU is cached. */
export const dmaPgprotNow = (k: Kernel, device: Id<'device'>): Attr => (isDmaCoherent(k, device) ? 'wb' : 'wc')

/** The whole area, from its offset in `count` pages of the buffer on, as the frames lie. */
function mapAll(k: Kernel, id: Id<'vma'>, buffer: readonly number[], count: number, attr: Attr): void | Fail {
  const { world } = k
  const { start, end, pgoff, flags } = world.get(id)
  const pages = (end - start) / PAGE_SIZE
  if (pgoff + pages > count) {
    world.emit('mmap.refused.range', { vma: id, pgoff })
    return fail('ENXIO')
  }
  if (getPte(k, start)) {
    world.set('kernel:0', 'bug', 'remap_pte_range')
    return void world.emit('dma.mmap.twice', { vma: id })
  }
  world.set(id, 'flags', withFlags(flags, ['io', 'pf', 'de', 'dd']))
  world.set(id, 'attr', attr)
  world.emit('dma.mmap', { vma: id, frame: buffer[0]!, pages, attr })
  const vma = world.get(id)
  setPtes(k, start, buffer.slice(pgoff, pgoff + pages).map(frame => pteFor(vma, frame, false)))
}

/** The helper names the length of the area, not that of the buffer: any offset but 0 reaches beyond. */
export const dmaMmapWc = fn('dma_mmap_wc', (k: Kernel, device: Id<'device'>, id: Id<'vma'>, buffer: readonly number[]): void | Fail => {
  const { start, end } = k.world.get(id)
  return mapAll(k, id, buffer, (end - start) / PAGE_SIZE, k.parts.dmaPgprot(k, device))
})

/** Memory that was asked for without write-combining: cached for a coherent device in every release, past the cache for others. */
export const dmaMmapAttrs = fn('dma_mmap_attrs', (k: Kernel, device: string, id: Id<'vma'>, buffer: readonly number[]): void | Fail =>
  mapAll(k, id, buffer, buffer.length, isDmaCoherent(k, device) ? 'wb' : 'wc'))
