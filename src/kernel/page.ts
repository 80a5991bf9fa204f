/**
 * Pages of memory for the kernel: frames, and their bytes as the CPU sees them.
 * Mirrors: alloc_page, __free_page. Leaves out: zones, the buddy allocator, memory pressure.
 */
import type { Kernel } from './context.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects { frames: { next: number; free: readonly number[] } }
  interface Events { 'page.alloc': { frame: number }; 'page.free': { frame: number } }
}
export const says = {
  'page.alloc': 'Frame **{frame}** of memory is taken into use, filled with zeros.',
  'page.free': 'Frame {frame} is free again.',
}

/** A zeroed frame. */
export function allocPage(k: Kernel): number {
  const { world } = k
  const frames = world.find('frames:0') ?? world.get(world.create('frames:0', { next: 0, free: [] }))
  const frame = frames.free.length ? frames.free[frames.free.length - 1]! : frames.next
  if (frames.free.length) {
    world.set('frames:0', 'free', frames.free.slice(0, -1))
    world.write('dram', frame * 1024, new Uint32Array(1024))
  } else world.set('frames:0', 'next', frames.next + 1)
  world.emit('page.alloc', { frame })
  return frame
}

export function freePage(k: Kernel, frame: number): void {
  k.world.set('frames:0', 'free', [...k.world.get('frames:0').free, frame])
  k.world.emit('page.free', { frame })
}

export function readByte(k: Kernel, frame: number, at: number): number {
  return (k.world.word('dram', frame * 1024 + (at >>> 2)) >>> ((at & 3) * 8)) & 0xff
}
export function writeByte(k: Kernel, frame: number, at: number, byte: number): void {
  const word = frame * 1024 + (at >>> 2)
  const shift = (at & 3) * 8
  k.world.write('dram', word, [(k.world.word('dram', word) & ~(0xff << shift)) | (byte << shift)])
}
