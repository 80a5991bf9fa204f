/** What became of it: reverts, the redirect of 2020 and its bugs, Mesa release by release. */
import { chapter, unless, type Told } from './chapter.ts'
import { at, happens, imported } from './looks.ts'

const then = { scenario: 'canonical', variant: 'V1', platform: 'rk3399' }
const now = { ...then, variant: 'V9' }
/** What serves the client's mapping when it is made: its file's kind. */
const fileOf = ({ journal }: Told): string | null => {
  const snapshot = at(journal, 'mapped')
  const vma = snapshot && [...snapshot.records].find(([id]) => id.startsWith('vma:B.'))?.[1] as { file: string } | undefined
  return vma ? String((snapshot!.records.get(vma.file as never) as { kind?: string } | undefined)?.kind ?? '') : null
}

export default chapter({
  lesson: null,
  title: 'What really happened afterwards',
  goal: 'name what was reverted, what was merged and when, and in which releases it can be had.',
  recipes: [then, now],
  beats: [
    { at: null, text: 'V1 is what people had: Linux 5.2, where the importer [puts in the exporter’s pages itself](#evidence&file=5.2.1/scenarios&sequence=thread/ro-export-shmem-to-shmem). The refusal of June 2019 ([583bbf46133c](https://git.kernel.org/linus/583bbf46133c)) was in no release: [reverted on 3 July](https://git.kernel.org/linus/be855382bacb), and [once more, reviewed, on 7 August](https://lore.kernel.org/dri-devel/20190807145253.2037-1-sean@poorly.run/). **V9 is what came in its place.**' },
    { at: 'exported', text: 'Mesa’s side took years. [anv](https://gitlab.freedesktop.org/mesa/mesa/-/commit/df76963a5cd) exports with [DRM_RDWR] since 20.2.5, [iris](https://gitlab.freedesktop.org/mesa/mesa/-/commit/b74898ef699) since 21.1.1 because Chromium maps in another process, [freedreno](https://gitlab.freedesktop.org/mesa/mesa/-/commit/ef325d46503) since 22.0.0, **[panfrost](https://docs.mesa3d.org/relnotes/25.1.0.html) and etnaviv since 25.1.0 of May 2025**.' },
    { at: 'imported', text: 'Nor does Mesa’s panfrost map every import any more. Buffers of its own it maps on first use only [since July 2019](https://gitlab.freedesktop.org/mesa/mesa/-/commit/c6b59db5b43); **what it imports, [since April 2022](https://gitlab.freedesktop.org/mesa/mesa/-/commit/5da8c280b74)**, in Mesa 22.1. The mapping that broke in 2019 was made at every import for three years more.' },
    { at: { event: 'mmap.redirect', bench: 1 }, text: 'In May 2020 Daniel Vetter had the [shmem helper] [hand the mapping over](https://git.kernel.org/linus/26d3ac3cb04d); it came with Linux 5.9. It is the thread’s idea at another place: in a helper of the driver, which knows whether it is called for an import. **The [redirect] does not ask in which mode the dma-buf is open.**' },
    { at: 'mapped', text: 'In September 2020 [Christian König proposed to take it back](https://lore.kernel.org/dri-devel/20200914132920.59183-2-christian.koenig@amd.com/), since a mapping with another file escapes [shoot-down]. **Nothing was reverted**; the counts of both files were put right instead, in [vma_set_file](https://git.kernel.org/linus/295992fb815e).' },
    { at: 'day drawn', text: 'It had bugs of its own. The core [overwrote what the exporter had set](https://git.kernel.org/linus/f49a51bfdc8e), mended in October 2020; exporters without operations of their own [inherited the importer’s](https://git.kernel.org/linus/07dd476f6116), mended in July 2023. etnaviv, which had redirected all along, [leaked a reference per map](https://git.kernel.org/linus/963b2e8c428f) until 6.3.' },
    { at: 'day shown', text: 'It never became a rule of the core. **msm serves its imports itself [to this day](https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/msm/msm_gem.c)**, and so does [the helper for contiguous memory](https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_gem_dma_helper.c), where nobody is told an offset.' },
  ],
  question: {
    ask: 'a Mesa of 2019, which exports without `DRM_RDWR`, on a Linux of today; panfrost maps its import. Does it get a writable mapping?',
    choices: { no: 'No: `EACCES`, the dma-buf is read-only', yes: 'Yes, and the exporter serves it', accident: 'Yes, but the importer puts in the pages' },
    runs: [now],
    answer: ([run]) => (run!.verdict.glyph === '✗' ? 'no' : happens(run!, 'mmap.redirect', 'B.5') ? 'yes' : 'accident'),
    otherwise: [then],
    why: 'The kernel’s change alone mends the old Mesa, and [6.1 was recorded](#evidence&file=6.1.192/same-on-6.1&sequence=thread/ro-export-shmem-to-shmem) doing so. The RFC’s change alone would have needed a new Mesa and no new kernel. Both came, and neither needs the other.',
  },
  breakIt: { title: 'a driver that never changed', text: '[msm on a kernel of today](https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/msm/msm_gem.c), beside panfrost. Both work here; only one of them has asked the exporter.', recipes: [{ ...then, variant: 'V12' }, now], at: 'mapped' },
  sources: [
    { title: 'drm/shmem-helpers: Redirect mmap for imported dma-buf', version: '26d3ac3cb04d, Linux 5.9', url: 'https://git.kernel.org/linus/26d3ac3cb04d' },
    { title: 'Fix dma_buf_mmap forwarding bug', version: 'f49a51bfdc8e, October 2020', url: 'https://git.kernel.org/linus/f49a51bfdc8e' },
    { title: 'mm: introduce vma_set_file function', version: '295992fb815e, Linux 5.11', url: 'https://git.kernel.org/linus/295992fb815e' },
    { title: 'Reset vma->vm_ops before calling dma_buf_mmap()', version: '07dd476f6116, July 2023', url: 'https://git.kernel.org/linus/07dd476f6116' },
    { title: 'drm/etnaviv: fix reference leak when mmaping imported buffer', version: '963b2e8c428f, Linux 6.3-rc5', url: 'https://git.kernel.org/linus/963b2e8c428f' },
    { title: 'The read-only export, mapped through a node', version: 'recorded on Linux 5.2.1', url: '#evidence&file=5.2.1/scenarios&sequence=thread/ro-export-shmem-to-shmem' },
    { title: 'drm_gem_shmem_mmap', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_gem_shmem_helper.c' },
  ],
  check: ([old, today]) => unless({
    'in 5.2 the mapping is that of the importer’s node': fileOf(old!) === 'drm' && !happens(old!, 'mmap.redirect'),
    'today it is that of the dma-buf': fileOf(today!) === 'dmabuf' && happens(today!, 'mmap.redirect', 'B.5'),
    'both work': old!.verdict.glyph === '◐' && today!.verdict.glyph === '✓',
    'there is an import in both': [old!, today!].every(({ journal }) => imported(at(journal, 'imported')) !== undefined),
  }),
})
