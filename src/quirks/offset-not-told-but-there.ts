/** What the ioctl keeps to itself exists. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'offset-not-told-but-there',
  title: 'Not told, but there',
  text: 'MAP_DUMB refuses an import, and yet the import has its place in the node: mmap there works.',
  source: { file: 'drivers/gpu/drm/drm_gem.c', fn: 'drm_gem_dumb_map_offset', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    importer: 'cirrus',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
other = open("/dev/dri/card1", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(other, fd)
off = DRM_IOCTL_MODE_MAP_DUMB(other, h)
`,
  },
  on: ['offset.refused.import'],
  watch(step, world) {
    if (!is(step, 'offset.refused.import')) return undefined
    const { gem } = step.fields
    return get(world, gem)!.offset === null ? undefined : [gem]
  },
})
