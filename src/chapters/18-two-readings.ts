/** L15: bytes have no layout; who reads them brings one along. */
import { DISPLAY_SHOWN, DRAM, wordOf } from '../journal/areas.ts'
import { framesOf } from '../journal/buffer-pages.ts'
import { all } from '../journal/snapshot.ts'
import { answerOf, chapter, unless, type Told } from './chapter.ts'
import { at } from './looks.ts'

/** `fb`: width, height and bytes a row, as the display is told them. The picture is drawn 32 pixels a row. */
const program = (...fb: readonly [width: number, height: number, pitch: number]): string => `# A picture is drawn 32 pixels a row; the display is told how it has to read it.
process owner A {
  card = open("/dev/dri/card0", O_RDWR | O_CLOEXEC)
  bo = drmModeCreateDumbBuffer(card, 32, 32, 32)
  off = drmModeMapDumbBuffer(card, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, card, off)
  fill(px, day)
  landmark "drawn"
  fb = drmModeAddFB(card, ${fb.join(', ')}, bo)
  landmark "described"
  drmModePageFlip(card, fb)
  drmHandleEvent(card)
  landmark "shown"
  drmModeRmFB(card, fb)
  landmark "forgotten"
}
`
const of = (...fb: readonly [number, number, number]) => ({ scenario: 'appendix-a', variant: 'V9', platform: 'rk3399', exporter: 'E3', program: program(...fb) })
const right = of(32, 32, 128)
const slanted = of(30, 34, 120)
const halved = of(32, 16, 256)
const beyond = of(32, 33, 128)

const ROW = 32
/** What lies in the buffer when it is shown, by word. */
function drawn({ journal }: Told): Uint32Array {
  const snapshot = at(journal, 'shown')!
  const [frame] = framesOf(snapshot, journal.header.firstPfn, all(snapshot, 'gem')[0]![0])
  return snapshot.words[DRAM]!.subarray(wordOf(frame!), wordOf(frame!) + ROW * ROW)
}
/** Whether the panel shows what was drawn, row by row, or every `nth` row of it. */
function shows(told: Told, nth = 1): boolean {
  const snapshot = at(told.journal, 'shown')
  const [crtc] = snapshot ? all(snapshot, 'crtc').map(([, each]) => each).filter(({ frames }) => frames > 0) : []
  if (!snapshot || !crtc) return false
  const [picture, panel] = [drawn(told), snapshot.words[DISPLAY_SHOWN]!]
  const rows = Array.from({ length: Math.min(crtc.height, Math.floor(ROW / nth)) }, (_, y) => y)
  return rows.every((y) => Array.from({ length: Math.min(crtc.width, ROW) }, (_, x) => x).every((x) => panel[y * crtc.width + x] === picture[y * nth * ROW + x]))
}

export default chapter({
  lesson: 'L15',
  title: 'Two readings of one page',
  goal: 'see what a layout is, and say what it means when nobody tells it.',
  recipes: [right, slanted],
  names: ['128 bytes a row', '120 bytes a row'],
  beats: [
    { at: null, text: 'A buffer is a row of bytes. That it is a picture, and how its rows lie, **is written nowhere in it**: who draws has one layout in mind, who shows is told one, and nobody compares the two.' },
    { at: 'drawn', text: 'The day is drawn, 32 pixels a row, 128 bytes. Both runs have the same 4,096 bytes in the same page, and the [GEM object] knows its size and no more.' },
    { at: 'described', text: 'The display is told how to read. First: 32 × 32, a [pitch] of 128. Second: 30 × 34, a pitch of 120. **Both are accepted**, since both fit into the buffer, and that is all that the kernel can check.' },
    { at: 'shown', run: 1, text: 'The first shows the day. The second shows **the same bytes, slanted**: the second row begins two pixels too early, the third four. A picture that leans is a wrong pitch; whoever has seen it once knows it again.' },
    { at: 'forgotten', text: 'The description goes with the framebuffer; the bytes stay. GPUs lay out pixels in tiles, or compress them. Then a wrong reading is no slant but noise. Such layouts have a number, the [modifier]: **0 says linear, and `DRM_FORMAT_MOD_INVALID` says that nobody has told**, not the other way round. The display of this model reads linear pictures only.' },
  ],
  question: {
    ask: 'the display is told 32 × 16 pixels, and 256 bytes a row. What comes of it?',
    choices: { refused: '`AddFB` refuses: the rows are not so long', half: 'Every second row of the picture', noise: 'Noise: no row begins where one was drawn' },
    runs: [halved],
    answer: ([run]) => (answerOf(run!, 'drmModeAddFB') !== 'ok' ? 'refused' : shows(run!, 2) ? 'half' : 'noise'),
    otherwise: [beyond],
    why: 'Two rows are taken for one, and the second half of each lies beyond the width. Interlaced video is read like that on purpose. A description that does not fit into the buffer is the only one that is refused.',
  },
  breakIt: { title: 'read every second row', text: 'Nothing in the buffer has changed. Beside it the description that the painter had in mind.', recipes: [halved, right], names: ['256 bytes a row', '128 bytes a row'], at: 'shown' },
  sources: [
    { title: 'drm_gem_fb_init_with_funcs: what is checked', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_gem_framebuffer_helper.c' },
    { title: 'DRM_FORMAT_MOD_LINEAR, DRM_FORMAT_MOD_INVALID', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/include/uapi/drm/drm_fourcc.h' },
    { title: 'Exchanging pixel buffers', version: 'Linux 6.19, documentation', url: 'https://www.kernel.org/doc/html/v6.19/userspace-api/dma-buf-alloc-exchange.html' },
    { title: 'Met in practice: EGL-Registry 78', version: 'GitHub, 12 March 2019', url: 'https://github.com/KhronosGroup/EGL-Registry/pull/78' },
  ],
  check: ([as, other]) => unless({
    'both descriptions are accepted': [as!, other!].every((run) => answerOf(run, 'drmModeAddFB') === 'ok'),
    'the same bytes lie in both buffers': drawn(as!).every((word, i) => word === drawn(other!)[i]),
    'the panel shows the picture exactly if it reads it as it was drawn': shows(as!) && !shows(other!),
  }),
})
