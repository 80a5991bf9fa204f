/** VIDIOC_REQBUFS: so many buffers for the queue of a video device. The work is in vb2-queue.ts. */
import { done, isFail } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { requestBuffers } from '../vb2-queue.ts'

export default ioctl<{ count: number; type: string; memory: string }>({
  name: 'VIDIOC_REQBUFS',
  on: 'video',
  run(k, file, args) {
    const count = requestBuffers(k, file, args)
    return isFail(count) ? count : done({ count })
  },
})
