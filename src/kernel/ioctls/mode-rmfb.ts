/** DRM_IOCTL_MODE_RMFB: the number is forgotten, the buffer let go. The work is in framebuffer.ts. */
import { done, isFail } from '../fail.ts'
import { removeFramebuffer } from '../framebuffer.ts'
import { ioctl } from '../ioctl.ts'

export default ioctl<{ fb_id: number }>({
  name: 'DRM_IOCTL_MODE_RMFB',
  on: 'drm',
  run(k, file, { fb_id }) {
    const refused = removeFramebuffer(k, file, fb_id)
    return isFail(refused) ? refused : done(0)
  },
})
