/** The reference that 5.2 with the patch loses, lost by drivers that redirected long before. */
import { quirk } from '../journal/quirk.ts'
import { is } from '../journal/step.ts'

export default quirk({
  id: 'driver-keeps-the-import',
  title: 'A driver that redirects and forgets',
  text: 'etnaviv hands the mapping of an import to its exporter in every release, and until 6.3 never drops the reference that the core took for its own: the import stays for ever.',
  source: { file: 'drivers/gpu/drm/etnaviv/etnaviv_gem_prime.c', fn: 'etnaviv_gem_prime_mmap_obj', version: 'v5.2 to v6.2' },
  seenIn: {
    // With the patch the core has handed the area on before the driver is asked, and loses the reference itself.
    kernels: ['K52', 'KBLK', 'K61'],
    importer: 'etnaviv',
    program: `
card = open("/dev/dri/card0", O_RDWR)
bo = DRM_IOCTL_MODE_CREATE_DUMB(card, 32, 32, 32)
fd = DRM_IOCTL_PRIME_HANDLE_TO_FD(card, bo, DRM_CLOEXEC)
gpu = open("/dev/dri/renderD128", O_RDWR)
h = DRM_IOCTL_PRIME_FD_TO_HANDLE(gpu, fd)
off = DRM_IOCTL_ETNAVIV_GEM_INFO(gpu, h)
px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
`,
  },
  on: ['ref.lost'],
  watch(step) {
    return is(step, 'ref.lost') && step.fields.by !== 'drm_gem_mmap_helper' ? [step.fields.to] : undefined
  },
})
