/** DRM_IOCTL_MODE_ADDFB: a number under which a display knows a buffer. The work is in framebuffer.ts. */
import { done, isFail } from '../fail.ts'
import { addFramebuffer, type FbArgs } from '../framebuffer.ts'
import { ioctl } from '../ioctl.ts'

export default ioctl<FbArgs>({
  name: 'DRM_IOCTL_MODE_ADDFB',
  on: 'drm',
  run(k, file, args) {
    const number = addFramebuffer(k, file, args)
    return isFail(number) ? number : done({ fb_id: number })
  },
})
