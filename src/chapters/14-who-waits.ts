/** L19: the kernel orders what it has been told about, and nothing else. */
import { chapter, unless, type Told } from './chapter.ts'
import { happens, seen, stepsOf } from './looks.ts'

interface Ways { /** What the job says that it uses. */ readonly names?: string; readonly before?: string; readonly after?: string }
const program = ({ names, before = '', after = '' }: Ways): string => `# The GPU draws for one process, another looks. Who tells it when it may?
process producer A {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  fill(px, night)
  fd = drmPrimeHandleToFD(gpu, bo, DRM_CLOEXEC)
${before}  sendmsg(consumer, fd)
  recv(consumer)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, write(va, 512, day), write(va + 512, 3584, day)${names ? `, uses(${names})` : ''})
${after}  landmark "handed in"
  send(consumer)
  recv(consumer)
}
process consumer B {
  fd = recvmsg(producer)
  px = mmap(4096, PROT_READ, MAP_SHARED, fd)
  load(px, 64)
  landmark "night seen"
  send(producer)
  recv(producer)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ)
  landmark "may look"
  gpu_evict(px, 512)  # what the GPU has drawn so far reaches memory, by chance
  load(px, 64)
  load(px + 1024, 64)
  landmark "looked"
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_READ)
  send(producer)
}
`
/** The GPU is half done when the consumer is told to go on. */
const picks = [...Array<number>(14).fill(0), 1, 1]
const of = (ways: Ways) => ({ scenario: 'appendix-a', variant: 'V9', platform: 'rk3399', program: program(ways) })
const unnamed = { ...of({}), picks }
const named = of({ names: 'bo' })
const other = '  list = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)\n  listfd = drmPrimeHandleToFD(gpu, list, DRM_CLOEXEC)\n'
const carried = of({
  names: 'list', before: other,
  after: '  done = DMA_BUF_IOCTL_EXPORT_SYNC_FILE(listfd, DMA_BUF_SYNC_RW)\n  DMA_BUF_IOCTL_IMPORT_SYNC_FILE(fd, done, DMA_BUF_SYNC_WRITE)\n',
})
const elsewhere = of({ names: 'list', before: other })

const early = (told: Told): boolean => seen(told, 'H22')
/** What the two looks after the bracket gave: one line of the upper part, one of the lower. */
const looks = (told: Told): readonly string[] => stepsOf(told, 'load.bytes').slice(1).map(({ fields }) => fields.bytes)
const lastSignal = (told: Told): number => stepsOf(told, 'fence.signal').at(-1)?.seq ?? Infinity
const firstLook = (told: Told): number => stepsOf(told, 'load.bytes')[1]?.seq ?? -1

export default chapter({
  lesson: 'L19',
  title: 'Who waits for whom?',
  goal: 'say who has attached which fence to what, and who therefore waits.',
  recipes: [unnamed, named],
  names: ['names no buffer', 'names the buffer'],
  beats: [
    { at: null, text: 'One process has the GPU draw, another looks at the buffer. The consumer does all that is asked of it: it brackets its look with [DMA_BUF_IOCTL_SYNC], whose start waits for [fence|fence]s. **It can only wait for fences that somebody attached.** The two producers differ in one word.' },
    { at: 'night seen', text: 'The consumer has mapped the [dma-buf] and seen night. That mapping, the producer’s and the GPU’s lead to one page, and beside the buffer stands one [dma_resv]: the list of what is not over yet. It is empty.' },
    { at: { event: 'job.queue' }, text: 'The job is handed in. A job for this GPU is a list of addresses, and **a list of the buffers that the kernel shall keep an eye on**. In the first run the second list is empty. The GPU does not mind, since it finds the page by its address.' },
    { at: { event: 'resv.add', bench: 1 }, text: 'In the second run the buffer is named, so the job’s fence goes into its `dma_resv`, as a write. That is all there is to implicit synchronisation: **the producer’s driver leaves a note where every consumer’s driver looks**.' },
    { at: 'may look', run: 0, text: 'START has returned. In the first run there was nothing to wait for, and the GPU has drawn a part. In the second the process slept until the fence signalled.' },
    { at: 'looked', text: 'The first consumer sees **a torn frame: day above, night below**, hazard H22. Nobody has returned an error. No flush would have helped, and no bracket did. The second sees day, above and below.' },
  ],
  question: {
    ask: 'the job names another buffer of the producer’s, and not this one. The producer takes the fence from there with `EXPORT_SYNC_FILE` and puts it here with `IMPORT_SYNC_FILE`. What does the consumer see?',
    choices: { torn: 'It looks too early: the job never named this buffer', day: 'The day: it waits for the fence that was carried over', stuck: 'Nothing: it waits for ever' },
    runs: [carried],
    answer: ([run]) => (early(run!) ? 'torn' : firstLook(run!) < 0 ? 'stuck' : 'day'),
    otherwise: [elsewhere],
    why: 'A fence belongs to no buffer. The two calls turn a note beside a buffer into a descriptor, and back into a note elsewhere: so programs that synchronise explicitly get along with those that do not. Both are missing in Linux 5.2.',
  },
  breakIt: { title: 'the note is put beside another buffer', text: 'The job names a buffer, only not the one it draws into. Everything looks synchronised, and the consumer waits for nothing.', recipes: [elsewhere, carried], names: ['names another one', 'and carries the fence over'], at: 'looked' },
  sources: [
    { title: 'panfrost_job_push: waits, then attaches its fence to each buffer named', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/panfrost/panfrost_job.c' },
    { title: 'Implicit fence poll support, and the two ioctls', version: 'Linux 6.19, documentation', url: 'https://www.kernel.org/doc/html/v6.19/driver-api/dma-buf.html' },
    { title: 'dma_resv_usage: who waits for what', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/include/linux/dma-resv.h' },
    { title: 'Met in practice: gst-wayland-display 31', version: 'GitHub, 8 June 2026', url: 'https://github.com/games-on-whales/gst-wayland-display/pull/31' },
  ],
  check: ([bare, fenced]) => unless({
    'who names no buffer attaches no fence': !happens(bare!, 'resv.add') && happens(fenced!, 'resv.add'),
    'both consumers bracket their look': [bare!, fenced!].every((run) => stepsOf(run, 'sync.begin').length === 1),
    'without a fence the look is too early': early(bare!) && firstLook(bare!) < lastSignal(bare!),
    'with it the look comes when it has signalled': !early(fenced!) && firstLook(fenced!) > lastSignal(fenced!),
    'the frame is torn: above as when finished, below not': looks(bare!)[0] === looks(fenced!)[0] && looks(bare!)[1] !== looks(fenced!)[1],
  }),
})
