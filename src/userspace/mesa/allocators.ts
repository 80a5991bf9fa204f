/**
 * What programs use around allocators that are no DRM drivers: a heap, and the queue of a video device. The variant's flags say with which
 * access mode they ask for the descriptor, as they do for an export of a DRM driver; the numbers are the same (DRM_RDWR is O_RDWR).
 * Mirrors: dmabuf_heap_alloc_fdflags (the kernel's selftest for dma-heaps), V4L2VideoDevice::exportDmabufFd (libcamera).
 * Leaves out: that both ask for O_RDWR everywhere; asking for less is the mistake that is shown here.
 */
import { steps, userFunction, type User } from '../function.ts'

const WORDS: Readonly<Record<string, string>> = { DRM_CLOEXEC: 'O_CLOEXEC', DRM_RDWR: 'O_RDWR' }
const fileFlags = ({ mesa }: User): readonly string[] => (mesa.exportFlags.includes('DRM_RDWR') ? [] : ['O_RDONLY']).concat(mesa.exportFlags.map(flag => WORDS[flag] ?? flag))
const giveFd = ({ answer, errno }: User) => (errno === null ? { give: (answer as { fd: number }).fd } : { fail: errno })

const heapAlloc = userFunction('dmabuf_heap_alloc', steps({
  alloc: (user: User, { heap, len }: { heap: number; len: number }) =>
    ({ trap: 'ioctl', args: { fd: heap, request: 'DMA_HEAP_IOCTL_ALLOC', arg: { len, fd_flags: fileFlags(user), heap_flags: [] } } }),
  done: giveFd,
}))

const exportDmabufFd = userFunction('exportDmabufFd', steps({
  export: (user: User, { video, index }: { video: number; index: number }) =>
    ({ trap: 'ioctl', args: { fd: video, request: 'VIDIOC_EXPBUF', arg: { type: 'V4L2_BUF_TYPE_VIDEO_CAPTURE', index, plane: 0, flags: fileFlags(user) } } }),
  done: giveFd,
}))

export default [heapAlloc, exportDmabufFd]
