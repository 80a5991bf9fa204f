/** L10: sharing without a copy does not mean that nothing moves. */
import { chapter, unless, type Place, type Told } from './chapter.ts'
import { at, exported, stepsOf } from './looks.ts'

const HEADS = [
  ['A buffer of a graphics card: written by the CPU, and kept at home.', 'A buffer of a graphics card: written by the CPU, imported by another device.'],
  ['A buffer of a graphics card: written by the CPU, read by it, and kept at home.', 'A buffer of a graphics card: written by the CPU, read by it, imported by another device.'],
] as const
const program = (reads: boolean, shares: boolean): string => `# ${HEADS[Number(reads) as 0 | 1][Number(shares) as 0 | 1]}
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  landmark "made"
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC | DRM_RDWR)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_WRITE)
  fill(px, day)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_WRITE)
  landmark "written"
${reads ? `  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ)
  landmark "announced"
  load(px, 64)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_READ)
  landmark "read"
` : ''}${shares ? `  sendmsg(user, fd)
  recv(user)
` : ''}  landmark "over"
}
process user B {
${shares ? `  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(owner)
  bo = drmPrimeFDToHandle(gpu, fd)
  landmark "imported"
  drmCloseBufferHandle(gpu, bo)
  landmark "import undone"
  send(owner)
` : ''}}
`
const of = (reads: boolean, shares: boolean) => ({ scenario: 'appendix-a', variant: 'V9', platform: 'x86-laptop', exporter: 'E5', program: program(reads, shares) })
const recipe = of(true, true)
const untouched = of(false, false)
const shared = of(false, true)

/** Where the card's buffer lies at a place of a run, and how many pins hold it there. */
const memoryAt = ({ journal }: Told, place: Place): string | undefined => exported(at(journal, place))?.[1].memory
const pins = ({ journal }: Told, place: Place): number | undefined => exported(at(journal, place))?.[1].pagesPin
const moved = (told: Told): number => stepsOf(told, 'ttm.move').reduce((sum, { fields }) => sum + fields.pages, 0)

export default chapter({
  lesson: 'L10',
  title: 'Where do the bytes live?',
  goal: 'say where a buffer lies before and after it is shared, and what moved.',
  recipes: [recipe],
  beats: [
    { at: null, text: 'A graphics card has memory of its own, [VRAM]. Passing a buffer from it to another device is called zero copy, since no program copies. **That says nothing of where the bytes are**, nor that nobody moves them.' },
    { at: 'made', text: 'amdgpu has made a [dumb buffer] and placed it in the card’s memory. For the card that is the best place there is; for everybody else it lies behind a bus. (This model keeps one memory, and takes the card’s pages from it.)' },
    { at: { event: 'ttm.begin', fields: { dir: 'TO' } }, text: 'The CPU announces that it will **write**. Stores across the bus are gathered and cheap, so amdgpu’s [begin_cpu_access] does nothing.' },
    { at: 'written', text: 'The day is drawn, page fault by page fault, straight into the card’s memory. No byte has moved so far.' },
    { at: { event: 'ttm.move' }, text: 'Now the CPU announces that it will **read**. Each load across the bus would wait for an answer from the card, so the card’s copy engine carries the whole buffer to system memory. **The mapping is taken away and comes back at the next [page fault].** The pointer stays the same, the page behind it does not.' },
    { at: 'read', text: 'The CPU has read from ordinary memory. The program has copied nothing, and 4,096 bytes have moved.' },
    { at: 'imported', text: 'Another device imports. It cannot follow a buffer that moves, so the buffer is **pinned in system memory** for as long as it is attached. Here it lay there already.' },
    { at: 'import undone', text: 'The pin is gone. The buffer stays where it lies until somebody wants it elsewhere: it **may** move back now.' },
  ],
  question: {
    ask: 'the CPU only writes, and then another device imports the buffer, one that cannot follow a move. Where do the bytes lie then?',
    choices: { vram: 'In the card’s memory: the importer reads them across the bus', system: 'In system memory: they were moved for the importer', both: 'In both: it has got a copy' },
    runs: [shared],
    answer: ([run]) => memoryAt(run!, 'over') ?? 'both',
    otherwise: [untouched],
    why: 'Attaching moves and pins. A pair of cards that can reach each other’s memory may do without (peer to peer), where both drivers say so; the devices of this model cannot.',
  },
  breakIt: { title: 'share without looking', text: 'The same buffer, only written and then imported. The move comes at the import, in a call that says nothing of it.', recipes: [shared, untouched], names: ['written and imported', 'written alone'], at: 'over' },
  sources: [
    { title: 'amdgpu_dma_buf_begin_cpu_access: reads move the buffer', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/amd/amdgpu/amdgpu_dma_buf.c' },
    { title: 'ttm_bo_validate, ttm_bo_handle_move_mem', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/ttm/ttm_bo.c' },
    { title: 'Met in practice: rocm-xio 181', version: 'GitHub, July 2026', url: 'https://github.com/ROCm/rocm-xio/issues/181' },
  ],
  check: ([run]) => unless({
    'it begins in the card’s memory': stepsOf(run!, 'ttm.place')[0]?.fields.to === 'vram',
    'to write does not move it': memoryAt(run!, 'written') === 'vram',
    'to read does': memoryAt(run!, { event: 'ttm.move' }) === 'system' && moved(run!) === 1,
    'an importer pins it there': memoryAt(run!, 'imported') === 'system' && pins(run!, 'imported') === 1,
    'and lets go': pins(run!, 'import undone') === 0,
  }),
})
