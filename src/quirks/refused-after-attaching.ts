/** A refusal that comes late. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'refused-after-attaching',
  title: 'Attached, mapped, and then refused',
  text: 'virtio_gpu says yes to sharing and takes no foreign buffer: the attachment is made and its pages are mapped before the answer comes.',
  source: { file: 'drivers/gpu/drm/virtio/virtgpu_prime.c', fn: 'virtgpu_gem_prime_import_sg_table', version: 'v5.2 to v6.19' },
  seenIn: {
    kernels: ['K52', 'KBLK', 'KRFC', 'K61', 'KNOW'],
    importer: 'virtio_gpu',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC | DRM_RDWR)
gpu = open("/dev/dri/card1", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
`,
  },
  on: ['prime.refused.virtio'],
  watch(step) {
    return is(step, 'prime.refused.virtio') ? [step.fields.attachment] : undefined
  },
})
