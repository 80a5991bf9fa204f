/** msm's ioctls by their names, for programs that do without Mesa. Jobs go through glFlush. */
import { fd, field, handle, ioctl, number, words, type Call } from '../call.ts'

export default [
  { name: 'DRM_IOCTL_MSM_GEM_NEW', docs: 'A buffer of the GPU, cached as the flags say.', params: [fd('fd'), number('size'), words('flags', ['MSM_BO_CACHED', 'MSM_BO_WC', 'MSM_BO_UNCACHED', 'MSM_BO_SCANOUT', 'MSM_BO_GPU_READONLY', 'MSM_BO_NO_SHARE'], ['MSM_BO_WC'])], gives: 'handle', ask: ioctl('DRM_IOCTL_MSM_GEM_NEW'), value: field('handle') },
  { name: 'DRM_IOCTL_MSM_GEM_INFO', docs: 'The fake offset of a buffer, or where the GPU sees it.', params: [fd('fd'), handle('handle'), words('info', ['MSM_INFO_GET_OFFSET', 'MSM_INFO_GET_IOVA'], ['MSM_INFO_GET_OFFSET'])], gives: 'offset', ask: ioctl('DRM_IOCTL_MSM_GEM_INFO', a => ({ handle: a.handle, info: (a.info as readonly string[]).join(' | '), len: 0, pad: 0 })), value: field('value') },
  { name: 'DRM_IOCTL_MSM_GEM_CPU_PREP', docs: 'Waits for the GPU; no cache is touched.', params: [fd('fd'), handle('handle'), words('op', ['MSM_PREP_READ', 'MSM_PREP_WRITE', 'MSM_PREP_NOSYNC']), number('timeout', Number.MAX_SAFE_INTEGER)], ask: ioctl('DRM_IOCTL_MSM_GEM_CPU_PREP') },
  { name: 'DRM_IOCTL_MSM_GEM_CPU_FINI', docs: 'Says that the CPU is done; nothing happens.', params: [fd('fd'), handle('handle')], ask: ioctl('DRM_IOCTL_MSM_GEM_CPU_FINI') },
] satisfies Call[]
