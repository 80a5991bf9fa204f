/**
 * videobuf2's buffers: memory that a queue of a video device allocates, shown to processes, and exported as dma-bufs. A buffer lives as
 * long as its queue, a dma-buf or an area holds it. How the memory is had is the business of an allocator (vb2_mem_ops), one file in
 * exporters/ each; what they share is here.
 * Mirrors: vb2_vmarea_handler and vb2_common_vm_ops (videobuf2-memops.c), the get_dmabuf, attach and release that both allocators have.
 * Leaves out: buffers with several planes, the kernel's own mapping, the attachment's cached list (it is the same every time).
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { exportDmaBuf } from './dma-buf.ts'
import type { Fail } from './fail.ts'
import type { Direction, VmOps } from './hooks.ts'
import { drop, take } from './ref.ts'
import type { Says } from './syscall.ts'

interface Buffer { device: string; pages: readonly number[]; dir: Direction; refcount: number }
declare module '../journal/vocabulary.ts' {
  interface Objects { vb2_dc_buf: Buffer; vb2_dma_sg_buf: Buffer }
  interface Events {
    'vb2.alloc': { buf: VbBuf; device: string; pages: number; dir: Direction }
    'vb2.free': { buf: VbBuf }
    'vb2.export': { buf: VbBuf; dmaBuf: Id<'dma_buf'> }
    'vb2.own': { vma: Id<'vma'>; buf: VbBuf }
    'vb2.open': { vma: Id<'vma'>; buf: VbBuf }
    'vb2.close': { vma: Id<'vma'>; buf: VbBuf }
  }
}
export const says: Says = {
  'vb2.alloc': '{device} gets **{pages} {pages#page|pages} for one buffer** of its queue. Its direction is {dir}: that is what the device will do with it.',
  'vb2.free': 'Neither queue, dma-buf nor area holds {buf} any more: **its memory goes back**.',
  'vb2.export': '**A new dma-buf for {buf}**, {dmaBuf}: every export makes one, and its own flags decide its mode.',
  'vb2.own': '{vma} shows {buf} and **holds it**; every page is there already.',
  'vb2.open': 'A further area, {vma}, shows {buf}: the buffer is **held once more**.',
  'vb2.close': '{vma} **lets go** of {buf}.',
}

export type VbBuf = Id<'vb2_dc_buf'> | Id<'vb2_dma_sg_buf'>
/** struct vb2_mem_ops. */
export interface Memops {
  readonly alloc: (k: Kernel, sizeBytes: number, dir: Direction) => VbBuf
  /** `from` lets go of what its slot holds; the last one gives the memory back. */
  readonly put: (k: Kernel, from: Id, slot: string) => void
  readonly mmap: (k: Kernel, buf: VbBuf, vma: Id<'vma'>) => void | Fail
  readonly getDmabuf: (k: Kernel, buf: VbBuf, mode: { readonly read: boolean; readonly write: boolean }) => Id<'dma_buf'>
}

export const bufOf = (k: Kernel, dmaBuf: Id<'dma_buf'>): VbBuf => k.world.get(dmaBuf).priv as VbBuf
export const vbBuffer = (k: Kernel, buf: VbBuf): Readonly<Buffer> => k.world.get(buf as Id<'vb2_dc_buf'>)

/** A new buffer that nobody holds yet. */
export function createBuf(k: Kernel, kind: 'vb2_dc_buf' | 'vb2_dma_sg_buf', device: string, pages: readonly number[], dir: Direction): VbBuf {
  const buf = k.world.create(k.world.newId(kind), { device, pages, dir, refcount: 0 })
  k.world.emit('vb2.alloc', { buf, device, pages: pages.length, dir })
  return buf
}

/** vb2_dc_put and its like. */
export const putBuf = (name: string, giveBack: (k: Kernel, buffer: Readonly<Buffer>) => void): Memops['put'] => fn(name, (k: Kernel, from: Id, slot: string) => {
  const { to, count } = drop(k.world, from, slot)
  if (count > 0) return
  const buf = to as VbBuf
  giveBack(k, vbBuffer(k, buf))
  k.world.remove(buf)
  k.world.emit('vb2.free', { buf })
})

export const getDmabuf = (name: string, expName: string): Memops['getDmabuf'] => fn(name, (k: Kernel, buf: VbBuf, mode: { readonly read: boolean; readonly write: boolean }) => {
  const dmaBuf = exportDmaBuf(k, { sizeBytes: vbBuffer(k, buf).pages.length * PAGE_SIZE, expName, priv: buf, ...mode })
  k.world.emit('vb2.export', { buf, dmaBuf })
  take(k.world, dmaBuf, 'priv', buf, 'refcount')
  return dmaBuf
})

const AREA = 'vm_private_data'
/** The last part of an allocator's mmap: the area holds the buffer. */
export function ownArea(k: Kernel, ops: string, buf: VbBuf, vma: Id<'vma'>): void {
  k.world.set(vma, 'ops', ops)
  k.world.set(vma, 'priv', buf)
  k.world.emit('vb2.own', { vma, buf })
  take(k.world, vma, AREA, buf, 'refcount')
}

/** vb2_common_vm_ops, which end in the put of one allocator. */
export const commonVmOps = (put: Memops['put']): VmOps => ({
  open: fn('vb2_common_vm_open', (k: Kernel, vma: Id<'vma'>) => {
    const buf = k.world.get(vma).priv as VbBuf
    k.world.emit('vb2.open', { vma, buf })
    take(k.world, vma, AREA, buf, 'refcount')
  }),
  close: fn('vb2_common_vm_close', (k: Kernel, vma: Id<'vma'>) => {
    k.world.emit('vb2.close', { vma, buf: k.world.get(vma).priv as VbBuf })
    put(k, vma, AREA)
  }),
})
