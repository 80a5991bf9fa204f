/** L03: a job that is over, bytes that can be seen, and leave to look are three things. */
import { chapter, unless, type Told } from './chapter.ts'
import { happens, seen, stepsOf } from './looks.ts'

const program = (waits: string, brackets: string): string => `# The GPU draws over what the CPU drew, and the CPU looks.
process client A {
  heap = open("/dev/dma_heap/system", O_RDONLY | O_CLOEXEC)
  fd = DMA_HEAP_IOCTL_ALLOC(heap, 4096)
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = drmPrimeFDToHandle(gpu, fd)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  fill(px, night)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_WRITE)
  landmark "night drawn"
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 4096, day), uses(bo))
${waits}  landmark "asked to draw"
  evict(px, 4096, 256, 128)  # two lines of every four leave the cache, by chance
${brackets}  load(px + 128, 64)
  landmark "looked at"
}
`
const WAIT = '  DRM_IOCTL_PANFROST_WAIT_BO(gpu, bo)\n'
const BRACKET = '  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ)\n'
const recipe = { scenario: 'stale-line-read', variant: 'V20', platform: 'rk3399', program: program(WAIT, '') }
const both = { ...recipe, program: program(WAIT, BRACKET) }
const neither = { ...recipe, program: program('', '') }

/** What the CPU looked at: `day`, `stale` (an old line) or `early` (the job was not over). */
const saw = (told: Told): string => (seen(told, 'H22') ? 'early' : seen(told, 'H2') ? 'stale' : told.verdict.glyph === '✓' ? 'day' : 'other')

export default chapter({
  lesson: 'L03',
  title: 'Finished is not visible',
  goal: 'keep three things apart: the job is over, its bytes can be seen, and one may look.',
  recipes: [recipe, both],
  names: ['waits', 'waits, and begins to read'],
  beats: [
    { at: null, text: 'A client draws night, the GPU draws day over it, and the client looks. Both programs wait for the GPU. **Is that enough to see the day?** The first only waits; the second also says that it begins to read.' },
    { at: 'night drawn', text: 'The client has drawn into a [cached] mapping and ended its bracket: the night is in memory. It is in the cache as well, now [clean], and nobody has asked that to be forgotten.' },
    { at: { event: 'fence.create' }, text: 'The job is queued, and a [fence] goes with it into the buffer’s [dma_resv]. The fence will say one thing: that the job is over.' },
    { at: { event: 'fence.signal' }, text: 'The job is over, the GPU has written its cache back, and the fence is signalled: **finished**. Memory has the day. **The CPU’s cache has the night, in lines that look perfectly valid.**' },
    { at: { event: 'sync.begin', bench: 1 }, text: 'Only the second program says START, for reading. The heap [invalidate]s: from here on the day is **visible** to the CPU.' },
    { at: 'looked at', run: 0, text: 'The first program has read a line of night from its cache, although it had waited. The second reads the day. And **allowed** is the third thing: had the job not been over, neither bracket nor cache would have helped.' },
  ],
  question: {
    ask: 'neither waits nor brackets: the client looks right after it has handed the job in. Of what is the mistake?',
    choices: { day: 'None: the kernel orders the two', stale: 'Of the cache: an old line is read', early: 'Of time: the job is not over, and no flush would cure it' },
    runs: [neither],
    answer: ([run]) => saw(run!),
    otherwise: [recipe],
    why: 'A load is no call, so nobody can hold it back. The kernel orders jobs among each other, and calls that ask; the CPU’s own accesses are the program’s business.',
  },
  breakIt: { title: 'look too early', text: 'The job is half done when the client looks. What it sees is a mixture of two frames, and the mapping is not even cached.', recipes: [{ scenario: 'fence-not-waited', variant: 'V5', platform: 'rk3399' }], at: 'looked too early' },
  sources: [
    { title: 'dma_buf_begin_cpu_access: hook first, fences after it', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/dma-buf.c' },
    { title: 'Buffer synchronisation', version: 'Linux 6.19, documentation', url: 'https://www.kernel.org/doc/html/v6.19/driver-api/dma-buf.html' },
    { title: 'panfrost_ioctl_wait_bo: fences only', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/panfrost/panfrost_drv.c' },
  ],
  check: ([waits, begins]) => unless({
    'both wait until the job is over': [waits!, begins!].every((run) => happens(run, 'wait.idle') && (stepsOf(run, 'fence.signal')[0]?.seq ?? Infinity) < (stepsOf(run, 'load.bytes').at(-1)?.seq ?? -1)),
    'who only waits reads an old line': saw(waits!) === 'stale',
    'who begins as well reads the day': saw(begins!) === 'day',
  }),
})
