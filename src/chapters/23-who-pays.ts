/** L23: the same bytes counted three ways, and no way that gives the sum. */
import { all } from '../journal/snapshot.ts'
import { chapter, unless, type Place, type Told } from './chapter.ts'
import { at, stepsOf } from './looks.ts'

const program = (closes: boolean): string => `# One page: made by one process, used by another, asked for in three places.
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  store(px, "00ff8000")
  bufinfo()
  landmark "not shared yet"
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC | DRM_RDWR)
  sendmsg(user, fd)
  recv(user)
  smaps(px)
  fdinfo(fd)
  bufinfo()
  landmark "counted three times"
  close(fd)
  munmap(px)
  drmModeDestroyDumbBuffer(card, bo)
  close(card)
  landmark "the owner is out"
  send(user)
  recv(user)
  bufinfo()
  landmark "asked at last"
}
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(owner)
  bo = drmPrimeFDToHandle(gpu, fd)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  smaps(px)
  fdinfo(fd)
  send(owner)
  recv(owner)
  munmap(px)
  close(fd)
  landmark "a handle alone"
${closes ? '  drmCloseBufferHandle(gpu, bo)\n' : ''}  send(owner)
  recv(owner)
}
`
const recipe = { scenario: 'appendix-a', variant: 'V9', platform: 'rk3399', exporter: 'E3', program: program(false) }
const closed = { ...recipe, program: program(true) }

interface Views { readonly mapped: number; readonly descriptors: number; readonly system: number; readonly real: number }
/** The bytes of this buffer as each view has them at a place: mappings of processes, descriptors, the list of dma-bufs; and the memory of the objects that own some. */
function views({ journal }: Told, place: Place): Views {
  const snapshot = at(journal, place)!
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
  const dmaBufs = all(snapshot, 'dma_buf')
  const isShared = (file: string): boolean => dmaBufs.some(([, buf]) => buf.file === file)
  return {
    mapped: sum(all(snapshot, 'vma').map(([, { start, end }]) => end - start)),
    descriptors: sum(all(snapshot, 'task').flatMap(([, { fds }]) => Object.values(fds).map(({ file }) => (isShared(file) ? 4096 : 0)))),
    system: sum(dmaBufs.map(([, { sizeBytes }]) => sizeBytes)),
    real: sum(all(snapshot, 'gem').map(([, { importAttach, sizeBytes }]) => (importAttach === null ? sizeBytes : 0))),
  }
}
const is = (told: Told, place: Place, wanted: Views): boolean => JSON.stringify(views(told, place)) === JSON.stringify(wanted)

export default chapter({
  lesson: 'L23',
  title: 'Who pays?',
  goal: 'answer “whose memory is it?” in three ways, and say what each of them misses.',
  recipes: [recipe],
  beats: [
    { at: null, text: 'A machine is short of memory, and somebody asks which process has it. For buffers there are three places to look: the mappings of each process, its descriptors, and the system’s list of [dma-buf]s. **Each counts the same bytes by another rule.** Here it is one page, all the time.' },
    { at: 'not shared yet', text: 'The owner has made a buffer and mapped it. `/proc/…/smaps` shows 4,096 bytes in its process. The list of dma-bufs, `/sys/kernel/debug/dma_buf/bufinfo`, is empty: **a buffer that nobody shares is in no such list.**' },
    { at: 'counted three times', text: 'It is shared, and mapped by both. Mappings: 4,096 in each process, **8,192 bytes in sum, and 4,096 in memory**. Descriptors: `fdinfo` tells of the whole buffer at each, so the same sum. The system’s list names it once.' },
    { at: 'the owner is out', text: 'The owner has unmapped, closed, destroyed, and closed its card. In its process nothing is left. **The memory was allocated by it and is now kept by another**, whose process shows one mapping.' },
    { at: 'a handle alone', text: 'The user has unmapped and closed its descriptor. It has a [handle] still. Mappings: 0. Descriptors: 0. **In no process is there a byte of it to be seen**, and the page is as taken as before.' },
    { at: 'asked at last', text: 'Only the system’s list has it, with a size, a count and the devices attached, but **without an owner**. Newer kernels tell some of it per open of a device, in that file’s `fdinfo` (`drm-total-…`), which this model leaves out.' },
  ],
  question: {
    ask: 'the user closes its handle as well. What does the list of dma-bufs say then?',
    choices: { none: 'It is empty: the page is free', one: 'Still one: the owner’s process has made it', two: 'Two: one for each side' },
    runs: [closed],
    answer: ([run]) => (['none', 'one', 'two'] as const)[all(at(run!.journal, 'asked at last')!, 'dma_buf').length] ?? 'two',
    otherwise: [recipe],
    why: 'Who made a buffer is of no account; who holds it is. And of holders the kernel keeps counts, not names.',
  },
  breakIt: { title: 'close the handle too', text: 'One call more, and the last list forgets the buffer. Before that call no process could have been blamed for it.', recipes: [recipe, closed], names: ['keeps the handle', 'closes it'], at: 'asked at last' },
  sources: [
    { title: 'dma_buf_debug_show, dma_buf_show_fdinfo', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/dma-buf.c' },
    { title: 'What a DRM file tells in its fdinfo', version: 'Linux 6.19, documentation', url: 'https://www.kernel.org/doc/html/v6.19/gpu/drm-usage-stats.html' },
    { title: 'smaps and fdinfo', version: 'Linux 6.19, documentation', url: 'https://www.kernel.org/doc/html/v6.19/filesystems/proc.html' },
  ],
  check: ([run]) => unless({
    'alone it is in no list of the system': is(run!, 'not shared yet', { mapped: 4096, descriptors: 0, system: 0, real: 4096 }),
    'shared, two views count it twice': is(run!, 'counted three times', { mapped: 8192, descriptors: 8192, system: 4096, real: 4096 }),
    'with a handle alone no process shows it': is(run!, 'a handle alone', { mapped: 0, descriptors: 0, system: 4096, real: 4096 }),
    'and so it is until the handle goes': is(run!, 'asked at last', { mapped: 0, descriptors: 0, system: 4096, real: 4096 }),
    'the list was read each time': stepsOf(run!, 'trap.leave').filter(({ fields }) => fields.name === 'bufinfo' && fields.errno === null).length === 3,
  }),
})
