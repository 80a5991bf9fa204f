/** Handles of imports are not counted. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'one-close-for-all-imports',
  title: 'One close is enough',
  text: 'Importing a buffer that the file knows gives the same handle and counts nothing: the first GEM_CLOSE takes it from all who asked for it.',
  source: { file: 'drivers/gpu/drm/drm_prime.c', fn: 'drm_gem_prime_fd_to_handle', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
again = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
DRM_IOCTL_GEM_CLOSE(gpu, h)
DRM_IOCTL_GEM_CLOSE(gpu, again)
`,
  },
  on: ['prime.import.known', 'handle.delete'],
  memory: () => new Set<string>(),
  watch(step, _world, memory) {
    if (is(step, 'prime.import.known')) memory.add(`${step.fields.drmFile} ${step.fields.handle}`)
    if (!is(step, 'handle.delete') || !step.stack.includes('drm_gem_close_ioctl')) return undefined
    const { drmFile, handle, gem } = step.fields
    return memory.delete(`${drmFile} ${handle}`) ? [drmFile, gem] : undefined
  },
})
