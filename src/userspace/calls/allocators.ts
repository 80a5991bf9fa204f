/** Buffers from allocators that are no DRM drivers: with the flags of this variant, or by the ioctls of a video device. */
import { fd, ioctl, number, words, type Call } from '../call.ts'

const TYPES = ['V4L2_BUF_TYPE_VIDEO_CAPTURE', 'V4L2_BUF_TYPE_VIDEO_OUTPUT']
const MEMORY = ['V4L2_MEMORY_MMAP', 'V4L2_MEMORY_USERPTR', 'V4L2_MEMORY_DMABUF']
const MODES = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_CLOEXEC', 'O_NONBLOCK', 'O_APPEND']
const first = (list: readonly string[]): string => list[0] ?? '0'

export default [
  {
    name: 'dmabuf_heap_alloc', docs: 'A dma-buf from a heap, in the access mode that this variant asks for.', done: '{actor} has **descriptor {result}** for the buffer: a dma-buf from the start, and no handle of any device.',
    params: [fd('heap'), number('len')], gives: 'fd', fn: 'dmabuf_heap_alloc',
  },
  {
    name: 'exportDmabufFd', docs: 'Exports a buffer of a video device\'s queue, in the access mode that this variant asks for.', done: '{actor} has **descriptor {result}** for the buffer: a dma-buf of its own for this export.',
    params: [fd('video'), number('index', 0)], gives: 'fd', fn: 'exportDmabufFd',
  },
  {
    name: 'VIDIOC_REQBUFS', docs: 'Asks the queue of a video device for buffers; 0 gives them back.', done: 'The queue has **{result} buffers**, and {actor} owns it.',
    params: [fd('fd'), number('count'), words('type', TYPES), words('memory', MEMORY)], gives: 'count',
    ask: ioctl('VIDIOC_REQBUFS', a => ({ count: a.count, type: first(a.type), memory: first(a.memory) })), value: (answer: { count: number }) => answer.count,
  },
  {
    name: 'VIDIOC_QUERYBUF', docs: 'Where a buffer of the queue can be mapped.', done: '**{result} is no address**: it is the offset of the device under which mmap will find the buffer.',
    params: [fd('fd'), words('type', TYPES), number('index', 0)], gives: 'offset',
    ask: ioctl('VIDIOC_QUERYBUF', a => ({ type: first(a.type), index: a.index })), value: (answer: { offset: number }) => answer.offset,
  },
  {
    name: 'VIDIOC_EXPBUF', docs: 'A buffer of the queue as a dma-buf, with the flags that are written here.',
    params: [fd('fd'), words('type', TYPES), number('index', 0), number('plane', 0), words('flags', MODES, ['O_RDWR', 'O_CLOEXEC'])], gives: 'fd',
    ask: ioctl('VIDIOC_EXPBUF', a => ({ type: first(a.type), index: a.index, plane: a.plane, flags: a.flags })), value: (answer: { fd: number }) => answer.fd,
  },
] satisfies Call[]
