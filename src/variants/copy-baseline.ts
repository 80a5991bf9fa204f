/** V27: nothing is shared but plain memory, and the owner copies. */
import { variant } from '../machine/variant.ts'

const CANONICAL = `# The client draws into plain memory; the compositor copies the picture into its own buffer.
process compositor A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, night)
  evict(px)  # hardware may do this at any time; no program asks for it
  landmark "night drawn"
  fb = drmModeAddFB(card, 32, 32, 128, bo)
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "night shown"
  fd = recvmsg(client)
  shm = mmap(4096, PROT_READ, MAP_SHARED, fd)
  close(fd)
  recv(client)
  memcpy(px, shm)
  landmark "copied"
  munmap(shm)
  munmap(px)
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "day shown"
  drmModeRmFB(card, fb)
  drmModeDestroyDumbBuffer(card, bo)
  close(card)
  landmark "all given back"
}
process client B {
  fd = memfd_create("wl_shm", MFD_CLOEXEC)
  ftruncate(fd, 4096)
  sendmsg(compositor, fd)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd)
  close(fd)
  landmark "mapped"
  fill(px, day)
  evict(px, 4096, 256, 128)  # two lines of every four leave the cache, by chance
  landmark "day drawn"
  send(compositor)
  munmap(px)
}
`

export default variant({
  number: 'V27', id: 'copy-baseline', title: 'copy, nothing shared', group: 'Ways around',
  why: 'What all the sharing is to save: the client draws into plain memory, the compositor copies it into the buffer that it shows. Always right, because each CPU reads and writes through mappings of its own; and every frame is copied.',
  who: 'every Wayland client that uses wl_shm; gbm_bo_map with a staging copy', where: 'every kernel and every compositor', from: 'Wayland 1.0, 2012',
  sources: [{ title: 'wl_shm', version: 'Wayland 1.19.0', url: 'https://gitlab.freedesktop.org/wayland/wayland/-/blob/1.19.0/protocol/wayland.xml' }],
  parts: { flags: 'F0', path: 'N', kernel: 'K52', importer: 'panfrost' },
  shows: 'memfd_create(…), no export',
  scenarios: ['canonical'],
  program: (text, scenario) => (scenario === 'canonical' ? CANONICAL : text),
})
