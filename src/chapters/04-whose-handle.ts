/** L06: dup() of a device's descriptor shares its handles; opening the device again does not. */
import { chapter, unless, type Told } from './chapter.ts'
import { stepsOf } from './looks.ts'

const program = `# One handle, asked for by three descriptors of one device.
process owner A {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  landmark "made"
  copy = dup(gpu)
  off = DRM_IOCTL_PANFROST_MMAP_BO(copy, bo)
  landmark "asked through the copy"
  other = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  off2 = DRM_IOCTL_PANFROST_MMAP_BO(other, bo)
  landmark "asked through another open"
}
`
/** Another process is sent the descriptor of the device itself, or opens the device; then it uses the number 1. */
const passing = (received: string, then = ''): string => `process owner A {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  sendmsg(user, gpu)
  recv(user)
}
process user B {
  ${received} = recvmsg(owner)
${then}  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, 1)
  landmark "asked by the other process"
  send(owner)
}
`
const recipe = { scenario: 'appendix-a', variant: 'V1', platform: 'rk3399', program }
const sent = { ...recipe, program: passing('gpu') }
const opened = { ...recipe, program: passing('sent', '  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)\n') }

const answers = (told: Told): readonly string[] => stepsOf(told, 'call.leave').filter(({ fields }) => fields.name === 'DRM_IOCTL_PANFROST_MMAP_BO').map(({ fields }) => fields.errno ?? 'ok')

export default chapter({
  lesson: 'L06',
  title: 'Whose handle is it?',
  goal: 'name the scope of each name: a descriptor, an open file, a handle.',
  recipes: [recipe],
  beats: [
    { at: null, text: 'Three boxes stand inside one another: a process has descriptors, a descriptor names an open file, an open file of a device has [handle|handle]s. **A name is good in its box.** Which of the boxes does a call make anew?' },
    { at: 'made', text: 'The process has opened the GPU’s [render node] and made a buffer. Its [DRM file] knows it as handle 1, and is on the [allow list] of those that may map it.' },
    { at: 'asked through the copy', text: '`dup()` has made a second descriptor for **the same open file**. Handle 1 is known there, since there is one table: the offset is told.' },
    { at: 'asked through another open', text: '`open()` has made **another open file with an empty table**, though the device and the process are the same. The answer is `ENOENT`. To get the buffer there it must be exported and imported, which then finds the very same object: a [self-import].' },
  ],
  question: {
    ask: 'the owner sends the descriptor of the device itself to another process over a socket, and tells it the number 1. Does the handle work there?',
    choices: { ok: 'Yes: the open file went along, and its handles with it', ENOENT: 'No, `ENOENT`: another process has other handles', EACCES: 'No, `EACCES`: it may not use somebody else’s file' },
    runs: [sent],
    answer: ([run]) => answers(run!)[0]!,
    otherwise: [opened],
    why: 'A socket passes a reference to the open file. Everything in it is shared from then on, also what either side closes. That is why one passes dma-bufs and not device descriptors.',
  },
  breakIt: { title: 'open it there instead', text: 'The other process opens the device for itself and uses the number it was told.', recipes: [sent, opened], names: ['sent', 'opened there'], at: 'asked by the other process' },
  sources: [
    { title: 'drm_gem_object_lookup: the table of one open file', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem.c' },
    { title: 'drm_file_alloc: what an open makes', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_file.c' },
    { title: 'Met in practice: wlroots 3153', version: 'GitHub, 1 September 2021', url: 'https://github.com/swaywm/wlroots/pull/3153' },
  ],
  check: ([run]) => unless({ 'the copy knows the handle': answers(run!)[0] === 'ok', 'another open does not': answers(run!)[1] === 'ENOENT' }),
})
