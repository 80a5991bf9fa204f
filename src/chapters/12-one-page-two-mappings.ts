/** L25: two mappings of one page with different attributes, and a CPU that does not agree with itself. */
import { chapter, unless, type Told } from './chapter.ts'
import { seen, stepsOf } from './looks.ts'

const recipe = { scenario: 'mismatched-alias', variant: 'V1', platform: 'rk3399', exporter: 'E2' }
/** How the page is mapped by the process, each way once. */
const ways = (told: Told): ReadonlySet<string> => new Set(stepsOf(told, 'pte.set').map(({ fields }) => fields.attr))
const missed = (told: Told): boolean => told.verdict.text === 'the CPU read past its own cache'

export default chapter({
  lesson: 'L25',
  title: 'One page, two mappings',
  goal: 'see what differing attributes of two mappings do, and why a mapping is the exporter’s business.',
  recipes: [recipe, { ...recipe, variant: 'V9' }],
  beats: [
    { at: null, text: 'A process maps one buffer twice: through the display’s node, where the [exporter] maps it [cached], and through the GPU’s node. In Linux 5.2 (V1) the [importer] serves the second one itself, [write-combined] whatever the exporter does. Today (V9) it asks the exporter.' },
    { at: 'night drawn', text: 'The night is drawn through the first mapping, and has left the cache for memory. **So far everybody agrees.**' },
    { at: 'mapped twice', text: 'Now there are two entries for the page. In V1 they differ in one field, the memory type, and that makes a [mismatched alias]. In V9 both are cached: the same attributes, since the same driver chose them.' },
    { at: { event: 'store.bytes', call: 'A.12' }, text: 'The day is drawn through the first mapping. It is in the cache, [dirty]; memory has the night. **A cached load would find the day.**' },
    { at: 'looked at', text: 'In V1 the process looks through the second mapping, past the cache, and reads night: **one process, one page, and what it has just written is not what it reads.** In V9 it reads the day.' },
  ],
  question: {
    ask: 'the same two mappings with different attributes on an x86 laptop. What does the process read?',
    choices: { night: 'The night: the rule is the same everywhere', day: 'The day: a core looks into its own cache there' },
    runs: [{ ...recipe, platform: 'x86-laptop' }],
    answer: ([run]) => (missed(run!) ? 'night' : 'day'),
    otherwise: [recipe],
    why: 'The laptop’s core snoops its own cache for such accesses, so the fault is hidden. Arm promises nothing of the kind.',
  },
  breakIt: { title: 'and with two processes', text: 'The same in the story of the thread: a heap’s cached buffer, mapped by msm’s own handler. The device sees the data, and a cached reader on the other side need not.', recipes: [{ scenario: 'canonical', variant: 'V22', platform: 'rk3399' }, { scenario: 'canonical', variant: 'V21', platform: 'rk3399' }], at: 'day drawn' },
  sources: [
    { title: 'drm_gem_mmap_obj: always write-combined', version: 'Linux 5.2', url: 'https://elixir.bootlin.com/linux/v5.2/source/drivers/gpu/drm/drm_gem.c' },
    { title: 'drm/shmem-helpers: Redirect mmap for imported dma-buf', version: '26d3ac3cb04d, Linux 5.9', url: 'https://git.kernel.org/linus/26d3ac3cb04d' },
    { title: 'msm_gem_object_mmap: write-combined to this day', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/gpu/drm/msm/msm_gem.c' },
  ],
  check: ([then, now]) => unless({
    'in 5.2 the page is mapped in two ways': ways(then!).size === 2,
    'and the process reads past its own cache': missed(then!) && seen(then!, 'H7'),
    'today it is mapped in one': ways(now!).size === 1,
    'and what is written is read': now!.verdict.glyph === '✓',
  }),
})
