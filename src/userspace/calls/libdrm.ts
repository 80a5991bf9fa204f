/** The same DRM calls as libdrm offers them, and what the GBM and panfrost parts of Mesa add. Each is a function of user space. */
import { fd, handle, number, words, type Call } from '../call.ts'

const bo = (name: string) => ({ name, kind: 'bo' }) as const
const job = { name: 'parts', kind: 'job', rest: true } as const

export default [
  {
    name: 'drmModeCreateDumbBuffer', docs: 'A plain buffer for pixels on a display device.', params: [fd('fd'), number('width'), number('height'), number('bpp', 32)], gives: 'handle', fn: 'drmModeCreateDumbBuffer',
  },
  { name: 'drmModeMapDumbBuffer', docs: 'The fake offset of a plain buffer.', params: [fd('fd'), handle('handle')], gives: 'offset', fn: 'drmModeMapDumbBuffer' },
  { name: 'drmModeDestroyDumbBuffer', docs: 'Gives a plain buffer back.', params: [fd('fd'), handle('handle')], fn: 'drmModeDestroyDumbBuffer' },
  {
    name: 'drmModeAddFB', docs: 'A number under which the display knows a buffer.', params: [fd('fd'), number('width'), number('height'), number('pitch'), handle('handle')], gives: 'framebuffer', fn: 'drmModeAddFB',
  },
  { name: 'drmModeRmFB', docs: 'The display forgets that number.', params: [fd('fd'), number('fb')], fn: 'drmModeRmFB' },
  { name: 'drmModePageFlip', docs: 'The display shows this buffer from its next frame on.', params: [fd('fd'), number('fb')], fn: 'drmModePageFlip' },
  { name: 'drmHandleEvent', docs: 'Waits for the display to tell that a flip has happened.', params: [fd('fd')], fn: 'drmHandleEvent' },
  {
    name: 'drmPrimeHandleToFD', docs: 'Exports a buffer with the flags that are written here.', params: [fd('fd'), handle('handle'), words('flags', ['DRM_CLOEXEC', 'DRM_RDWR'])], gives: 'fd', fn: 'drmPrimeHandleToFD',
  },
  { name: 'drmPrimeFDToHandle', docs: 'Imports a buffer.', params: [fd('fd'), fd('prime')], gives: 'handle', fn: 'drmPrimeFDToHandle' },
  { name: 'drmCloseBufferHandle', docs: 'Gives a handle back.', params: [fd('fd'), handle('handle')], fn: 'drmCloseBufferHandle' },
  { name: 'gbm_bo_get_fd', docs: 'Exports a buffer with the flags that this variant\'s Mesa passes.', params: [fd('fd'), handle('handle')], gives: 'fd', fn: 'gbm_bo_get_fd' },
  { name: 'gbm_bo_import', docs: 'Imports a buffer into the GPU; Mesa of 2019 also maps it at once.', params: [fd('fd'), fd('prime')], gives: 'buffer', fn: 'gbm_bo_import' },
  { name: 'gbm_bo_map', docs: 'A pointer to the pixels, by the way that this variant\'s Mesa goes.', params: [bo('bo')], gives: 'mapping', fn: 'gbm_bo_map' },
  { name: 'gbm_bo_unmap', docs: 'The pointer is not needed any more.', params: [bo('bo')], fn: 'gbm_bo_unmap' },
  { name: 'gbm_bo_destroy', docs: 'Unmaps the buffer and gives its handle back.', params: [bo('bo')], fn: 'gbm_bo_destroy' },
  { name: 'DRM_IOCTL_PANFROST_SUBMIT', docs: 'A GPU job: read(bo), write(bo, picture), one after the other.', params: [fd('fd'), job], fn: 'panfrost_submit' },
  { name: 'DRM_IOCTL_PANFROST_WAIT_BO', docs: 'Waits until the GPU is done with a buffer.', params: [fd('fd'), bo('bo')], fn: 'panfrost_wait_bo' },
] satisfies Call[]
