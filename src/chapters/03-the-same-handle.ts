/** L05: importing twice gives one handle, and nobody counts for you. */
import { answerOf, chapter, unless, type Told } from './chapter.ts'
import { stepsOf } from './looks.ts'

const program = (closes: string): string => `# The descriptor is imported twice on one open file, and once on another.
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC)
  sendmsg(user, fd)
  close(fd)
  recv(user)
}
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(owner)
  one = drmPrimeFDToHandle(gpu, fd)
  landmark "imported"
  two = drmPrimeFDToHandle(gpu, fd)
  landmark "imported again"
  gpu2 = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  other = drmPrimeFDToHandle(gpu2, fd)
  landmark "imported on another open"
${closes}  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, two)
  landmark "used"
  send(owner)
}
`
const recipe = { scenario: 'appendix-a', variant: 'V1', platform: 'rk3399', program: program('') }
const closedOnce = { ...recipe, program: program('  drmCloseBufferHandle(gpu, one)\n  landmark "closed once"\n') }
const OFFSET = 'DRM_IOCTL_PANFROST_MMAP_BO'

/** What each import gave: the file it was on and the number, in order. */
const handles = (told: Told): readonly unknown[] => stepsOf(told, 'call.leave').filter(({ fields }) => fields.name === 'drmPrimeFDToHandle').map(({ fields }) => fields.result)

export default chapter({
  lesson: 'L05',
  title: 'The same handle',
  goal: 'draw the table of handles after an import, a second import, and one close.',
  recipes: [recipe],
  beats: [
    { at: null, text: 'A [handle] is a small number that stands for a [GEM object], like a descriptor stands for a file. Whoever expects it to be counted like one is in for a surprise.' },
    { at: 'imported', text: 'The user has imported the [dma-buf]. Its [DRM file] now has an entry in two tables: handle 1 leads to the new object, and **the file remembers which dma-buf that handle came from**.' },
    { at: 'imported again', text: 'The same descriptor, imported again. The kernel finds the dma-buf in that second table and answers **the same number, without counting anything**. There is one object and one handle, and two parts of the program that each believe they have one.' },
    { at: 'imported on another open', text: 'The device is opened once more, and the import made there. That is another DRM file with empty tables, so there is a second object and a second [attachment]. **A handle is known to one open file and to no other.** The number may well be the same.' },
    { at: 'used', text: 'The first handle still answers, as nothing was closed. Every Mesa driver keeps a table of its own that counts, under a lock, who uses which handle, since the kernel does not.' },
  ],
  question: {
    ask: 'the program closes handle `one`, and then asks for the offset of handle `two`, which it got from the second import.',
    choices: { ok: 'It works: two imports, one close', ENOENT: '`ENOENT`: there is no such handle', EACCES: '`EACCES`: the file may not map it any more' },
    runs: [closedOnce],
    answer: ([run]) => answerOf(run!, OFFSET)!,
    otherwise: [recipe],
    why: 'Both names were the same number, and one `GEM_CLOSE` ends it for everybody in that file.',
  },
  breakIt: { title: 'close once, use again', text: 'The same program with one close in it. On the other open file nothing has happened.', recipes: [recipe, closedOnce], names: ['nothing closed', 'closed once'], at: 'used' },
  sources: [
    { title: 'drm_prime_lookup_buf_handle: what this file has imported already', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_prime.c' },
    { title: 'Mesa: panfrost: Fix race condition in BO imports', version: 'bb4aa8a3eab, December 2022', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/commit/bb4aa8a3eab' },
    { title: 'Met in practice: mpv 7506', version: 'GitHub, 4 March 2020', url: 'https://github.com/mpv-player/mpv/pull/7506' },
    { title: 'Met in practice: gamescope 60', version: 'GitHub, 20 May 2020', url: 'https://github.com/ValveSoftware/gamescope/issues/60' },
  ],
  check: ([run]) => {
    const [one, two] = handles(run!)
    return unless({
      'the same file gives the same handle': one !== undefined && one === two,
      'the second import attaches nothing': stepsOf(run!, 'dmabuf.attach').length === 2,
      'while nothing is closed the handle answers': answerOf(run!, OFFSET) === 'ok',
    })
  },
})
