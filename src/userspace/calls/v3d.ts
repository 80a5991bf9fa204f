/** v3d's ioctls by their names, for programs that do without Mesa. Jobs go through glFlush. */
import { fd, field, handle, ioctl, number, words, type Call } from '../call.ts'

export default [
  { name: 'DRM_IOCTL_V3D_CREATE_BO', docs: 'A buffer of the GPU.', params: [fd('fd'), number('size'), words('flags', [], [])], gives: 'handle', ask: ioctl('DRM_IOCTL_V3D_CREATE_BO'), value: field('handle') },
  { name: 'DRM_IOCTL_V3D_MMAP_BO', docs: 'The fake offset of a buffer, for mmap on the node.', params: [fd('fd'), handle('handle'), words('flags', [], [])], gives: 'offset', ask: ioctl('DRM_IOCTL_V3D_MMAP_BO'), value: field('offset') },
  { name: 'DRM_IOCTL_V3D_GET_BO_OFFSET', docs: 'Where the GPU sees a buffer.', params: [fd('fd'), handle('handle')], gives: 'offset', ask: ioctl('DRM_IOCTL_V3D_GET_BO_OFFSET'), value: field('offset') },
  { name: 'DRM_IOCTL_V3D_WAIT_BO', docs: 'Waits until the GPU is done with a buffer; a time-out of 0 only asks.', params: [fd('fd'), handle('handle'), number('timeout', Number.MAX_SAFE_INTEGER)], ask: ioctl('DRM_IOCTL_V3D_WAIT_BO', a => ({ handle: a.handle, pad: 0, timeout: a.timeout })) },
] satisfies Call[]
