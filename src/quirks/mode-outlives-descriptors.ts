/** Who exports a buffer first decides for all who come later. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'
import { hasNumber, isReadOnly } from './_known.ts'

export default quirk({
  id: 'mode-outlives-descriptors',
  title: 'Closing the descriptor does not help',
  text: 'While the object has a handle it remembers its dma-buf, and with it the mode: the next export gives the old read-only file again, though no descriptor was left.',
  source: { file: 'drivers/gpu/drm/drm_prime.c', fn: 'drm_gem_prime_handle_to_fd', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
close(fd)
again = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
`,
  },
  on: ['prime.export.known', 'prime.export.again', 'prime.export.original'],
  watch(step, world, _memory, call) {
    if (!is(step, 'prime.export.known') && !is(step, 'prime.export.again') && !is(step, 'prime.export.original')) return undefined
    const { dmaBuf } = step.fields
    return call.includes('DRM_RDWR') && isReadOnly(world, dmaBuf) && !hasNumber(world, get(world, dmaBuf)!.file) ? [dmaBuf] : undefined
  },
})
