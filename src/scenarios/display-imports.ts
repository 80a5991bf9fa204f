/** The other direction: the GPU allocates, the display imports. */
import { scenario } from '../machine/scenario.ts'
import { onEveryGpu } from './_gpus.ts'

export default scenario({
  id: 'display-imports',
  title: 'The other way round',
  why: 'The GPU takes any pages it gets; a display without an IOMMU reads one range of addresses. The machine has run for a while, so its free pages lie out of order: can the display take such a buffer?',
  picture: null,
  defaults: { exporter: 'E3' },
  ...onEveryGpu(({ makes }) => `# Giving two pages back and taking two again is enough to get them in another order.
process client B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  old = ${makes(8192)}
  drmCloseBufferHandle(gpu, old)
  bo = ${makes(8192)}
  landmark "allocated by the GPU"
  fd = gbm_bo_get_fd(gpu, bo)
  sendmsg(compositor, fd)
  close(fd)
  landmark "exported"
  recv(compositor)
  drmCloseBufferHandle(gpu, bo)
  close(gpu)
}
process compositor A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  fd = recvmsg(client)
  bo = drmPrimeFDToHandle(card, fd)
  landmark "imported by the display"
  close(fd)
  fb = drmModeAddFB(card, 32, 32, 128, bo)
  landmark "known to the display as a framebuffer"
  drmModeRmFB(card, fb)
  drmCloseBufferHandle(card, bo)
  close(card)
  send(client)
}
`),
})
