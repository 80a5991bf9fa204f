/** L16: a buffer is as large as the neediest of its consumers asks for, and not as its picture. */
import { answerOf, chapter, unless, type Told } from './chapter.ts'
import { happens, stepsOf } from './looks.ts'

/** `width`: what the buffer is made for; the picture has 30 pixels a row. `pitch`: bytes a row, as the display is told. */
const program = (width: number, height: number, pitch: number): string => `# A picture of 30 x ${height}, for a display, a process and a GPU that each count rows in their own way.
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, ${width}, ${height}, 32)
  landmark "made"
  fb = drmModeAddFB(card, 30, ${height}, ${pitch}, bo)
  landmark "for the display"
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC | DRM_RDWR)
  px = mmap(${height * 128}, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  landmark "for a process"
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  import = drmPrimeFDToHandle(gpu, fd)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, import)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, ${height * 128}), uses(import))
  DRM_IOCTL_PANFROST_WAIT_BO(gpu, import)
  landmark "for the GPU"
}
`
const of = (width: number, height: number, pitch: number) => ({ scenario: 'appendix-a', variant: 'V9', platform: 'rk3399', exporter: 'E3', program: program(width, height, pitch) })
const tight = of(30, 34, 120)
const roomy = of(32, 34, 128)

const size = (told: Told): number => Number(stepsOf(told, 'gem.create')[0]?.fields.sizeBytes ?? 0)
const refuses = (told: Told): boolean => answerOf(told, 'drmModeAddFB') !== 'ok' || answerOf(told, 'mmap') !== 'ok' || happens(told, 'job.fault')

export default chapter({
  lesson: 'L16',
  title: 'How large is a picture?',
  goal: 'compute the smallest buffer that all consumers of a picture accept.',
  recipes: [tight, roomy],
  names: ['30 pixels a row', '32 pixels a row'],
  beats: [
    { at: null, text: 'A picture of 30 × 34 pixels, four bytes each: 4,080 bytes. Three parties are going to use it. The display takes rows of any length; a process and a GPU count in rows of 128 bytes, as many do. **Width × height × 4 is the size of the picture, and of no buffer.**' },
    { at: 'made', text: 'The first buffer is made for 30 pixels a row: a [pitch] of 120 bytes, and 4,080 bytes in one page. The second is made for 32, with a pitch of 128: 4,352 bytes, hence two pages. **Whole pages are given; the rest of the last one is luck.**' },
    { at: 'for the display', text: 'The display is told width, height and pitch, and the kernel computes what that takes: all rows but the last at full pitch, and the last one’s pixels. 4,080 bytes of 4,096: fine. With the other pitch, 4,344 of 8,192.' },
    { at: 'for a process', text: 'The process maps 34 rows of 128 bytes. That is more than the first buffer has, and **a [dma-buf mmap] is refused when it is longer than the buffer: `EINVAL`**. Had it mapped less, it would have been its own arithmetic that fails, at a [SIGBUS] or in somebody’s pixels.' },
    { at: { event: 'job.read' }, text: 'The GPU reads 34 rows of 128 bytes by its own [page table]. No call checks that, and **the kernel has not been asked how much will be read**. The first page goes well.' },
    { at: 'for the GPU', text: 'In the first run the job ends behind the first page with a fault of the GPU’s MMU; its fence signals all the same, so that nobody waits for ever. In the second run all three are served. The smallest buffer for all is the largest need: **4,352 bytes, two pages**.' },
  ],
  question: {
    ask: 'the small buffer, and the display is told that a row has 128 bytes, as the GPU believes. What does `AddFB` say?',
    choices: { ok: 'It works: the page has room', EINVAL: '`EINVAL`: the buffer is too small for that', ERANGE: '`ERANGE`: such a pitch is not possible' },
    runs: [of(30, 34, 128)],
    answer: ([run]) => answerOf(run!, 'drmModeAddFB')!,
    otherwise: [roomy],
    why: '33 rows of 128 bytes and 30 pixels are 4,344 bytes, and the buffer has 4,096. A display’s rows are checked; what a GPU reads is not, until it faults.',
  },
  breakIt: { title: 'two rows less, and nobody notices', text: 'A picture of 30 × 32. The arithmetic is as wrong as before, but 32 rows of 128 bytes are just one page, and the page was rounded up anyway. So it is found with the next resolution.', recipes: [of(30, 32, 120), tight], names: ['32 rows', '34 rows'], at: 'for the GPU' },
  sources: [
    { title: 'drm_gem_fb_init_with_funcs: the smallest size', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_gem_framebuffer_helper.c' },
    { title: 'drm_mode_create_dumb', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_dumb_buffers.c' },
    { title: 'dma_buf_mmap_internal: not beyond the buffer', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/dma-buf.c' },
    { title: 'Met in practice: media-driver 169', version: 'GitHub, 24 May 2018', url: 'https://github.com/intel/media-driver/issues/169' },
  ],
  check: (runs) => unless({
    'somebody is refused exactly if the buffer is smaller than the largest need': runs.every((run) => refuses(run) === (size(run) < 34 * 128)),
    'the display accepts both': runs.every((run) => answerOf(run, 'drmModeAddFB') === 'ok'),
    'the process is refused once': answerOf(runs[0]!, 'mmap') === 'EINVAL' && answerOf(runs[1]!, 'mmap') === 'ok',
    'the GPU faults once': happens(runs[0]!, 'job.fault') && !happens(runs[1]!, 'job.fault'),
  }),
})
