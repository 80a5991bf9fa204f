/** The story with its end turned round: A gives everything back first, while B still has the mapping and draws through it. */
import { scenario } from '../machine/scenario.ts'
import { inEveryWay } from './_ways.ts'

export default scenario({
  id: 'canonical-hostile',
  title: 'The story, owner leaves first',
  why: 'The compositor closes everything while the client still has its mapping. The memory must stay until the last of them lets go: which reference keeps it?',
  picture: 'day',
  defaults: { exporter: 'E3' },
  ...inEveryWay(({ draws, exports, forgets, width, height, pitch, upTo, leave }) => `# The compositor leaves first; the client still has the buffer mapped and draws once more.
process compositor A {
${draws}  fb = drmModeAddFB(card, ${width}, ${height}, ${pitch}, bo)
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "night shown"
${exports}  landmark "exported"
  sendmsg(client, fd)
  close(fd)
  recv(client)
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "day shown"
  drmModeRmFB(card, fb)
${forgets}  close(card)
  landmark "owner gone"
  send(client)
}
process client B {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  fd = recvmsg(compositor)
  bo = gbm_bo_import(gpu, fd)
  close(fd)
  landmark "imported"
  px = gbm_bo_map(bo)
  landmark "mapped"
  fill(px, day${upTo})
${leave}  gbm_bo_unmap(bo)
  landmark "day drawn"
  glFlush(gpu, read(bo))
  glFinish(gpu, bo)
  landmark "read by the GPU"
  send(compositor)
  recv(compositor)
  load(px, 4)
  fill(px, night${upTo})
  landmark "drawn without an owner"
  gbm_bo_destroy(bo)
  close(gpu)
  landmark "all given back"
}
`),
})
