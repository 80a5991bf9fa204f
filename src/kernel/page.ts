/**
 * Pages of memory for the kernel: frames, and their bytes through the kernel's own cached mapping of all memory. A fresh page
 * is zeroed there, so its zeros lie in the cache, dirty, until somebody cleans them or they leave by chance.
 * Mirrors: alloc_page with __GFP_ZERO, clear_page, copy_page, __free_page, the linear map. Leaves out: zones, the buddy allocator, memory pressure.
 */
import type { U64 } from '../base/bits.ts'
import { PAGE_SIZE, physAddr, WORDS_PER_PAGE, type PhysAddr } from '../base/brand.ts'
import type { Kernel } from './context.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects { frames: { next: number; free: readonly number[] } }
  interface Events { 'page.alloc': { frame: number }; 'page.free': { frame: number }; 'page.run.alloc': { frame: number; pages: number }; 'page.run.free': { frame: number; pages: number } }
}
export const says = {
  'page.alloc': 'Frame **{frame}** of memory is taken into use, filled with zeros.',
  'page.free': 'Frame {frame} is free again.',
  'page.run.alloc': '**{pages} {pages#frame|frames behind one another}**, from {frame} on, {pages#is|are} taken into use, filled with zeros.',
  'page.run.free': '{pages} {pages#frame|frames} from {frame} on {pages#is|are} free again.',
}

export const physOf = (k: Kernel, frame: number): PhysAddr => physAddr(k.hw.platform.dramBase + frame * PAGE_SIZE)
/** The core that the calling task runs on. */
export const coreOf = (k: Kernel): number => (k.world.find(k.task)?.pid ?? 0) % k.hw.platform.cores

const ZEROS = new Uint32Array(WORDS_PER_PAGE)

/** A zeroed frame. */
export function allocPage(k: Kernel): number {
  const { world } = k
  const frames = world.find('frames:0') ?? world.get(world.create('frames:0', { next: 0, free: [] }))
  const frame = frames.free.length ? frames.free[frames.free.length - 1]! : frames.next
  zeroPage(k, frame)
  if (frames.free.length) world.set('frames:0', 'free', frames.free.slice(0, -1))
  else world.set('frames:0', 'next', frames.next + 1)
  world.emit('page.alloc', { frame })
  return frame
}

/** So many zeroed frames behind one another; the first of them is answered. */
export function allocRun(k: Kernel, pages: number): number {
  const { world } = k
  const { free, next } = world.find('frames:0') ?? world.get(world.create('frames:0', { next: 0, free: [] }))
  const first = [...free].sort((a, b) => a - b).find(start => Array.from({ length: pages }, (_, i) => free.includes(start + i)).every(Boolean)) ?? next
  writeBytes(k, first, 0, new Uint8Array(pages * PAGE_SIZE))
  if (first === next) world.set('frames:0', 'next', next + pages)
  else world.set('frames:0', 'free', free.filter(frame => frame < first || frame >= first + pages))
  world.emit('page.run.alloc', { frame: first, pages })
  return first
}
export function freeRun(k: Kernel, first: number, pages: number): void {
  k.world.set('frames:0', 'free', [...k.world.get('frames:0').free, ...Array.from({ length: pages }, (_, i) => first + i)])
  k.world.emit('page.run.free', { frame: first, pages })
}

export function freePage(k: Kernel, frame: number): void {
  k.world.set('frames:0', 'free', [...k.world.get('frames:0').free, frame])
  k.world.emit('page.free', { frame })
}

/** Bytes of a frame; the range stays inside it. */
export const readBytes = (k: Kernel, frame: number, at: number, n: number): Uint8Array => k.hw.load(coreOf(k), physAddr(physOf(k, frame) + at), 'wb', n)
/** Writes bytes into a frame; told by the caller's event. */
export const writeBytes = (k: Kernel, frame: number, at: number, bytes: Uint8Array): void => k.hw.store(coreOf(k), physAddr(physOf(k, frame) + at), 'wb', bytes)

export const copyPage = (k: Kernel, from: number, to: number): void => writeBytes(k, to, 0, readBytes(k, from, 0, PAGE_SIZE))
export const zeroPage = (k: Kernel, frame: number): void => k.hw.storeWords(physOf(k, frame), ZEROS)

/** Cleans, invalidates, or both, the lines of whole pages in the CPU's caches; neighbouring pages in one go. */
export function maintainPages(k: Kernel, frames: readonly number[], action: 'clean' | 'invalidate' | 'cleanInvalidate'): void {
  for (let i = 0; i < frames.length; ) {
    let n = 1
    while (frames[i + n] === frames[i]! + n) n++
    k.hw[action](physOf(k, frames[i]!), n * PAGE_SIZE)
    i += n
  }
}

/** The frame at a physical address. */
export const frameAt = (k: Kernel, phys: number): number => Math.floor((phys - k.hw.platform.dramBase) / PAGE_SIZE)

/** Writes neighbouring entries of a page table; told by the caller's event. */
export function storeEntries(k: Kernel, at: number, entries: readonly U64[]): void {
  const words = new Uint32Array(entries.length * 2)
  entries.forEach(({ hi, lo }, i) => {
    words[i * 2] = lo
    words[i * 2 + 1] = hi
  })
  k.hw.storeWords(physAddr(at), words)
}
