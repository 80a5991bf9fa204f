/** L01: a shared mapping is no shared memory where a device does not look into the CPU's cache. */
import { chapter, unless, type Told } from './chapter.ts'
import { seen, stepsOf } from './looks.ts'

const without = { scenario: 'canonical', variant: 'V20', platform: 'rk3399' }
const stale = (told: Told): boolean => seen(told, 'H1')
const onlyBegin = { ...without, variant: 'V21', skip: ['B.8:DMA_BUF_IOCTL_SYNC'] }

export default chapter({
  lesson: 'L01',
  title: 'Where did my pixels go?',
  goal: 'say what each party reads, step by step, if nobody brackets the CPU’s access.',
  recipes: [without, { ...without, variant: 'V21' }],
  beats: [
    { at: null, text: 'The buffer comes from a [dma-heap] now, and is mapped [cached]. GPU and display of this board see memory and not the CPU’s cache. One run leaves out [DMA_BUF_IOCTL_SYNC], the other makes it. **Both programs draw the same picture.**' },
    { at: 'imported', text: 'The heap maps a buffer for each device with care: it [clean]s the cache first. So whatever was drawn before the import is in memory, **and programs that only draw once never notice what they forget**.' },
    { at: { event: 'sync.begin', bench: 1 }, text: 'V21 says that it begins: START, for reading and writing. For every device that has the buffer mapped now, the heap [invalidate]s the CPU’s lines, so that the first load fetches what is in memory.' },
    { at: { event: 'store.bytes', call: 'B.6' }, text: 'The day is drawn. It lies in the cache, in 64 [dirty] [cache line]s. Memory still has the night. The process that drew it reads its own day back, and so would any other on this CPU: **the CPU cannot see that anything is missing.**' },
    { at: { event: 'cache.evict', call: 'B.7' }, text: 'By chance half of the lines leave the cache and land in memory. Hardware does this when it likes. That is why the fault looks like stripes, and why it heals by itself a moment later.' },
    { at: 'day drawn', text: 'V21 has said END, and the heap has cleaned the other half. V20 has said nothing: **32 lines of day are in the cache and nowhere else.**' },
    { at: 'read by the GPU', run: 0, text: 'The GPU has read memory. In V20 it got **32 lines of night**: stripes of the old picture in the new one. Each stripe is half a row, 64 bytes.' },
    { at: 'day shown', text: 'The display gets the same. Nothing has failed and no call has returned an error.' },
  ],
  question: {
    ask: 'the program makes the START and forgets the END. What does the GPU read?',
    choices: { right: 'The day: the bracket was opened', stripes: 'Stripes: half of it is still in the cache', night: 'The night, all of it' },
    runs: [onlyBegin],
    answer: ([run]) => (stale(run!) ? (run!.verdict.text.includes('64 of 64') ? 'night' : 'stripes') : 'right'),
    otherwise: [{ ...without, variant: 'V21' }],
    why: 'START forgets old lines, END writes new ones back. For a CPU that writes and a device that reads it is END that counts.',
  },
  breakIt: { title: 'leave the END out', text: 'The same program with START alone, beside the whole bracket.', names: ['START alone', 'START and END'], recipes: [onlyBegin, { ...without, variant: 'V21' }], at: 'read by the GPU' },
  sources: [
    { title: 'CPU access to DMA buffer objects', version: 'Linux 6.19, documentation', url: 'https://www.kernel.org/doc/html/v6.19/driver-api/dma-buf.html' },
    { title: 'system_heap_dma_buf_end_cpu_access', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/drivers/dma-buf/heaps/system_heap.c' },
    { title: 'Met in practice: xbmc 17561', version: 'GitHub, 26 March 2020', url: 'https://github.com/xbmc/xbmc/pull/17561' },
  ],
  check: ([bare, bracketed]) => unless({
    'without the bracket the GPU reads old lines': stale(bare!) && bare!.verdict.text.startsWith('the GPU read old pixels in 32 of 64'),
    'with it nobody does': !stale(bracketed!) && bracketed!.verdict.glyph === '✓',
    'END has cleaned half of the picture': stepsOf(bracketed!, 'cache.clean', 'B.8').some(({ fields }) => fields.written === 32),
    'a reader is wrong exactly if a line was stale': [bare!, bracketed!].every((run) => stale(run) === (run.verdict.glyph === '✗')),
  }),
})
