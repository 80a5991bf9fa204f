/** L11: an errno says that somebody refused, and not who. */
import { chapter, unless, type Told } from './chapter.ts'
import { happens, stepsOf } from './looks.ts'

const program = (flags: string): string => `# Four calls that one might find refused with EACCES.
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = drmPrimeHandleToFD(card, bo, ${flags})
  sendmsg(user, fd)
  recv(user)
}
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(owner)
  dumb = drmModeCreateDumbBuffer(gpu, 32, 32, 32)
  landmark "asked for a dumb buffer"
  one = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  landmark "asked for a writable mapping"
  two = mmap(4096, PROT_READ, MAP_SHARED, fd)
  mprotect(two, PROT_READ | PROT_WRITE)
  landmark "asked for more"
  bo = drmPrimeFDToHandle(gpu, fd)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  other = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  three = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, other, off)
  landmark "asked on another open"
  send(owner)
}
`
const inval = `# Four calls that are refused with EINVAL.
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  fd = drmPrimeHandleToFD(card, bo, DRM_CLOEXEC | DRM_RDWR)
  one = mmap(0, PROT_READ, MAP_SHARED, fd)
  landmark "nothing to map"
  two = mmap(8192, PROT_READ, MAP_SHARED, fd)
  landmark "longer than the buffer"
  three = mmap(4096, PROT_READ, MAP_SHARED, card, 0)
  landmark "no such token"
  same = drmPrimeFDToHandle(card, card)
  landmark "no dma-buf"
}
`
const recipe = { scenario: 'appendix-a', variant: 'V1', platform: 'rk3399', program: program('DRM_CLOEXEC') }
const writable = { ...recipe, program: program('DRM_CLOEXEC | DRM_RDWR') }

/** What process B was refused, in order. */
const refusals = (told: Told): readonly string[] => stepsOf(told, 'trap.leave').flatMap(({ call, fields }) => (call.startsWith('B.') && fields.errno !== null ? [fields.errno] : []))

export default chapter({
  lesson: 'L11',
  title: 'Who said no?',
  goal: 'walk a refusal down to the layer that refused.',
  recipes: [recipe],
  beats: [
    { at: null, text: '`EACCES` reads “permission denied”, and many a search begins at the permissions of a device node. They have been checked by `open()`, which has succeeded. **Four calls follow that get this errno from four places**; on the stage the call chain ends where somebody said no.' },
    { at: { event: 'ioctl.refused.render' }, text: 'The user asks its [render node] for a [dumb buffer]. **The door of DRM itself refuses**, in `drm_ioctl_permit()`: that request is not on the list of those that a render node takes. No driver has heard of it.' },
    { at: { event: 'mmap.refused.mode' }, text: 'It maps the [dma-buf] for writing. **The memory manager refuses**, in `do_mmap()`: the file was exported without [DRM_RDWR]. No exporter has heard of it.' },
    { at: { event: 'mprotect.refused.may' }, text: 'It maps for reading, which works, and asks for more with `mprotect()`. **The mapping itself refuses**: the [VMA] has lost [VM_MAYWRITE] when it was made. The dma-buf is not asked again.' },
    { at: { event: 'mmap.refused.allow' }, text: 'It imports, asks for the [fake offset], and uses it on another open of the same node. **The object’s [allow list] refuses**, in `drm_gem_mmap()`: that file has no [handle] for it. The token was right, the file was not.' },
    { at: 'asked on another open', text: 'One word, and four remedies: another node, another flag at the export, the right to be asked for at once, the file that has the handle. An errno is a sentence without a subject. **`strace` shows the word; a call chain shows who spoke.**' },
  ],
  question: {
    ask: 'the owner exports with `DRM_RDWR`. How many of the four refusals are left?',
    choices: { 4: 'All four', 3: 'Three: only `mmap()` asks for the mode', 2: 'Two: both that go back to the mode of the file are gone', 0: 'None' },
    runs: [writable],
    answer: ([run]) => String(refusals(run!).length),
    otherwise: [recipe],
    why: '`VM_MAYWRITE` is lost when a file that is open for reading only is mapped, so `mprotect()` was an echo of the same cause. The other two ask who calls, and through which file.',
  },
  breakIt: { title: 'the same with EINVAL', text: 'No length, a length beyond the buffer, a token of no object, a descriptor of no dma-buf: four layers, and one errno that is even less of a sentence.', recipes: [{ ...recipe, variant: 'V9', program: inval }], at: 'nothing to map' },
  sources: [
    { title: 'drm_ioctl_permit', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_ioctl.c' },
    { title: 'do_mmap', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/mm/mmap.c' },
    { title: 'mprotect', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/mm/mprotect.c' },
    { title: 'drm_gem_mmap, drm_vma_node_is_allowed', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem.c' },
    { title: 'Met in practice: open-gpu-kernel-modules 1317', version: 'GitHub, 24 August 2026', url: 'https://github.com/NVIDIA/open-gpu-kernel-modules/pull/1317' },
  ],
  check: ([run]) => unless({
    'four calls are refused': refusals(run!).length === 4,
    'with one errno': new Set(refusals(run!)).size === 1 && refusals(run!)[0] === 'EACCES',
    'by four layers': (['ioctl.refused.render', 'mmap.refused.mode', 'mprotect.refused.may', 'mmap.refused.allow'] as const).every((event) => happens(run!, event)),
  }),
})
