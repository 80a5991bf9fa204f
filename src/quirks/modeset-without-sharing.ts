/** Sharing was an option. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'modeset-without-sharing',
  title: 'A display that cannot share',
  text: 'Before 6.6 a driver could leave out the hooks for sharing: bochs answers ENOSYS both ways, before the flags are looked at.',
  source: { file: 'drivers/gpu/drm/drm_prime.c', fn: 'drm_prime_fd_to_handle_ioctl', version: 'v5.2 to v6.1' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61'],
    importer: 'bochs-drm',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
gpu = open("/dev/dri/card1", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
`,
  },
  on: ['prime.refused.driver'],
  watch(step, world) {
    if (!is(step, 'prime.refused.driver')) return undefined
    const { device } = step.fields
    return get(world, device)!.driver.startsWith('bochs') ? [device] : undefined
  },
})
