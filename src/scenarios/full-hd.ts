/** The story at the size of a real panel: 1920 × 1080 pixels, 2,025 pages, 129,600 lines. */
import { scenario } from '../machine/scenario.ts'

export default scenario({
  id: 'full-hd',
  title: 'The story in full HD',
  why: 'The same calls on a buffer of 1920 × 1080 pixels: 2,025 pages and 129,600 cache lines. Nothing is decided differently; there is only more of it to forget.',
  picture: 'day_1080p',
  large: true,
  defaults: { exporter: 'E3' },
  program: `# The compositor owns the display and shows night; the client draws day into the same buffer.
process compositor A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 1920, 1080, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(8294400, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, night_1080p)
  evict(px)  # hardware may do this at any time; no program asks for it
  munmap(px)
  landmark "night drawn"
  fb = drmModeAddFB(card, 1920, 1080, 7680, bo)
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "night shown"
  fd = gbm_bo_get_fd(card, bo)
  landmark "exported"
  sendmsg(client, fd)
  close(fd)
  recv(client)
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "day shown"
  drmModeRmFB(card, fb)
  drmModeDestroyDumbBuffer(card, bo)
  close(card)
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
  fill(px, day_1080p)
  evict(px, 8294400, 256, 128)  # two lines of every four leave the cache, by chance
  gbm_bo_unmap(bo)
  landmark "day drawn"
  glFlush(gpu, read(bo))
  glFinish(gpu, bo)
  landmark "read by the GPU"
  send(compositor)
  gbm_bo_destroy(bo)
  close(gpu)
}
`,
})
