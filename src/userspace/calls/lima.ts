/** lima's ioctls by their names, for programs that do without Mesa. Jobs go through glFlush. */
import { fd, field, handle, ioctl, number, words, type Call } from '../call.ts'

export default [
  { name: 'DRM_IOCTL_LIMA_GEM_CREATE', docs: 'A buffer of the GPU.', params: [fd('fd'), number('size'), words('flags', [], [])], gives: 'handle', ask: ioctl('DRM_IOCTL_LIMA_GEM_CREATE'), value: field('handle') },
  { name: 'DRM_IOCTL_LIMA_GEM_INFO', docs: 'The fake offset of a buffer; where the GPU sees it is told too.', params: [fd('fd'), handle('handle')], gives: 'offset', ask: ioctl('DRM_IOCTL_LIMA_GEM_INFO'), value: field('offset') },
  { name: 'DRM_IOCTL_LIMA_GEM_WAIT', docs: 'Waits for writers of a buffer, or for all who use it; a time-out of 0 only asks.', params: [fd('fd'), handle('handle'), words('op', ['LIMA_GEM_WAIT_READ', 'LIMA_GEM_WAIT_WRITE']), number('timeout', Number.MAX_SAFE_INTEGER)], ask: ioctl('DRM_IOCTL_LIMA_GEM_WAIT') },
] satisfies Call[]
