/** The story of the thread: A allocates and shows night, B draws day through an import, the GPU reads, the display shows, all is given back. */
import { scenario } from '../machine/scenario.ts'
import { inEveryWay, type Pieces } from './_ways.ts'

export const story = ({ draws, exports, forgets, width, height, pitch, upTo, leave }: Pieces): string => `# The compositor owns the display and shows night; the client draws day into the same buffer.
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
  landmark "all given back"
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
  gbm_bo_destroy(bo)
  close(gpu)
}
`

export default scenario({
  id: 'canonical',
  title: 'The story, July 2019',
  why: 'One buffer, two processes, two devices. The question of the thread is one line of it: how does the client get a pointer to write through?',
  picture: 'day',
  defaults: { exporter: 'E3' },
  ...inEveryWay(story),
})
