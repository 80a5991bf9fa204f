/** DRM calls by their ioctl names: nothing of a library stands between the program and the kernel. */
import { device, fd, field, handle, ioctl, number, trap, words, type Call } from '../call.ts'

export default [
  {
    name: 'DRM_IOCTL_MODE_CREATE_DUMB', docs: 'A plain buffer for pixels.', params: [fd('fd'), number('width', 64), number('height', 16), number('bpp', 32)], gives: 'handle',
    ask: ioctl('DRM_IOCTL_MODE_CREATE_DUMB'), value: field('handle'),
  },
  { name: 'DRM_IOCTL_MODE_DESTROY_DUMB', docs: 'Gives the handle of a plain buffer back.', params: [fd('fd'), handle('handle')], ask: ioctl('DRM_IOCTL_MODE_DESTROY_DUMB') },
  { name: 'DRM_IOCTL_MODE_MAP_DUMB', docs: 'Tells the fake offset of a plain buffer.', params: [fd('fd'), handle('handle')], gives: 'offset', ask: ioctl('DRM_IOCTL_MODE_MAP_DUMB'), value: field('offset') },
  { name: 'DRM_IOCTL_GEM_CLOSE', docs: 'Gives a handle back.', params: [fd('fd'), handle('handle')], ask: ioctl('DRM_IOCTL_GEM_CLOSE') },
  { name: 'DRM_IOCTL_GEM_FLINK', docs: 'A global name for a buffer, the old way to share.', params: [fd('fd'), handle('handle')], gives: 'name', ask: ioctl('DRM_IOCTL_GEM_FLINK'), value: field('name') },
  { name: 'DRM_IOCTL_GEM_OPEN', docs: 'A handle for a global name.', params: [fd('fd'), number('name')], gives: 'handle', ask: ioctl('DRM_IOCTL_GEM_OPEN'), value: field('handle') },
  {
    name: 'DRM_IOCTL_GET_CAP', docs: 'What a device can do.', params: [fd('fd'), words('capability', ['DRM_CAP_PRIME', 'DRM_CAP_DUMB_BUFFER'])],
    ask: ioctl('DRM_IOCTL_GET_CAP', a => ({ capability: a.capability[0] })), value: field('value'),
  },
  {
    name: 'DRM_IOCTL_PRIME_HANDLE_TO_FD', docs: 'Exports a buffer: a dma-buf descriptor for a handle.', params: [fd('fd'), handle('handle'), words('flags', ['DRM_CLOEXEC', 'DRM_RDWR'], ['DRM_CLOEXEC', 'DRM_RDWR'])],
    gives: 'fd', ask: ioctl('DRM_IOCTL_PRIME_HANDLE_TO_FD'), value: field('fd'),
  },
  {
    name: 'DRM_IOCTL_PRIME_FD_TO_HANDLE', docs: 'Imports a buffer: a handle for a dma-buf descriptor.', params: [fd('fd'), fd('prime')], gives: 'handle',
    ask: ioctl('DRM_IOCTL_PRIME_FD_TO_HANDLE', a => ({ fd: a.prime })), value: field('handle'),
  },
  {
    name: 'DRM_IOCTL_MODE_ADDFB', docs: 'A number under which a display knows a buffer.', params: [fd('fd'), number('width'), number('height'), number('pitch'), handle('handle')],
    gives: 'framebuffer', ask: ioctl('DRM_IOCTL_MODE_ADDFB'), value: field('fb_id'),
  },
  { name: 'DRM_IOCTL_MODE_RMFB', docs: 'The display forgets that number.', params: [fd('fd'), number('fb_id')], ask: ioctl('DRM_IOCTL_MODE_RMFB') },
  { name: 'DRM_IOCTL_MODE_PAGE_FLIP', docs: 'Shows another buffer from the next frame on.', params: [fd('fd'), number('fb_id')], ask: ioctl('DRM_IOCTL_MODE_PAGE_FLIP') },
  {
    name: 'DRM_IOCTL_VGEM_FENCE_ATTACH', docs: 'vgem: a test fence on a buffer.', params: [fd('fd'), handle('handle'), words('flags', ['VGEM_FENCE_WRITE'], [])], gives: 'fence',
    ask: ioctl('DRM_IOCTL_VGEM_FENCE_ATTACH'), value: field('out_fence'),
  },
  { name: 'DRM_IOCTL_VGEM_FENCE_SIGNAL', docs: 'vgem: the test fence is reached.', params: [fd('fd'), number('fence')], ask: ioctl('DRM_IOCTL_VGEM_FENCE_SIGNAL') },
  { name: 'ioctl', docs: 'A request by its number, with an empty argument.', params: [fd('fd'), number('request')], ask: trap('ioctl', a => ({ fd: a.fd, request: `0x${(a.request as number).toString(16)}`, arg: {} })) },
  { name: 'gem_names', docs: 'debugfs: the named buffers of a device.', params: [device('card')], ask: trap('gem_names', a => ({ device: a.card })) },
  { name: 'fb_info', docs: 'debugfs: the framebuffers of a device.', params: [device('card')], ask: trap('fb_info', a => ({ device: a.card })) },
] satisfies Call[]
