/** L20: an importer may use device addresses; the pages behind a buffer are not its own, and there may be none. */
import { chapter, unless, type Told } from './chapter.ts'
import { happens, stepsOf } from './looks.ts'

const looks = { scenario: 'canonical', variant: 'V23', platform: 'rk3399' }
const today = { ...looks, variant: 'V24' }
const dies = ({ verdict }: Told): boolean => verdict.text.startsWith('kernel oops')

export default chapter({
  lesson: 'L20',
  title: 'Not your pages',
  goal: 'say what an importer may touch: device addresses, and nothing else.',
  recipes: [looks, today],
  beats: [
    { at: null, text: 'The buffer lies in a [carve-out] this time: memory that was set aside at boot and that the kernel keeps no [struct page] for. Steven Price’s warning in the thread was about such a buffer: **only the exporter knows how to map it**.' },
    { at: 'night drawn', text: 'The [exporter]’s own mapping works. Its driver knows where the memory is.' },
    { at: 'imported', text: 'The import works too, in both. The [sg_table] has a device address for the piece, and that is all that the GPU needs. **Where it would name a page, it names none.**' },
    { at: 'mapped', text: 'And `mmap()` says ok in both. In Linux 5.2 (V23) the importer has promised to put in the pages itself, as soon as they are asked for. Today (V24) it has handed the mapping over.' },
    { at: { event: 'call.enter', call: 'B.6' }, text: 'The first store. In V24 the exporter answers for it. In V23 the importer’s fault handler takes a page from a list in which there is none: **the kernel stumbles, and the process is gone.**' },
    { at: 'day shown', run: 1, text: 'V24 shows the day; V23 the night that was there before. The other buffers of these chapters do have pages, so that the same code seems to be right: “works by accident”.' },
  ],
  question: {
    ask: 'msm, which serves its imports itself to this day, on a kernel of today: the buffer comes from a display’s ordinary contiguous memory. What happens at the first store?',
    choices: { oops: 'The same: the kernel stumbles', accident: 'It works, and the exporter was never asked', redirect: 'It works, through the exporter' },
    runs: [{ ...looks, variant: 'V12' }],
    answer: ([run]) => (dies(run!) ? 'oops' : happens(run!, 'mmap.redirect', 'B.5') ? 'redirect' : 'accident'),
    otherwise: [today],
    why: 'That memory has page structures, and both sides map it past the cache, so nothing shows. With a carve-out the same driver would stumble as V23 does.',
  },
  breakIt: { title: 'a memory of a graphics card', text: 'An importer whose memory manager ([TTM]) does not map foreign buffers at all: `mmap()` says ok, and the first access is answered with [SIGBUS].', recipes: [{ ...looks, variant: 'V13' }, today], at: 'mapped' },
  sources: [
    { title: 'drm_gem_shmem_fault: pages[] of an import', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem_shmem_helper.c' },
    { title: 'drm/shmem-helpers: Redirect mmap for imported dma-buf', version: '26d3ac3cb04d, Linux 5.9', url: 'https://git.kernel.org/linus/26d3ac3cb04d' },
    { title: 'ttm_bo_vm_fault: external objects', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/ttm/ttm_bo_vm.c' },
  ],
  check: ([inserts, redirects]) => unless({
    'both are mapped': [inserts!, redirects!].every((run) => happens(run, 'mmap.done', 'B.5') || happens(run, 'mmap.done', 'B.3')),
    'who looks for pages stumbles': dies(inserts!),
    'who hands the mapping over does not': redirects!.verdict.glyph === '✓' && happens(redirects!, 'mmap.redirect', 'B.5'),
    'the piece has no page': stepsOf(inserts!, 'dmabuf.map').some(({ changes }) => JSON.stringify(changes).includes('"page":null')),
  }),
})
