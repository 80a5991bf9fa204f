/** The fake offset is an address, no secret and no right. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import { drmFileAt } from './_known.ts'

export default quirk({
  id: 'guessed-offset',
  title: 'An offset that nobody told',
  text: 'Every object has its place in the node from the beginning, and mmap asks only whether the file holds a handle: a place that no call told can be guessed.',
  source: { file: 'drivers/gpu/drm/drm_gem.c', fn: 'drm_gem_mmap', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, 4294967296)
`,
  },
  on: ['trap.leave', 'mmap.lookup'],
  memory: () => new Set<string>(),
  watch(step, world, memory, call) {
    if (is(step, 'trap.leave')) {
      const [fd, offset] = [/^ioctl\((\d+), DRM_/.exec(call)?.[1], /offset: (0x[0-9a-f]+)/.exec(step.fields.result)?.[1]]
      const drmFile = fd && offset ? drmFileAt(world, step, Number(fd)) : undefined
      if (drmFile) memory.add(`${get(world, drmFile)!.device} ${Number(offset)}`)
      return undefined
    }
    if (!is(step, 'mmap.lookup') || step.stack.includes('drm_gem_prime_mmap')) return undefined
    const { gem, offset } = step.fields
    return memory.has(`${get(world, gem)!.device} ${offset}`) ? undefined : [gem]
  },
})
