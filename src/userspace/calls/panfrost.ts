/** panfrost's ioctls by their names, for programs that do without Mesa. */
import { fd, field, handle, ioctl, number, words, type Call } from '../call.ts'

export default [
  {
    name: 'DRM_IOCTL_PANFROST_CREATE_BO', docs: 'A buffer of the GPU.', params: [fd('fd'), number('size'), words('flags', ['PANFROST_BO_NOEXEC', 'PANFROST_BO_HEAP'], [])], gives: 'handle',
    ask: ioctl('DRM_IOCTL_PANFROST_CREATE_BO'), value: field('handle'),
  },
  { name: 'DRM_IOCTL_PANFROST_MMAP_BO', docs: 'The fake offset of a buffer, for mmap on the node.', params: [fd('fd'), handle('handle'), words('flags', [], [])], gives: 'offset', ask: ioctl('DRM_IOCTL_PANFROST_MMAP_BO'), value: field('offset') },
  { name: 'DRM_IOCTL_PANFROST_GET_BO_OFFSET', docs: 'Where the GPU sees a buffer.', params: [fd('fd'), handle('handle')], gives: 'offset', ask: ioctl('DRM_IOCTL_PANFROST_GET_BO_OFFSET'), value: field('offset') },
  { name: 'DRM_IOCTL_PANFROST_MADVISE', docs: 'Says whether the kernel may throw the pages away.', params: [fd('fd'), handle('handle'), words('madv', ['PANFROST_MADV_WILLNEED', 'PANFROST_MADV_DONTNEED'])], ask: ioctl('DRM_IOCTL_PANFROST_MADVISE', a => ({ handle: a.handle, madv: (a.madv as readonly string[]).includes('PANFROST_MADV_DONTNEED') ? 1 : 0 })) },
] satisfies Call[]
