/** Who exports a buffer first decides for all who come later. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'
import { isReadOnly } from './_known.ts'

export default quirk({
  id: 'later-export-not-narrowed',
  title: 'A read-only export that can be written',
  text: 'After a first export with DRM_RDWR every later one can be written too, whatever its flags say.',
  source: { file: 'drivers/gpu/drm/drm_prime.c', fn: 'drm_gem_prime_handle_to_fd', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
again = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
`,
  },
  on: ['prime.export.known', 'prime.export.again', 'prime.export.original'],
  watch(step, world, _memory, call) {
    if (!is(step, 'prime.export.known') && !is(step, 'prime.export.again') && !is(step, 'prime.export.original')) return undefined
    const { dmaBuf } = step.fields
    return !call.includes('DRM_RDWR') && !isReadOnly(world, dmaBuf) ? [dmaBuf] : undefined
  },
})
