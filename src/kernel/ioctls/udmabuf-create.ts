/**
 * UDMABUF_CREATE: pages of a memory file as a dma-buf. The work is in exporters/udmabuf.ts.
 * Mirrors: udmabuf_ioctl_create. Leaves out: UDMABUF_CREATE_LIST.
 */
import { firstFd } from '../dma-buf.ts'
import { done, isFail } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { createUdmabuf, type UdmabufArgs } from '../exporters/udmabuf.ts'

export default ioctl<UdmabufArgs & { flags: readonly string[] }>({
  name: 'UDMABUF_CREATE',
  on: 'udmabuf',
  run(k, _file, args) {
    const dmaBuf = createUdmabuf(k, args)
    if (isFail(dmaBuf)) return dmaBuf
    const fd = firstFd(k, dmaBuf, args.flags.includes('UDMABUF_FLAGS_CLOEXEC'))
    return isFail(fd) ? fd : done({ fd })
  },
})
