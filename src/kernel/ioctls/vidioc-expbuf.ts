/** VIDIOC_EXPBUF: a buffer of the queue as a dma-buf; the flags decide the mode of its file. The work is in vb2-queue.ts. */
import { firstFd } from '../dma-buf.ts'
import { done, isFail } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { exportBuffer, type Export } from '../vb2-queue.ts'

export default ioctl<Export>({
  name: 'VIDIOC_EXPBUF',
  on: 'video',
  run(k, file, args) {
    const dmaBuf = exportBuffer(k, file, args)
    if (isFail(dmaBuf)) return dmaBuf
    const fd = firstFd(k, dmaBuf, args.flags.includes('O_CLOEXEC'))
    return isFail(fd) ? fd : done({ fd })
  },
})
