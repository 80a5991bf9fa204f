/**
 * Requests that a file does not know, and requests by their number, with an argument of zeros.
 * Mirrors: vfs_ioctl's ENOTTY; dma_heap_ioctl, which looks only at the number; drm_ioctl, which in 5.2 looked only at the number and ran its own call of that number.
 * Leaves out: core calls of the DRM layer that are not here by name and do more than answer a question.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { done, fail, type Outcome } from './fail.ts'
import { vfsIoctl } from './vfs-ioctl.ts'

export const strangeIoctlNow = (k: Kernel, file: Id<'file'>): Outcome => fail(k.world.get(file).kind === 'heap' ? 'EINVAL' : 'ENOTTY')

/** The numbers of calls that belong to other kinds of files. */
const NR: Readonly<Record<string, number>> = {
  DMA_BUF_IOCTL_SYNC: 0, DMA_BUF_SET_NAME: 1, DMA_BUF_IOCTL_EXPORT_SYNC_FILE: 2, DMA_BUF_IOCTL_IMPORT_SYNC_FILE: 3, SYNC_IOC_FILE_INFO: 4, DMA_HEAP_IOCTL_ALLOC: 0, UDMABUF_CREATE: 0x42,
}
/** A call of a driver that this release does not have yet. */
const NO_NR = 0x9f
export const strangeIoctl52 = (k: Kernel, file: Id<'file'>, request: string): Outcome => {
  if (k.world.get(file).kind !== 'drm') return fail('ENOTTY')
  return ofOldDays(k, file, NR[request] ?? (request.startsWith('0x') ? Number(request) & 0xff : NO_NR))
}

/** VERSION, GET_UNIQUE and GET_MAGIC are harmless questions, the last two not on a render node; IRQ_BUSID is for the master, as root, and for drivers of the old days. */
function ofOldDays(k: Kernel, file: Id<'file'>, nr: number): Outcome {
  const { render, master } = k.world.get(k.world.get(file).priv as Id<'drm_file'>)
  if (nr === 0) return done({ fd: 0 })
  if (nr <= 4 && (render || (nr === 3 && (!master || k.world.get(k.task).uid !== 0)))) return fail('EACCES')
  if (nr <= 2) return done({ fd: 0 })
  return fail(nr === 3 ? 'EOPNOTSUPP' : 'EINVAL')
}

/** Calls by their number, as an argument of zeros reads: no handle, no flags, no size, and descriptor 0. */
const ZEROS = {
  handle: 0, flags: [], fd: 0, name: '', width: 0, height: 0, bpp: 0, pitch: 0, fb_id: 0, fence: 0, capability: '0', memfd: 0, offset: 0, size: 0, len: 0, fd_flags: [], heap_flags: [],
}
const NUMBERS: Readonly<Record<number, string>> = {
  0x40086200: 'DMA_BUF_IOCTL_SYNC', 0x40046201: 'DMA_BUF_SET_NAME', 0x40086201: 'DMA_BUF_SET_NAME', 0xc0086202: 'DMA_BUF_IOCTL_EXPORT_SYNC_FILE', 0x40086203: 'DMA_BUF_IOCTL_IMPORT_SYNC_FILE',
  0xc0383e04: 'SYNC_IOC_FILE_INFO', 0x40187542: 'UDMABUF_CREATE', 0xc0184800: 'DMA_HEAP_IOCTL_ALLOC',
}
/** The DRM layer looks at type and number, not at the size. */
const DRM_NUMBERS: Readonly<Record<number, string>> = {
  0x09: 'DRM_IOCTL_GEM_CLOSE', 0x0a: 'DRM_IOCTL_GEM_FLINK', 0x0b: 'DRM_IOCTL_GEM_OPEN', 0x0c: 'DRM_IOCTL_GET_CAP', 0x2d: 'DRM_IOCTL_PRIME_HANDLE_TO_FD', 0x2e: 'DRM_IOCTL_PRIME_FD_TO_HANDLE',
  0x41: 'DRM_IOCTL_VGEM_FENCE_ATTACH', 0x42: 'DRM_IOCTL_VGEM_FENCE_SIGNAL',
  0xae: 'DRM_IOCTL_MODE_ADDFB', 0xaf: 'DRM_IOCTL_MODE_RMFB', 0xb2: 'DRM_IOCTL_MODE_CREATE_DUMB', 0xb3: 'DRM_IOCTL_MODE_MAP_DUMB', 0xb4: 'DRM_IOCTL_MODE_DESTROY_DUMB',
}
const DRM_TYPE = 'd'.charCodeAt(0)

interface Named { readonly request: string; readonly arg: Record<string, unknown> }

const SYNC_BITS: Readonly<Record<string, number>> = { DMA_BUF_SYNC_READ: 1, DMA_BUF_SYNC_WRITE: 2, DMA_BUF_SYNC_RW: 3, DMA_BUF_SYNC_START: 0, DMA_BUF_SYNC_END: 4 }
/** A heap looks at the number alone: that of SYNC is its own call's, which reads the flags as a length and cannot give the descriptor back. */
export function asHeapReads(k: Kernel, file: Id<'file'>, given: Named): Named {
  if (given.request !== 'DMA_BUF_IOCTL_SYNC' || k.world.get(file).kind !== 'heap') return given
  const len = (given.arg.flags as readonly string[]).reduce((bits, word) => bits | (SYNC_BITS[word] ?? Number(word)), 0)
  return { request: 'DMA_HEAP_IOCTL_ALLOC', arg: { len, fd_flags: [], heap_flags: [] } }
}

/** A call by number: the name it has here, or the answer itself where it has none. */
export function byNumber(k: Kernel, file: Id<'file'>, fd: number, request: number): Named | Outcome {
  const answered = vfsIoctl(k, fd, request)
  if (answered) return answered
  const { kind } = k.world.get(file)
  const [type, nr] = [(request >>> 8) & 0xff, request & 0xff]
  if (kind !== 'drm') return { request: NUMBERS[request] ?? `0x${request.toString(16)}`, arg: ZEROS }
  // Today a type that is not the DRM layer's is refused; in 5.2 nobody looks at it.
  if (type !== DRM_TYPE && k.parts.strangeIoctl === strangeIoctlNow) return fail('ENOTTY')
  const name = DRM_NUMBERS[nr]
  return name ? { request: name, arg: ZEROS } : ofOldDays(k, file, nr)
}
