/** L09: the offset that mmap() wants on a device's node is a token, and who serves an import's mapping depends on kernel and driver. */
import { chapter, unless, type Told } from './chapter.ts'
import { happens, refusal, stepsOf } from './looks.ts'

const then = { scenario: 'canonical', variant: 'V1', platform: 'rk3399' }
const now = { ...then, variant: 'V9' }
const dumb = { ...then, variant: 'V14' }

const served = (told: Told): string => (happens(told, 'mmap.redirect') ? 'exporter' : 'importer')

export default chapter({
  lesson: 'L09',
  title: 'Two kinds of offset',
  goal: 'tell a fake offset from a place in a buffer, and say who serves the mapping of an import.',
  recipes: [then, now],
  beats: [
    { at: null, text: 'The last argument of `mmap()` is an offset, and there are two kinds of it here. On a [dma-buf|dma-buf mmap] it is a place in the buffer, from 0 on. On a device’s node it is a [fake offset]: **a token that says which object is meant**.' },
    { at: { event: 'offset.add', call: 'A.2' }, text: 'The compositor’s buffer gets its token as it is made: a range in a space of the device’s own, which begins at 4 GiB. **It is a number, and no place in a file.** Each device has such a space, so that two objects of two devices may have the same number.' },
    { at: 'night drawn', text: 'The compositor asked for the token with `MODE_MAP_DUMB` and mapped with it. The kernel looked for an object that begins exactly there, and whether this open file is on its [allow list].' },
    { at: { event: 'mmap.lookup', bench: 0, call: 'B.3' }, text: 'The client imports. The Mesa of 5.2 (V1) asks for the import’s token and maps it at once, as if it were a buffer of panfrost’s own: the [importer] puts the pages in at each [page fault], and **its exporter is never asked**.' },
    { at: 'imported', text: 'The import is an object of the GPU’s driver, with a token in the GPU’s space and with nothing behind it that is the GPU’s. **Should it be possible to map it there at all?** That was the thread’s question.' },
    { at: 'mapped', run: 1, text: 'Today (V9) the same call with the same kind of token comes to the importer and goes on to the [exporter]. The [VMA] has the dma-buf’s file from then on. **One interface, and two answers to who serves it.**' },
  ],
  question: {
    ask: 'the importer is a display that knows only dumb buffers. Its program asks for the token of its import with `MODE_MAP_DUMB`. What is the answer?',
    choices: { ok: 'A token, as for its own buffers', EINVAL: '`EINVAL`: not for an import', EACCES: '`EACCES`: the dma-buf is read-only' },
    runs: [dumb],
    answer: ([run]) => refusal(run!, 'B') ?? 'ok',
    otherwise: [now],
    why: 'That call refuses imports since August 2017, in a change by Noralf Trønnes. Calls of drivers’ own, as `MMAP_BO` of panfrost, do not; for a few days of 2019, in a tree that became no release, that one did.',
  },
  breakIt: { title: 'close the handle first', text: 'The token is still the right number, and there is no object any more that it stands for: `mmap()` says `EINVAL`.', recipes: [{ ...then, variant: 'V31' }, then], at: 'mapped' },
  sources: [
    { title: 'drm_vma_manager: the space of fake offsets', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_vma_manager.c' },
    { title: 'drm_gem_dumb_map_offset: reject dma-buf', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem.c' },
    { title: 'drm_gem_shmem_mmap: the redirect', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_gem_shmem_helper.c' },
    { title: 'Recorded: MAP_DUMB of an import', version: 'Linux 5.2.1', url: '#evidence&file=5.2.1/scenarios&sequence=thread/ro-export-shmem-to-shmem' },
  ],
  check: ([old, today]) => unless({
    'tokens begin at 4 GiB': [old!, today!].every((run) => stepsOf(run, 'offset.add', 'A.2').some(({ fields }) => fields.offset === 2 ** 32)),
    'in 5.2 the importer serves the mapping': served(old!) === 'importer' && happens(old!, 'mmap.lookup', 'B.3'),
    'today the exporter does': served(today!) === 'exporter',
    'asking for the token of an import is allowed in both': refusal(old!, 'B') === null && refusal(today!, 'B') === null,
  }),
})
