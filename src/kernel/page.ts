/**
 * Pages of memory for the kernel: frames, and their bytes as the CPU sees them.
 * Mirrors: alloc_page, __free_page. Leaves out: zones, the buddy allocator, memory pressure.
 */
import type { Kernel } from './context.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects { frames: { next: number; free: readonly number[] } }
  interface Events { 'page.alloc': { frame: number }; 'page.free': { frame: number }; 'page.run.alloc': { frame: number; pages: number }; 'page.run.free': { frame: number; pages: number } }
}
export const says = {
  'page.alloc': 'Frame **{frame}** of memory is taken into use, filled with zeros.',
  'page.free': 'Frame {frame} is free again.',
  'page.run.alloc': '**{pages} frames behind one another**, from {frame} on, are taken into use.',
  'page.run.free': 'The {pages} frames from {frame} on are free again.',
}

/** A zeroed frame. */
export function allocPage(k: Kernel): number {
  const { world } = k
  const frames = world.find('frames:0') ?? world.get(world.create('frames:0', { next: 0, free: [] }))
  const frame = frames.free.length ? frames.free[frames.free.length - 1]! : frames.next
  if (frames.free.length) {
    world.set('frames:0', 'free', frames.free.slice(0, -1))
    zeroPage(k, frame)
  } else world.set('frames:0', 'next', frames.next + 1)
  world.emit('page.alloc', { frame })
  return frame
}

/** So many frames behind one another; the first of them is answered. What they hold is the caller's business. */
export function allocRun(k: Kernel, pages: number): number {
  const { world } = k
  const { free, next } = world.find('frames:0') ?? world.get(world.create('frames:0', { next: 0, free: [] }))
  const first = [...free].sort((a, b) => a - b).find(start => Array.from({ length: pages }, (_, i) => free.includes(start + i)).every(Boolean)) ?? next
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
export function readBytes(k: Kernel, frame: number, at: number, n: number): number[] {
  const bytes: number[] = []
  for (let i = at; i < at + n; i++) bytes.push((k.world.word('dram', frame * 1024 + (i >>> 2)) >>> ((i & 3) * 8)) & 0xff)
  return bytes
}

/** Writes bytes into a frame as one range of words; told by the caller's event. */
export function writeBytes(k: Kernel, frame: number, at: number, bytes: ArrayLike<number>): void {
  const first = at >>> 2
  const words = new Uint32Array(((at + bytes.length - 1) >>> 2) - first + 1)
  for (let i = 0; i < words.length; i++) words[i] = k.world.word('dram', frame * 1024 + first + i)
  for (let i = 0; i < bytes.length; i++) {
    const byte = at + i - first * 4
    const shift = (byte & 3) * 8
    words[byte >>> 2] = (words[byte >>> 2]! & ~(0xff << shift)) | (bytes[i]! << shift)
  }
  k.world.write('dram', frame * 1024 + first, words)
}

export function copyPage(k: Kernel, from: number, to: number): void {
  k.world.write('dram', to * 1024, Uint32Array.from({ length: 1024 }, (_, i) => k.world.word('dram', from * 1024 + i)))
}
export function zeroPage(k: Kernel, frame: number): void {
  k.world.write('dram', frame * 1024, new Uint32Array(1024))
}

/** Cleans or invalidates the lines of whole pages in the CPU's caches. With memory read and written directly there is nothing to do. */
export function maintainPages(_k: Kernel, _frames: readonly number[], _action: 'clean' | 'invalidate'): void {}
