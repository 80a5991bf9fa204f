/** The same DRM calls as libdrm offers them, and what the GBM and panfrost parts of Mesa add. Each is a function of user space. */
import { fd, handle, number, words, type Call } from '../call.ts'

const bo = (name: string) => ({ name, kind: 'bo' }) as const
const job = { name: 'parts', kind: 'job', rest: true } as const

export default [
  {
    name: 'drmModeCreateDumbBuffer', docs: 'A plain buffer for pixels on a display device.', done: '{actor} knows the buffer as **handle {result}**, a number of its own open of the card and of nothing else.', params: [fd('fd'), number('width'), number('height'), number('bpp', 32)], gives: 'handle', fn: 'drmModeCreateDumbBuffer',
  },
  { name: 'drmModeMapDumbBuffer', docs: 'The fake offset of a plain buffer.', done: '**{result} is no address**: it is the fake offset under which mmap on the card will find the buffer.', params: [fd('fd'), handle('handle')], gives: 'offset', fn: 'drmModeMapDumbBuffer' },
  { name: 'drmModeDestroyDumbBuffer', docs: 'Gives a plain buffer back.', done: '{actor} has **given its handle back**; the buffer stays as long as anything else holds it.', params: [fd('fd'), handle('handle')], fn: 'drmModeDestroyDumbBuffer' },
  {
    name: 'drmModeAddFB', docs: 'A number under which the display knows a buffer.', done: 'The display knows the buffer as **framebuffer {result}**, which holds it.', params: [fd('fd'), number('width'), number('height'), number('pitch'), handle('handle')], gives: 'framebuffer', fn: 'drmModeAddFB',
  },
  { name: 'drmModeRmFB', docs: 'The display forgets that number.', done: 'The framebuffer is **forgotten**, and its hold on the buffer with it.', params: [fd('fd'), number('fb')], fn: 'drmModeRmFB' },
  { name: 'drmModePageFlip', docs: 'The display shows this buffer from its next frame on.', done: 'The flip is **asked for, not done**: it happens when the display begins its next frame.', params: [fd('fd'), number('fb')], fn: 'drmModePageFlip' },
  { name: 'drmHandleEvent', docs: 'Waits for the display to tell that a flip has happened.', done: '**The flip has happened**, and {actor} knows it.', params: [fd('fd')], fn: 'drmHandleEvent' },
  {
    name: 'drmPrimeHandleToFD', docs: 'Exports a buffer with the flags that are written here.', done: '{actor} has **descriptor {result}** for the buffer: a dma-buf.', params: [fd('fd'), handle('handle'), words('flags', ['DRM_CLOEXEC', 'DRM_RDWR'])], gives: 'fd', fn: 'drmPrimeHandleToFD',
  },
  { name: 'drmPrimeFDToHandle', docs: 'Imports a buffer.', done: '{actor} knows the imported buffer as **handle {result}**.', params: [fd('fd'), fd('prime')], gives: 'handle', fn: 'drmPrimeFDToHandle' },
  { name: 'drmCloseBufferHandle', docs: 'Gives a handle back.', done: '{actor} has **given its handle back**.', params: [fd('fd'), handle('handle')], fn: 'drmCloseBufferHandle' },
  { name: 'gbm_bo_get_fd', docs: 'Exports a buffer with the flags that this variant\'s Mesa passes.', done: '{actor} has **descriptor {result}** for the buffer: a dma-buf, which another process can be given.', params: [fd('fd'), handle('handle')], gives: 'fd', fn: 'gbm_bo_get_fd' },
  { name: 'gbm_bo_import', docs: 'Imports a buffer into the GPU; Mesa of 2019 also maps it at once.', done: "**The import is complete**: Mesa of {actor} has a buffer of the GPU whose pages are another device's.", failed: '`gbm_bo_import` **ends with {errno}**: {actor} has no buffer.', params: [fd('fd'), fd('prime')], gives: 'buffer', fn: 'gbm_bo_import' },
  { name: 'gbm_bo_map', docs: 'A pointer to the pixels, by the way that this variant\'s Mesa goes.', done: '{actor} has **a pointer to the pixels**, {result}.', failed: '`gbm_bo_map` **fails with {errno}**: {actor} has no pointer, so it cannot draw.', params: [bo('bo')], gives: 'mapping', fn: 'gbm_bo_map' },
  { name: 'gbm_bo_unmap', docs: 'The pointer is not needed any more.', done: 'Mesa **keeps the mapping** for the next time; only the access has ended.', params: [bo('bo')], fn: 'gbm_bo_unmap' },
  { name: 'gbm_bo_destroy', docs: 'Unmaps the buffer and gives its handle back.', done: 'Mesa has given back mapping, descriptor and handle: **{actor} names the buffer no more**.', params: [bo('bo')], fn: 'gbm_bo_destroy' },
  { name: 'glFlush', docs: 'What was drawn goes to the GPU as a job: read(bo), write(bo, picture), one after the other; uses(handle) names a buffer that is read or written by address.', done: '**The job is queued.** The call does not wait for the GPU.', params: [fd('fd'), job], fn: 'glFlush' },
  { name: 'glFinish', docs: 'Waits until the GPU is done with a buffer; a time-out of 0 only asks.', done: '**The GPU is done** with the buffer: no fence on it is pending.', params: [fd('fd'), handle('handle'), number('timeout', Number.MAX_SAFE_INTEGER)], fn: 'glFinish' },
  { name: 'DRM_IOCTL_PANFROST_SUBMIT', docs: 'A GPU job: read(bo), write(bo, picture), one after the other; uses(handle) names a buffer that is read or written by address.', done: '**The job is queued.** The call does not wait for the GPU.', params: [fd('fd'), job], fn: 'jm_submit_jc' },
  { name: 'DRM_IOCTL_PANFROST_WAIT_BO', docs: 'Waits until the GPU is done with a buffer; a time-out of 0 only asks.', done: '**The GPU is done** with the buffer: no fence on it is pending.', params: [fd('fd'), handle('handle'), number('timeout', Number.MAX_SAFE_INTEGER)], fn: 'panfrost_bo_wait' },
] satisfies Call[]
