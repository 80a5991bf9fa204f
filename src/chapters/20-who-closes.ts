/** L08: who closes a descriptor after an import is the business of an API, and the kernel cannot know. */
import { answerOf, chapter, unless, type Told } from './chapter.ts'
import { at, countOfDmaBuf, left } from './looks.ts'

/** `closes`: how often the two sides together close the descriptor. */
const program = (closes: number): string => `# The buffer's owner leaves at once; the user imports, and somebody closes the descriptor.
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC)
  sendmsg(user, fd)
  close(fd)
  drmModeDestroyDumbBuffer(card, bo)
  close(card)
}
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(owner)
  bo = drmPrimeFDToHandle(gpu, fd)
  landmark "imported"
${closes > 0 ? '  close(fd)  # one side does\n' : ''}  landmark "closed, or not"
  mail = memfd_create("mail", MFD_CLOEXEC)
  landmark "the number is used again"
${closes > 1 ? '  close(fd)  # and the other side does as well\n' : ''}  landmark "perhaps closed twice"
  ftruncate(mail, 4096)
  landmark "somebody else's call"
  drmCloseBufferHandle(gpu, bo)
  landmark "handle given back"
}
`
const of = (closes: number) => ({ scenario: 'appendix-a', variant: 'V9', platform: 'rk3399', program: program(closes) })
const [never, once, twice] = [0, 1, 2].map(of) as [ReturnType<typeof of>, ReturnType<typeof of>, ReturnType<typeof of>]

const lives = ({ journal }: Told): boolean => countOfDmaBuf(at(journal, 'handle given back')) > 0

export default chapter({
  lesson: 'L08',
  title: 'Who closes it?',
  goal: 'say, for an API, who closes the descriptor after an import, and recognise both mistakes.',
  recipes: [once, twice],
  names: ['closed once', 'closed twice'],
  beats: [
    { at: null, text: 'A program hands a descriptor to a library, which imports it. Whose is the descriptor then? EGL: the application’s, which closes it whether the import worked or not. Vulkan and OpenCL: **the library’s, once the import has succeeded**. The kernel’s calls below are the same; only the second `close()` differs.' },
    { at: 'imported', text: 'The import has taken references of its own, three of them. `PRIME_FD_TO_HANDLE` **neither closes the descriptor nor needs it any more**. Ownership is a promise between two pieces of user space; there is no bit for it in the kernel.' },
    { at: 'closed, or not', text: 'One side closes. Its number, 4, names nothing now, and the buffer lives by the import.' },
    { at: 'the number is used again', text: 'Some other part of the program, perhaps on another thread, opens a file for its own ends. A new descriptor is always the lowest free number: **4 again**.' },
    { at: 'perhaps closed twice', run: 1, text: 'In the second run the other side closes too, as its own documentation tells it. `close(4)` succeeds. **It has closed a file that it has never heard of.**' },
    { at: 'somebody else\'s call', text: 'And here it shows, in a call that has nothing to do with buffers: `EBADF`. Had yet another file been opened meanwhile, there would be no error at all, and the bytes would go there.' },
    { at: 'handle given back', text: 'With the handle the import goes, and with it the last of the buffer: its owner left long ago. Nothing is left over in either run.' },
  ],
  question: {
    ask: 'both sides think that the other one closes, and nobody does. Then the program gives the handle back. What becomes of the buffer?',
    choices: { freed: 'It is freed: nobody uses it', lives: 'It lives on: the descriptor holds it', ebadf: 'The handle cannot be given back: `EBADF`' },
    runs: [never],
    answer: ([run]) => (answerOf(run!, 'drmCloseBufferHandle') !== 'ok' ? 'ebadf' : lives(run!) ? 'lives' : 'freed'),
    otherwise: [once],
    why: 'A descriptor is a reference as good as any. A player that leaks one for each frame is out of numbers (`EMFILE`) or of memory after some seconds, whichever comes first.',
  },
  breakIt: { title: 'nobody closes', text: 'One descriptor more than anybody uses. Go to the last step: the attachment is gone, and the dma-buf, the exporter’s object and its page are still there.', recipes: [never, once], names: ['never closed', 'closed once'], at: 'handle given back' },
  sources: [
    { title: 'EGL_EXT_image_dma_buf_import, issue 3: no ownership is taken', version: 'version 6, December 2013', url: 'https://registry.khronos.org/EGL/extensions/EXT/EGL_EXT_image_dma_buf_import.txt' },
    { title: 'VkImportMemoryFdInfoKHR: ownership is transferred', version: 'Vulkan 1.3', url: 'https://registry.khronos.org/vulkan/specs/1.3-extensions/man/html/VkImportMemoryFdInfoKHR.html' },
    { title: 'What does it mean for OpenCL? OpenCL-Docs 1324', version: 'GitHub, 25 February 2025', url: 'https://github.com/KhronosGroup/OpenCL-Docs/issues/1324' },
    { title: 'drm_gem_prime_fd_to_handle: takes references, closes nothing', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_prime.c' },
  ],
  check: ([right, wrong]) => unless({
    'an import needs no descriptor': countOfDmaBuf(at(right!.journal, 'closed, or not')) === 3,
    'the second close is not refused': answerOf(wrong!, 'close') === 'ok',
    'and hits somebody else': answerOf(wrong!, 'ftruncate') === 'EBADF' && answerOf(right!, 'ftruncate') === 'ok',
    'of the buffer nothing is left': [right!, wrong!].every(({ journal }) => left(journal).length === 0),
  }),
})
