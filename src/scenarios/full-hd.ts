/** The story at the size of a real panel: 1920 × 1080 pixels, 2,025 pages, 129,600 lines. */
import { scenario } from '../machine/scenario.ts'
import { story } from './canonical.ts'

export default scenario({
  id: 'full-hd',
  title: 'The story in full HD',
  why: 'The same calls on a buffer of 1920 × 1080 pixels: 2,025 pages and 129,600 cache lines. Nothing is decided differently; there is only more of it to forget.',
  picture: 'day_1080p',
  large: true,
  defaults: { exporter: 'E3' },
  program: story({
    width: 1920, height: 1080, pitch: 7680, upTo: '_1080p',
    draws: `  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 1920, 1080, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(8294400, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, night_1080p)
  evict(px)  # hardware may do this at any time; no program asks for it
  munmap(px)
  landmark "night drawn"
`,
    exports: '  fd = gbm_bo_get_fd(card, bo)\n',
    leave: '  evict(px, 8294400, 256, 128)  # two lines of every four leave the cache, by chance\n',
    forgets: '  drmModeDestroyDumbBuffer(card, bo)\n',
  }),
})
