/** Counters, step by step: create, export, send, import, map, unmap, close. No pictures, no framebuffer. */
import { scenario } from '../machine/scenario.ts'
import { onEveryGpu } from './_gpus.ts'

export default scenario({
  id: 'appendix-a',
  title: 'Counters of one share',
  why: 'Who holds what after every step: references of both objects, page uses, and of the dma-buf\'s file. The importer maps through its node.',
  picture: null,
  defaults: { exporter: 'E1' },
  ...onEveryGpu(({ offset }) => `# Every landmark is a row of the table of counters.
process owner A {
  recv(user)
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  landmark "0 created"
  fd = gbm_bo_get_fd(card, bo)
  landmark "1 exported"
  sendmsg(user, fd)
  close(fd)
  recv(user)
  drmModeDestroyDumbBuffer(card, bo)
  landmark "8 owner closed the handle"
  send(user)
  close(card)
}
process user B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  send(owner)
  fd = recvmsg(owner)
  landmark "2 received"
  bo = drmPrimeFDToHandle(gpu, fd)
  landmark "3 imported"
  close(fd)
  landmark "4 descriptor closed"
  off = ${offset}
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  landmark "5 mapped"
  munmap(px)
  landmark "6 unmapped"
  drmCloseBufferHandle(gpu, bo)
  landmark "7 user closed the handle"
  send(owner)
  recv(owner)
  close(gpu)
}
`),
})
