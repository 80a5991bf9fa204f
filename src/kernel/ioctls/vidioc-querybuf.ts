/** VIDIOC_QUERYBUF: where a buffer of the queue can be mapped. The work is in vb2-queue.ts. */
import { done, isFail } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { queryBuffer } from '../vb2-queue.ts'

export default ioctl<{ type: string; index: number }>({
  name: 'VIDIOC_QUERYBUF',
  on: 'video',
  run(k, file, args) {
    const found = queryBuffer(k, file, args)
    return isFail(found) ? found : done(found)
  },
})
