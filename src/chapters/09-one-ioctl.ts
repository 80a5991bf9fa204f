/** L02: the same ioctl, and as many things it does as there are exporters. */
import { chapter, unless, type Told } from './chapter.ts'
import { seen, stepsOf } from './looks.ts'

const heap = { scenario: 'canonical', variant: 'V21', platform: 'rk3399' }
const shmem = { scenario: 'canonical', variant: 'V5', platform: 'rk3399', exporter: 'E2', sync: 'Y1' }

/** For which devices caches were looked after in the bracket around the drawing. */
const lookedAfter = (told: Told): readonly string[] => [...new Set(['B.5', 'B.8'].flatMap((call) => stepsOf(told, 'dma.sync', call).map(({ fields }) => String(fields.device))))]
const brackets = (told: Told): boolean => stepsOf(told, 'sync.begin', 'B.5').length === 1 && stepsOf(told, 'sync.end', 'B.8').length === 1

export default chapter({
  lesson: 'L02',
  title: 'One ioctl, many answers',
  goal: 'predict what the same ioctl does for a given exporter, which may be nothing.',
  recipes: [heap, shmem],
  beats: [
    { at: null, text: '[DMA_BUF_IOCTL_SYNC] does not flush a cache. It calls two hooks of the [exporter], [begin_cpu_access] and its counterpart, and the start waits for [fence|fence]s besides. **What happens to the cache is up to the exporter, and to many nothing comes to mind.** Both runs here make the same two calls.' },
    { at: 'imported', text: 'V21 shares a buffer of the system [dma-heap]; V5 one of a display driver that keeps its pages [cached]. Both have been imported by the GPU. Both look the same to a program.' },
    { at: { event: 'sync.begin', call: 'B.5' }, text: 'START. The heap goes through its attachments, and [invalidate]s for each device **that has the buffer mapped at this moment**. The display driver uses DRM’s common operations, and they have no such hook, in 5.2 and today.' },
    { at: { event: 'sync.end', call: 'B.8' }, text: 'END. The heap [clean]s, once for each device. In V5 the same ioctl succeeds, and **not one line is written back**.' },
    { at: 'read by the GPU', run: 1, text: 'V21 is right. V5 shows stripes, **although the program has done everything that the documentation asks for**. That is hazard H8: a bracket that does nothing.' },
    { at: 'day shown', text: 'Drivers with DRM’s common operations come out right in another way: they map [write-combined], past the cache, so that there is nothing to clean. The error is to map such a buffer cached on a machine like this.' },
  ],
  question: {
    ask: 'the buffer is a udmabuf: pages of a memory file, shared as a dma-buf. For which devices does the bracket look after the caches?',
    choices: { attached: 'For each device that has it mapped, as the heap does', own: 'For a device of udmabuf’s own, which neither draws nor shows', none: 'For none: the ioctl only waits' },
    runs: [{ ...heap, exporter: 'E8' }],
    answer: ([run]) => {
      const devices = lookedAfter(run!)
      return devices.length === 0 ? 'none' : devices.every((device) => device.startsWith('device:')) ? 'attached' : 'own'
    },
    otherwise: [heap],
    why: 'udmabuf keeps a mapping of its own for that. On arm64 maintenance is by physical address, so the lines are cleaned for everybody, as long as that device counts as one that does not look into the cache.',
  },
  breakIt: { title: 'bracket a video buffer', text: 'A contiguous video buffer has both hooks, and they are empty; it works since its mapping goes past the cache. Beside it, the cached one that needs them.', recipes: [{ ...heap, exporter: 'E9' }, shmem], at: 'read by the GPU' },
  sources: [
    { title: 'drm_gem_prime_dmabuf_ops: no begin, no end', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_prime.c' },
    { title: 'system_heap: each attachment that is mapped', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/heaps/system_heap.c' },
    { title: 'begin_cpu_udmabuf', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/udmabuf.c' },
    { title: 'vb2_dc_dmabuf_ops_begin_cpu_access: empty', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/media/common/videobuf2/videobuf2-dma-contig.c' },
  ],
  check: ([first, second]) => unless({
    'both programs make both calls': brackets(first!) && brackets(second!),
    'the heap looks after both devices': lookedAfter(first!).length === 2,
    'DRM’s common operations look after none': lookedAfter(second!).length === 0,
    'so one is right and the other is not': first!.verdict.glyph === '✓' && seen(second!, 'H8'),
  }),
})
