/**
 * How the compositor of a story comes to its buffer and draws night in it, for each way there is. After `draws` it has the buffer as
 * handle `bo` of its card; after `exports` it has `fd`, which it sends; `forgets` gives back what the way left open. A scenario puts
 * its story between them.
 */
import type { Allocation } from '../machine/blueprint.ts'

export interface Pieces { readonly draws: string; readonly exports: string; readonly forgets: string }

const night = (mmap: string): string => `  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, ${mmap})
  fill(px, night)
  evict(px)  # hardware may do this at any time; no program asks for it
  munmap(px)
  landmark "night drawn"
`
const CARD = '  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)\n'
const IMPORT = '  bo = drmPrimeFDToHandle(card, fd)\n'

const ways: Readonly<Record<Allocation['way'], (node: string) => Pieces>> = {
  dumb: node => ({
    draws: `  card = open("${node}", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, bo)
${night('card, off')}`,
    exports: '  fd = gbm_bo_get_fd(card, bo)\n',
    forgets: '  drmModeDestroyDumbBuffer(card, bo)\n',
  }),
  heap: node => ({
    draws: `${CARD}  heap = open("${node}", O_RDONLY | O_CLOEXEC)
  fd = dmabuf_heap_alloc(heap, 4096)
  close(heap)
${night('fd')}${IMPORT}`,
    exports: '', forgets: '  drmCloseBufferHandle(card, bo)\n',
  }),
  udmabuf: node => ({
    draws: `${CARD}  mem = memfd_create("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING)
  ftruncate(mem, 4096)
  fcntl(mem, F_ADD_SEALS, F_SEAL_SHRINK)
${night('mem')}  dev = open("${node}", O_RDWR | O_CLOEXEC)
  fd = UDMABUF_CREATE(dev, mem, 0, 4096)
  close(dev)
  close(mem)
${IMPORT}`,
    exports: '', forgets: '  drmCloseBufferHandle(card, bo)\n',
  }),
  v4l2: node => ({
    draws: `${CARD}  video = open("${node}", O_RDWR | O_CLOEXEC)
  VIDIOC_REQBUFS(video, 1, V4L2_BUF_TYPE_VIDEO_CAPTURE, V4L2_MEMORY_MMAP)
  off = VIDIOC_QUERYBUF(video, V4L2_BUF_TYPE_VIDEO_CAPTURE, 0)
${night('video, off')}  fd = exportDmabufFd(video, 0)
${IMPORT}`,
    exports: '', forgets: '  drmCloseBufferHandle(card, bo)\n  close(video)\n',
  }),
}

/** A story as text for every way: the plain one, and the others by name. */
export function inEveryWay(text: (pieces: Pieces) => string): { readonly program: string; readonly programFrom: (allocation: Allocation) => string } {
  const of = ({ way, node }: Allocation): string => text(ways[way](node))
  return { program: of({ way: 'dumb', node: '/dev/dri/card0' }), programFrom: of }
}
