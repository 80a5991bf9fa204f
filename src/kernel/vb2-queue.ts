/**
 * The queue of a video device: who asked first owns it; it allocates buffers, tells where each can be mapped, and exports them.
 * Mirrors: vb2_fop_release, vb2_ioctl_reqbufs, vb2_core_reqbufs, vb2_core_querybuf, vb2_core_expbuf, vb2_mmap (videobuf2-v4l2.c, videobuf2-core.c).
 * Leaves out: formats (a buffer holds 32 × 32 pixels of 32 bits), several planes, QBUF, DQBUF and streaming, output queues, memory of a process or of
 * another exporter (USERPTR, DMABUF); a queue ends with the last open of its device, and a new one begins with the next.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import type { Queue } from './exporter.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { createFile } from './file.ts'
import { drop, take } from './ref.ts'
import type { Memops, VbBuf } from './vb2.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects {
    /** `owner`: the open that asked for its buffers; `bufs` by index. */
    vb2_queue: { node: string; type: string; owner: Id<'file'> | null; bufs: readonly VbBuf[]; refcount: number }
  }
  interface Events {
    'video.open': { queue: Id<'vb2_queue'>; node: string }
    'video.last': { queue: Id<'vb2_queue'> }
    'video.reqbufs': { queue: Id<'vb2_queue'>; buffers: number; sizeBytes: number }
    'video.freed': { queue: Id<'vb2_queue'>; buffers: number }
    'video.querybuf': { buf: VbBuf; offset: number }
    'video.refused.memory': { memory: string }
    'video.refused.type': { type: string; queue: Id<'vb2_queue'> }
    'video.refused.owner': { queue: Id<'vb2_queue'> }
    'video.refused.index': { index: number; buffers: number }
    'video.refused.plane': { plane: number }
    'video.refused.unset': { queue: Id<'vb2_queue'> }
    'video.refused.flags': { flags: string }
    'video.refused.shared': { vma: Id<'vma'> }
    'video.refused.readable': { vma: Id<'vma'> }
    'video.refused.offset': { offset: number }
    'video.refused.size': { buf: VbBuf; pages: number }
  }
}
export const says: Says = {
  'video.open': '{node} has **a queue for buffers**, empty at first.',
  'video.last': 'Nobody has the device open any more: **its queue ends**.',
  'video.reqbufs': '{queue} asks its allocator for **{buffers} {buffers#buffer|buffers}** of {sizeBytes} bytes. Who asked owns the queue.',
  'video.freed': '{queue} lets go of its {buffers} {buffers#buffer|buffers}. **An export or a mapping keeps its buffer alive**.',
  'video.querybuf': '{buf} can be mapped **at offset {offset}** of the device.',
  'video.refused.memory': 'The queue has no buffers of the kind {memory}, **only those it allocates itself** (V4L2_MEMORY_MMAP): EINVAL.',
  'video.refused.type': '{queue} is **no queue of the type {type}**: EINVAL.',
  'video.refused.owner': '**Another open owns {queue}**: EBUSY.',
  'video.refused.index': 'There is **no buffer {index}**, only {buffers}: EINVAL.',
  'video.refused.plane': 'Its buffers have **one plane**, and {plane} is no number of one: EINVAL.',
  'video.refused.unset': '{queue} **has no buffers to map yet**: EINVAL.',
  'video.refused.flags': 'Of `{flags}` only an access mode and O_CLOEXEC are **flags of an export**: EINVAL.',
  'video.refused.shared': 'Buffers of a queue are **mapped shared only**: EINVAL.',
  'video.refused.readable': 'A capture queue\'s buffers are **mapped to be read**, at least: EINVAL.',
  'video.refused.offset': '**No buffer begins at** offset {offset}: EINVAL.',
  'video.refused.size': '{buf} is **smaller than the {pages} {pages#page|pages}** asked for, so not mapped: EINVAL.',
}

const CAPTURE = 'V4L2_BUF_TYPE_VIDEO_CAPTURE'
const SIZE = PAGE_SIZE
/** VB2_MAX_FRAME. */
const MOST = 32
const slotOf = (index: number): string => `bufs ${index}`
const queueId = (node: string): Id<'vb2_queue'> => `vb2_queue:${node.replace('/dev/', '')}`
const queueOf = (k: Kernel, file: Id<'file'>): Id<'vb2_queue'> => k.world.get(file).priv as Id<'vb2_queue'>
const memopsOf = (k: Kernel, queue: Id<'vb2_queue'>): Memops => k.parts.queues[k.world.get(queue).node]!.memops

function refuse<E extends 'EINVAL' | 'EBUSY'>(errno: E, tell: () => void): Fail {
  tell()
  return fail(errno)
}

const openVideo = fn('v4l2_open', (k: Kernel, node: string, fmode: { read: boolean; write: boolean }, flags: readonly string[]): Id<'file'> => {
  const { world } = k
  const queue = queueId(node)
  if (!world.has(queue)) {
    world.create(queue, { node, type: CAPTURE, owner: null, bufs: [], refcount: 0 })
    world.emit('video.open', { queue, node })
  }
  const file = createFile(k, { kind: 'video', name: node, fmode, flags, priv: queue })
  take(world, file, 'private_data', queue, 'refcount')
  return file
})

function freeBuffers(k: Kernel, queue: Id<'vb2_queue'>): void {
  const { bufs } = k.world.get(queue)
  if (bufs.length === 0) return
  k.world.set(queue, 'bufs', [])
  k.world.emit('video.freed', { queue, buffers: bufs.length })
  bufs.forEach((_, index) => memopsOf(k, queue).put(k, queue, slotOf(index)))
}

