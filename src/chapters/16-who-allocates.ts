/** L14: not every buffer can be scanned out; the weakest device should allocate. */
import { chapter, unless, type Told } from './chapter.ts'
import { happens, stepsOf } from './looks.ts'

const plain = { scenario: 'display-imports', variant: 'V9', platform: 'rk3399' }
const behind = { ...plain, platform: 'rk3399-iommu' }
const imports = (told: Told): boolean => happens(told, 'import.contiguous')

export default chapter({
  lesson: 'L14',
  title: 'Who should allocate?',
  goal: 'choose the allocator from the weakest device.',
  recipes: [plain, behind],
  names: ['no IOMMU', 'behind an IOMMU'],
  beats: [
    { at: null, text: 'In the story of the thread the display makes the buffer and the GPU imports it. Here it is **the other way round**: the GPU allocates two pages, and the display is to take them. Two boards: one display stands alone, the other behind an [IOMMU].' },
    { at: 'allocated by the GPU', text: 'The [shmem helper] took any free pages. The machine has run for a while, so the two lie out of order. To the GPU that is nothing: its own tables can make one range of anything.' },
    { at: 'exported', text: 'The export tells nothing of this. The [dma-buf] is of the right size, and **where its pages lie is seen only by who maps them**.' },
    { at: { event: 'dmabuf.map', call: 'A.3' }, text: 'The display’s driver attaches, and gets an [sg_table] of two pieces. Behind the IOMMU they have been given addresses that follow one another. Without one they are where they are.' },
    { at: 'imported by the display', text: 'A display engine takes one address and reads on from there. Alone it must refuse: **`EINVAL` at `FD_TO_HANDLE`**, hazard H20. Behind the IOMMU the same two pages are one range, and the import works.' },
  ],
  question: {
    ask: 'the display allocates and the GPU imports, on the board without an IOMMU. Does that import work?',
    choices: { works: 'It works: what is in one piece suits the GPU as well', refused: '`EINVAL` again: an import is an import' },
    runs: [{ scenario: 'canonical', variant: 'V9', platform: 'rk3399' }],
    answer: ([run]) => (stepsOf(run!, 'trap.leave').some(({ fields, call }) => call === 'B.3' && fields.errno !== null) ? 'refused' : 'works'),
    otherwise: [{ scenario: 'canonical', variant: 'V2', platform: 'rk3399' }],
    why: 'The display’s buffer is in one piece, and a GPU with page tables takes anything. So one allocates where the needs are strictest. Mesa’s [renderonly] does it that way, and this is why imports are everywhere in this story.',
  },
  breakIt: { title: 'the same story with the display first', text: 'The buffer of the thread’s story beside the refused one: follow who allocates.', recipes: [{ scenario: 'canonical', variant: 'V9', platform: 'rk3399' }], at: 'imported' },
  sources: [
    { title: 'drm_gem_dma_prime_import_sg_table: one contiguous piece', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_gem_dma_helper.c' },
    { title: 'drm_prime_get_contiguous_size', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/drm_prime.c' },
    { title: 'Met in practice: ivi-homescreen 219', version: 'GitHub, 3 June 2026', url: 'https://github.com/toyota-connected/ivi-homescreen/issues/219' },
  ],
  check: ([alone, mapped]) => unless({
    'the pages are in two pieces': stepsOf(alone!, 'import.refused.scattered').some(({ fields }) => fields.entries === 2),
    'alone the display refuses them': !imports(alone!) && alone!.verdict.text === 'EINVAL at FD_TO_HANDLE',
    'behind an IOMMU they are one range': imports(mapped!) && mapped!.verdict.glyph === '✓',
  }),
})
