/**
 * How the compositor of a story comes to its buffer and draws night in it, for each way there is. After `draws` it has the buffer as
 * handle `bo` of its card; after `exports` it has `fd`, which it sends; `forgets` gives back what the way left open. A scenario puts
 * its story between them. Where a buffer is to be empty, `draws` only makes it.
 */
import { LINE_SIZE, PAGE_SIZE, WORDS_PER_LINE } from '../base/brand.ts'
import type { Allocation } from '../machine/blueprint.ts'
import type { Scenario } from '../machine/scenario.ts'
import { PICTURE_SIDE } from '../userspace/pictures.ts'

/**
 * How large the picture is: its sides in pixels and the bytes of a row, as AddFB is told them; `upTo` follows the name of a picture that is
 * drawn; `leave`: the line in which some of what was drawn leaves the cache.
 */
interface Size { readonly width: number; readonly height: number; readonly pitch: number; readonly upTo: string; readonly leave: string; readonly empty?: boolean }
export interface Pieces extends Size { readonly draws: string; readonly exports: string; readonly forgets: string }

const PAGE: Size = { width: PICTURE_SIDE, height: PICTURE_SIDE, pitch: PICTURE_SIDE * 4, upTo: '', leave: `  evict(px, ${PAGE_SIZE}, 256, 128)  # two lines of every four leave the cache, by chance\n` }
/** One line of memory is one row of the picture. */
const small = (lines: number): Size => ({
  width: WORDS_PER_LINE, height: lines, pitch: LINE_SIZE, upTo: `, ${lines * LINE_SIZE}`, leave: `  evict(px, ${LINE_SIZE})  # the first line leaves the cache, by chance\n`,
})

/** `asks`: the line that tells the offset, where one is needed to map. */
const night = (asks: string, mmap: string, { upTo, empty = false }: Size): string => (empty ? '' : `${asks}  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, ${mmap})
  fill(px, night${upTo})
  evict(px)  # hardware may do this at any time; no program asks for it
  munmap(px)
  landmark "night drawn"
`)
const CARD = '  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)\n'
const IMPORT = '  bo = drmPrimeFDToHandle(card, fd)\n'

const ways: Readonly<Record<Allocation['way'], (node: string, size: Size) => Omit<Pieces, keyof Size>>> = {
  dumb: (node, size) => ({
    draws: `  card = open("${node}", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, ${size.width}, ${size.height}, 32)
${night('  off = drmModeMapDumbBuffer(card, bo)\n', 'card, off', size)}`,
    exports: '  fd = gbm_bo_get_fd(card, bo)\n',
    forgets: '  drmModeDestroyDumbBuffer(card, bo)\n',
  }),
  heap: (node, size) => ({
    draws: `${CARD}  heap = open("${node}", O_RDONLY | O_CLOEXEC)
  fd = dmabuf_heap_alloc(heap, 4096)
  close(heap)
${night('', 'fd', size)}${IMPORT}`,
    exports: '', forgets: '  drmCloseBufferHandle(card, bo)\n',
  }),
  udmabuf: (node, size) => ({
    draws: `${CARD}  mem = memfd_create("picture", MFD_CLOEXEC | MFD_ALLOW_SEALING)
  ftruncate(mem, 4096)
  fcntl(mem, F_ADD_SEALS, F_SEAL_SHRINK)
${night('', 'mem', size)}  dev = open("${node}", O_RDWR | O_CLOEXEC)
  fd = UDMABUF_CREATE(dev, mem, 0, 4096)
  close(dev)
  close(mem)
${IMPORT}`,
    exports: '', forgets: '  drmCloseBufferHandle(card, bo)\n',
  }),
  v4l2: (node, size) => ({
    draws: `${CARD}  video = open("${node}", O_RDWR | O_CLOEXEC)
  VIDIOC_REQBUFS(video, 1, V4L2_BUF_TYPE_VIDEO_CAPTURE, V4L2_MEMORY_MMAP)
${night('  off = VIDIOC_QUERYBUF(video, V4L2_BUF_TYPE_VIDEO_CAPTURE, 0)\n', 'video, off', size)}  fd = exportDmabufFd(video, 0)
${IMPORT}`,
    exports: '', forgets: '  drmCloseBufferHandle(card, bo)\n  close(video)\n',
  }),
}

/** A story as text for every way: the plain one, the others by name, and each with a buffer of a few lines. `empty`: nobody draws before the story begins. */
export function inEveryWay(text: (pieces: Pieces) => string, filled: 'night' | 'empty' = 'night'): Required<Pick<Scenario, 'program' | 'programFrom' | 'small'>> {
  const of = ({ way, node }: Allocation, size: Size): string => text({ ...ways[way](node, { ...size, empty: filled === 'empty' }), ...size })
  return {
    program: of({ way: 'dumb', node: '/dev/dri/card0' }, PAGE), programFrom: allocation => of(allocation, PAGE), small: (allocation, lines) => of(allocation, small(lines)),
  }
}
