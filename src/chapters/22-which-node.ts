/** L24: a card, a render node and a heap are three doors, and each knows other calls. */
import { answerOf, chapter, unless, type Told } from './chapter.ts'
import { happens, stepsOf } from './looks.ts'

const program = `# Root opens all three doors; then an ordinary user opens the card as well.
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fb = drmModeAddFB(card, 32, 32, 128, bo)
  name = DRM_IOCTL_GEM_FLINK(card, bo)
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC)
  landmark "asked the card"
  render = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  shared1 = drmPrimeFDToHandle(render, fd)
  landmark "imported on the render node"
  made = drmModeCreateDumbBuffer(render, 32, 32, 32)
  shown = drmModeAddFB(render, 32, 32, 128, shared1)
  named = DRM_IOCTL_GEM_FLINK(render, shared1)
  landmark "asked the render node for more"
  heap = open("/dev/dma_heap/system", O_RDONLY | O_CLOEXEC)
  mem = DMA_HEAP_IOCTL_ALLOC(heap, 4096)
  landmark "asked the heap"
  none = drmPrimeFDToHandle(heap, mem)
  landmark "asked the heap for more"
  send(other)
  recv(other)
}
process other B {
  recv(owner)
  setuid(1000)
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  landmark "a second one at the card"
  name = DRM_IOCTL_GEM_FLINK(card, bo)
  landmark "it may not name"
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC)
  landmark "may it export?"
  send(owner)
}
`
const recipe = { scenario: 'appendix-a', variant: 'V9', platform: 'rk3399', program }
const then = { ...recipe, variant: 'V1' }

/** Answers of one process to a call, in order. */
const answers = (told: Told, letter: string, name: string): readonly string[] =>
  stepsOf(told, 'call.leave').flatMap(({ call, fields }) => (call.startsWith(`${letter}.`) && fields.name === name ? [fields.errno ?? 'ok'] : []))
const exportOfOther = (told: Told): string => answers(told, 'B', 'drmPrimeHandleToFD')[0] ?? 'none'

export default chapter({
  lesson: 'L24',
  title: 'Which node?',
  goal: 'choose the node from the list of calls that a program is going to make.',
  recipes: [recipe],
  beats: [
    { at: null, text: 'One device may have two nodes, `card0` and `renderD128`, and a [dma-heap] is a third kind of door. They are often taken for each other, since an import works on two of them. **What a file may do is decided when it is opened**: by the node, and by who opens it.' },
    { at: 'asked the card', text: 'The first opener of a card becomes its master, and root is trusted anyway. It makes a [dumb buffer], a framebuffer, a global name and a [dma-buf]. **A card takes every call.** There is one master at a time, which is why a client does not simply open the card.' },
    { at: 'imported on the render node', text: 'A [render node] needs no trust: **what it does cannot disturb anybody**. It makes buffers of its driver, hands in jobs, exports and imports. The import works.' },
    { at: 'asked the render node for more', text: 'A dumb buffer, a framebuffer, a global name: three times `EACCES`. These are about a display, or about everybody’s buffers, and **a render node has neither**. The door refuses, whatever the driver could do.' },
    { at: 'asked the heap', text: 'A heap gives out memory as a dma-buf at once. **It is no device that would use it**: no handles, no jobs, no display.' },
    { at: 'asked the heap for more', text: 'So it cannot import: its node does not know that request, and says `EINVAL`. Linux 5.2 has no such node at all.' },
    { at: 'a second one at the card', text: 'An ordinary user opens the card after the master. Dumb buffers and framebuffers work; **what it may not do is show them**, which is the master’s.' },
    { at: 'it may not name', text: 'Global names can be guessed, and lead to anybody’s buffer. So they are for those alone whom the master has let in: `EACCES`. That is the reason why they were replaced by descriptors.' },
  ],
  question: {
    ask: 'that second opener exports its buffer as a dma-buf, on Linux 5.2. What is the answer?',
    choices: { ok: 'A descriptor: it is its own buffer', EACCES: '`EACCES`: the master has not let it in', EINVAL: '`EINVAL`: not from a card' },
    runs: [then],
    answer: ([run]) => exportOfOther(run!),
    otherwise: [recipe],
    why: 'In 5.2 both calls of PRIME ask for authentication on a card, as names do, though a descriptor cannot be guessed. Later kernels have dropped that. On a render node it was never asked.',
  },
  breakIt: { title: 'the same doors in 2019', text: 'Today beside Linux 5.2: there is no heap to open then, and the second opener may not export.', recipes: [recipe, then], at: 'may it export?' },
  sources: [
    { title: 'drm_ioctl_permit, and the table: DRM_AUTH, DRM_MASTER, DRM_RENDER_ALLOW', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_ioctl.c' },
    { title: 'The same table', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_ioctl.c' },
    { title: 'Primary nodes, DRM master and authentication; render nodes', version: 'Linux 6.19, documentation', url: 'https://www.kernel.org/doc/html/v6.19/gpu/drm-uapi.html' },
    { title: 'Met in practice: rockchip-linux/mpp 33', version: 'GitHub, 28 November 2017', url: 'https://github.com/rockchip-linux/mpp/pull/33' },
  ],
  check: ([run]) => unless({
    'the card takes them all': ['drmModeCreateDumbBuffer', 'drmModeAddFB', 'DRM_IOCTL_GEM_FLINK', 'drmPrimeHandleToFD'].every((name) => answers(run!, 'A', name)[0] === 'ok'),
    'the render node imports': answers(run!, 'A', 'drmPrimeFDToHandle')[0] === 'ok',
    'and refuses what is about displays and names': ['drmModeCreateDumbBuffer', 'drmModeAddFB', 'DRM_IOCTL_GEM_FLINK'].every((name) => answers(run!, 'A', name)[1] === 'EACCES') && happens(run!, 'ioctl.refused.render'),
    'the heap allocates and does not import': answerOf(run!, 'DMA_HEAP_IOCTL_ALLOC') === 'ok' && answers(run!, 'A', 'drmPrimeFDToHandle')[1] === 'EINVAL',
    'who is not let in may not name, and may export today': answers(run!, 'B', 'DRM_IOCTL_GEM_FLINK')[0] === 'EACCES' && exportOfOther(run!) === 'ok',
  }),
})
