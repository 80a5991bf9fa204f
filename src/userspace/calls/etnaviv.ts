/** etnaviv's ioctls by their names, for programs that do without Mesa. Jobs go through glFlush. */
import { fd, field, handle, ioctl, number, words, type Call } from '../call.ts'

export default [
  { name: 'DRM_IOCTL_ETNAVIV_GEM_NEW', docs: 'A buffer of the GPU, cached as the flags say.', params: [fd('fd'), number('size'), words('flags', ['ETNA_BO_CACHED', 'ETNA_BO_WC', 'ETNA_BO_UNCACHED', 'ETNA_BO_FORCE_MMU'], ['ETNA_BO_WC'])], gives: 'handle', ask: ioctl('DRM_IOCTL_ETNAVIV_GEM_NEW'), value: field('handle') },
  { name: 'DRM_IOCTL_ETNAVIV_GEM_INFO', docs: 'The fake offset of a buffer, for mmap on the node.', params: [fd('fd'), handle('handle'), number('pad', 0)], gives: 'offset', ask: ioctl('DRM_IOCTL_ETNAVIV_GEM_INFO'), value: field('offset') },
  { name: 'DRM_IOCTL_ETNAVIV_GEM_CPU_PREP', docs: 'Waits for the GPU, and gives a cached buffer to the CPU.', params: [fd('fd'), handle('handle'), words('op', ['ETNA_PREP_READ', 'ETNA_PREP_WRITE', 'ETNA_PREP_NOSYNC']), number('timeout', Number.MAX_SAFE_INTEGER)], ask: ioctl('DRM_IOCTL_ETNAVIV_GEM_CPU_PREP') },
  { name: 'DRM_IOCTL_ETNAVIV_GEM_CPU_FINI', docs: 'Gives a cached buffer back to the device.', params: [fd('fd'), handle('handle'), words('flags', [], [])], ask: ioctl('DRM_IOCTL_ETNAVIV_GEM_CPU_FINI') },
] satisfies Call[]
