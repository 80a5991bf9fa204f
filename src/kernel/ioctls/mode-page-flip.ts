/** DRM_IOCTL_MODE_PAGE_FLIP: another framebuffer from the next frame on. Does not wait. The work is in crtc.ts. */
import { pageFlip } from '../crtc.ts'
import { ioctl } from '../ioctl.ts'

export default ioctl<{ fb_id: number }>({ name: 'DRM_IOCTL_MODE_PAGE_FLIP', on: 'drm', run: (k, file, { fb_id }) => pageFlip(k, file, fb_id) })