const releaseVideo = fn('vb2_fop_release', (k: Kernel, file: Id<'file'>) => {
  const { world } = k
  const queue = queueOf(k, file)
  if (world.get(queue).owner === file) {
    freeBuffers(k, queue)
    world.set(queue, 'owner', null)
  }
  if (drop(world, file, 'private_data').count > 0) return
  world.remove(queue)
  world.emit('video.last', { queue })
})

const busy = (k: Kernel, queue: Id<'vb2_queue'>, file: Id<'file'>): Fail | undefined => {
  const { owner } = k.world.get(queue)
  return owner === null || owner === file ? undefined : refuse('EBUSY', () => k.world.emit('video.refused.owner', { queue }))
}
const wrongType = (k: Kernel, queue: Id<'vb2_queue'>, type: string): Fail | undefined =>
  k.world.get(queue).type === type ? undefined : refuse('EINVAL', () => k.world.emit('video.refused.type', { type, queue }))
function buffer(k: Kernel, queue: Id<'vb2_queue'>, index: number): VbBuf | Fail {
  const { bufs } = k.world.get(queue)
  return bufs[index] ?? refuse('EINVAL', () => k.world.emit('video.refused.index', { index, buffers: bufs.length }))
}

/** A count of 0 gives all buffers back; whatever was there before goes either way. */
export const requestBuffers = fn('vb2_ioctl_reqbufs', (k: Kernel, file: Id<'file'>, { count, type, memory }: { count: number; type: string; memory: string }): number | Fail => {
  const { world } = k
  const queue = queueOf(k, file)
  if (memory !== 'V4L2_MEMORY_MMAP') return refuse('EINVAL', () => world.emit('video.refused.memory', { memory }))
  const refused = wrongType(k, queue, type) ?? busy(k, queue, file)
  if (refused) return refused
  freeBuffers(k, queue)
  const buffers = Math.min(count, MOST)
  world.set(queue, 'owner', buffers === 0 ? null : file)
  world.emit('video.reqbufs', { queue, buffers, sizeBytes: SIZE })
  for (let i = 0; i < buffers; i++) {
    const buf = memopsOf(k, queue).alloc(k, SIZE, 'FROM')
    take(world, queue, slotOf(i), buf, 'refcount')
    world.set(queue, 'bufs', [...world.get(queue).bufs, buf])
  }
  return buffers
})

/** Anybody may ask. */
export const queryBuffer = fn('vb2_core_querybuf', (k: Kernel, file: Id<'file'>, { type, index }: { type: string; index: number }): { offset: number; length: number } | Fail => {
  const queue = queueOf(k, file)
  const refused = wrongType(k, queue, type)
  if (refused) return refused
  const buf = buffer(k, queue, index)
  if (isFail(buf)) return buf
  k.world.emit('video.querybuf', { buf, offset: index * SIZE })
  return { offset: index * SIZE, length: SIZE }
})

export interface Export { readonly type: string; readonly index: number; readonly plane: number; readonly flags: readonly string[] }
const EXPORT_FLAGS = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_CLOEXEC']

export const exportBuffer = fn('vb2_core_expbuf', (k: Kernel, file: Id<'file'>, { type, index, plane, flags }: Export): Id<'dma_buf'> | Fail => {
  const { world } = k
  const queue = queueOf(k, file)
  const notMine = busy(k, queue, file)
  if (notMine) return notMine
  if (world.get(queue).bufs.length === 0) return refuse('EINVAL', () => world.emit('video.refused.unset', { queue }))
  if (flags.some(f => !EXPORT_FLAGS.includes(f))) return refuse('EINVAL', () => world.emit('video.refused.flags', { flags: flags.join(' | ') }))
  const refused = wrongType(k, queue, type)
  if (refused) return refused
  const buf = buffer(k, queue, index)
  if (isFail(buf)) return buf
  if (plane !== 0) return refuse('EINVAL', () => world.emit('video.refused.plane', { plane }))
  return memopsOf(k, queue).getDmabuf(k, buf, { read: !flags.includes('O_WRONLY'), write: flags.includes('O_RDWR') || flags.includes('O_WRONLY') })
})

/** mmap of the device: the offset only says which buffer is meant, and that is shown from its beginning. */
const mmapVideo = fn('vb2_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const { world } = k
  const queue = queueOf(k, file)
  const { start, end, flags, pgoff } = world.get(vma)
  if (!flags.includes('ms')) return refuse('EINVAL', () => world.emit('video.refused.shared', { vma }))
  if (!flags.includes('rd')) return refuse('EINVAL', () => world.emit('video.refused.readable', { vma }))
  const { bufs } = world.get(queue)
  if (bufs.length === 0) return refuse('EINVAL', () => world.emit('video.refused.unset', { queue }))
  const buf = bufs[(pgoff * PAGE_SIZE) / SIZE]
  if (!buf) return refuse('EINVAL', () => world.emit('video.refused.offset', { offset: pgoff * PAGE_SIZE }))
  if (end - start > SIZE) return refuse('EINVAL', () => world.emit('video.refused.size', { buf, pages: (end - start) / PAGE_SIZE }))
  world.set(vma, 'pgoff', 0)
  return memopsOf(k, queue).mmap(k, buf, vma)
})

/** The queue of a device with this allocator. */
export const queueOver = (memops: Memops): Queue => ({ memops, open: openVideo, mmap: mmapVideo, release: releaseVideo })
