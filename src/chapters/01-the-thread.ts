/** What happened in July 2019: who said what, what was merged, and what Linux and Mesa do today. */
import { answerOf, chapter, unless } from './chapter.ts'
import { happens, refusal } from './looks.ts'

const blocked = { scenario: 'canonical', variant: 'V2', platform: 'rk3399' }
const RFC = 'https://patchwork.freedesktop.org/patch/315426/'
const STEVEN = 'https://lists.freedesktop.org/archives/mesa-dev/2019-July/220999.html'
const ROB = 'https://lore.kernel.org/dri-devel/CAL_Jsq+fmjqdcQgSJ69O33BJH7AUWvb_YcbJNur+wSpd5VMNOA@mail.gmail.com/'

export default chapter({
  lesson: null,
  title: 'The thread of July 2019',
  goal: 'retell the thread: what broke, the three ways out that were named, and which of them was taken.',
  recipes: [blocked, { ...blocked, variant: 'V9' }],
  beats: [
    { at: null, text: 'A display that cannot draw and a GPU that has no display share one buffer. Mesa calls that [renderonly]: the display’s driver makes the buffer, the GPU’s driver imports it. The question of the thread is small: **how does the CPU get a pointer to it?** V2 is the kernel of that week, V9 that of today.' },
    { at: 'night shown', text: 'The compositor has made a [dumb buffer], drawn the night and shown it. **One buffer, one device: nobody argues about this.**' },
    { at: 'exported', text: 'It exports the buffer as a [dma-buf]. Mesa of 2019 passes [DRM_CLOEXEC] and nothing else, so the file behind the descriptor is read-only. **No driver inside Mesa passed [DRM_RDWR]**; of libdrm’s own libraries amdgpu and omap did.' },
    { at: { event: 'call.enter', call: 'B.3' }, text: 'The client’s Mesa imports it, and panfrost of that week maps every import at once, needed or not. In June a change by Steven Price had made `MMAP_BO` refuse imports, because only the [exporter] knows how its memory may be mapped. **[On 2 July Rob Herring reports](https://lore.kernel.org/dri-devel/CAL_Jsq+fmjqdcQgSJ69O33BJH7AUWvb_YcbJNur+wSpd5VMNOA@mail.gmail.com/) that Mesa breaks.**' },
    { at: 'imported', text: 'With V2 the answer was `EINVAL`, Mesa’s assertion failed, and the process is gone. On 3 July [Boris Brezillon proposes](https://patchwork.freedesktop.org/patch/315426/) to **export for reading and writing everywhere**, so that an importer can map the dma-buf itself ([V5](#scenario=canonical&variants=V4,V5&platform=rk3399&step=0)).' },
    { at: { event: 'call.enter', call: 'B.5', bench: 1 }, text: '[Steven Price answers](https://lists.freedesktop.org/archives/mesa-dev/2019-July/220999.html): mapping the dma-buf is always safe; or the kernel may hand the mapping over, as Arm’s own driver does. **Rob Herring: mapping an import through its own node is not illegal, but it should end at the exporter.** He adds that the drivers do not do so. etnaviv did, in Linux 5.2 already.' },
    { at: 'mapped', text: 'What V9 does here was built a year later: the importer’s node hands over to the exporter. **Nothing of it was merged in 2019.** Rob Herring reverted the refusal on 3 July; on 7 August Sean Paul took the reverts back for want of a review, and [made them again with one](https://lore.kernel.org/dri-devel/20190807145253.2037-1-sean@poorly.run/).' },
    { at: 'day drawn', text: 'Daniel Vetter had asked **why Mesa maps imports at all**. [Alyssa Rosenzweig named one reason](https://lore.kernel.org/dri-devel/20190703160729.GA3948@kevin/), a colour conversion in software. Two weeks later Mesa’s panfrost mapped [its own buffers on first use only](https://gitlab.freedesktop.org/mesa/mesa/-/commit/c6b59db5b43); imports it went on mapping at once [until April 2022](https://gitlab.freedesktop.org/mesa/mesa/-/commit/5da8c280b74).' },
    { at: 'day shown', text: 'Today both are there. **Linux 5.9 redirects** in the [shmem helper] (Daniel Vetter, 2020), and Mesa passes [DRM_RDWR], driver by driver, since the release in which somebody needed it; panfrost since 25.1.0 of May 2025.' },
  ],
  question: {
    ask: 'the kernel of that week, and an export with `DRM_RDWR`, as the RFC proposes. panfrost still calls `MMAP_BO` for its import. What does it get?',
    choices: { works: 'An offset: the file may be written now', einval: '`EINVAL`, as before', eacces: '`EACCES` at `mmap()`' },
    runs: [{ ...blocked, variant: 'V3' }],
    answer: ([run]) => refusal(run!, 'B')?.toLowerCase() ?? 'works',
    otherwise: [{ ...blocked, variant: 'V10' }],
    why: '`MMAP_BO` looks at [import_attach] and at nothing else. The mode of the dma-buf’s file matters only to who maps that file: the RFC needs a Mesa that does so, which was written, and not posted with it.',
  },
  breakIt: {
    title: 'the RFC’s own path, without the RFC', text: 'Map the dma-buf itself, with the export as Mesa had it and as the RFC has it. That is the comparison this page opens with.',
    recipes: [{ ...blocked, variant: 'V4' }, { ...blocked, variant: 'V5' }], at: 'mapped',
  },
  sources: [
    { title: 'Rob Herring: Mesa maps every import and breaks', version: 'mail, 2 July 2019', url: ROB },
    { title: 'Boris Brezillon: mesa: Export BOs in RW mode', version: 'mail 20190703133357.10217-1, 3 July 2019', url: RFC },
    { title: 'Steven Price: two ways out, and the patch', version: 'mail to mesa-dev, 3 July 2019', url: STEVEN },
    { title: 'drm/gem: rename drm_gem_dumb_map_offset() to drm_gem_map_offset()', version: '220df83a5394, June 2019', url: 'https://git.kernel.org/linus/220df83a5394' },
    { title: 'drm/panfrost: use drm_gem_map_offset()', version: '583bbf46133c, June 2019', url: 'https://git.kernel.org/linus/583bbf46133c' },
    { title: 'Revert "drm/panfrost: Use drm_gem_map_offset()"', version: 'be855382bacb, July 2019', url: 'https://git.kernel.org/linus/be855382bacb' },
    { title: 'Revert "drm/gem: Rename drm_gem_dumb_map_offset() to drm_gem_map_offset()"', version: '415d2e9e0757, 3 July 2019', url: 'https://git.kernel.org/linus/415d2e9e0757' },
    { title: 'panfrost_drm_import_bo: always mapped', version: 'Mesa 243db4980c7, 3 July 2019', url: 'https://gitlab.freedesktop.org/mesa/mesa/-/blob/243db4980c7/src/gallium/drivers/panfrost/pan_drm.c' },
    { title: 'drm/shmem-helpers: Redirect mmap for imported dma-buf', version: '26d3ac3cb04d, Linux 5.9', url: 'https://git.kernel.org/linus/26d3ac3cb04d' },
    { title: 'pan/kmod: set DRM_RDWR for exported dma-bufs', version: 'Mesa 25.1.0', url: 'https://docs.mesa3d.org/relnotes/25.1.0.html' },
  ],
  check: ([then, now]) => unless({
    'that week’s kernel refuses MMAP_BO of an import with EINVAL': then!.verdict.text.startsWith('EINVAL at MMAP_BO'),
    'Mesa ends there': happens(then!, 'mesa.abort'),
    'today’s hands the mapping over': happens(now!, 'mmap.redirect'),
    'and it works': now!.verdict.glyph === '✓' && answerOf(now!, 'mmap', 'B.5') === 'ok',
  }),
})
