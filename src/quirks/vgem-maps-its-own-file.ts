/** A mapping that nobody counts. */
import { quirk } from '../journal/quirk.ts'
import { get } from '../journal/snapshot.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'vgem-maps-its-own-file',
  title: 'The area belongs to neither',
  text: 'vgem puts its shared-memory file into the area: neither the dma-buf nor its object is held by the mapping, which works on when both are gone.',
  source: { file: 'drivers/gpu/drm/vgem/vgem_drv.c', fn: 'vgem_prime_mmap', version: 'v5.2' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC'],
    exporter: 'vgem',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
`,
  },
  on: ['mmap.done'],
  watch(step, world) {
    if (!is(step, 'mmap.done')) return undefined
    const { file } = get(world, step.fields.vma)!
    return file && get(world, file)!.kind === 'shmem' ? [step.fields.vma, file] : undefined
  },
})
