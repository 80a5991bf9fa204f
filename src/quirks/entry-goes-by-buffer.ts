/** The wrong key. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'entry-goes-by-buffer',
  title: 'Closing one handle forgets the other',
  text: 'The table of known buffers is searched by buffer: closing either of two handles of one buffer drops its entry, and the next import gives a third handle.',
  source: { file: 'drivers/gpu/drm/drm_prime.c', fn: 'drm_prime_remove_buf_handle_locked', version: 'v5.2' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC'],
    importer: 'cirrus',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
other = open("/dev/dri/card1", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(other, fd)
name = DRM_IOCTL_GEM_FLINK(other, h)
two = DRM_IOCTL_GEM_OPEN(other, name)
DRM_IOCTL_GEM_CLOSE(other, two)
`,
  },
  on: ['prime.cache.remove'],
  watch(step, _world, _memory, call) {
    if (!is(step, 'prime.cache.remove')) return undefined
    const closing = /DRM_IOCTL_(?:GEM_CLOSE|MODE_DESTROY_DUMB), \{ handle: (\d+) \}/.exec(call)?.[1]
    const { drmFile, dmaBuf, handle } = step.fields
    return closing !== undefined && Number(closing) !== handle ? [drmFile, dmaBuf] : undefined
  },
})
