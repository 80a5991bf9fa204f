/** L18: on hardware that keeps caches in step, whole steps of the protocol are nothing, and forgetting them cannot be seen. */
import { chapter, unless, type Told } from './chapter.ts'
import { happens, stepsOf } from './looks.ts'

const board = { scenario: 'canonical', variant: 'V20', platform: 'rk3399' }
/** How often the DMA API looked after caches when it was asked to. */
const maintained = (told: Told): number => stepsOf(told, 'dma.sync').length

export default chapter({
  lesson: 'L18',
  title: 'It works on x86',
  goal: 'list the steps that do nothing on coherent hardware, and so are never tested there.',
  recipes: [board, { ...board, platform: 'x86-laptop' }],
  names: ['RK3399 board', 'x86 laptop'],
  beats: [
    { at: null, text: 'One program with a mistake in it, the missing bracket, on two machines: a board whose devices see memory alone, and a laptop whose GPU [snoops|snoop]. **The program is the same byte for byte.**' },
    { at: 'imported', text: 'On the board the heap [clean]ed the cache for each device that mapped the buffer. On the laptop the same code asked the same function, which knows that this device needs nothing: **the step is there, and changes no state**.' },
    { at: 'day drawn', text: 'Half of the day lies [dirty] in the CPU’s cache, on both machines. Memory is equally out of date on both.' },
    { at: { event: 'cache.snoop', bench: 1 }, text: 'On the laptop the GPU’s read looks into the CPU’s cache on its way, and finds the newest lines there. On the board it does not.' },
    { at: 'read by the GPU', run: 0, text: 'The board’s GPU has read stripes of night, the laptop’s the day. **The mistake was made on both; one of them shows it.**' },
    { at: 'day shown', run: 1, text: 'Here the display of the laptop shows the day as well, for the GPU’s look has written the lines back. Had nobody looked, its display would have read memory: this one does not snoop (hazard H14).' },
  ],
  question: {
    ask: 'the same program on an Arm Juno board: there the GPU looks into the CPU’s cache and the display does not. What goes wrong?',
    choices: { nothing: 'Nothing: the GPU saw everything', gpu: 'The GPU reads stripes', display: 'The GPU reads the day, and the display shows stripes' },
    runs: [{ ...board, platform: 'juno' }],
    answer: ([run]) => (run!.verdict.glyph === '✓' ? 'nothing' : run!.verdict.text.startsWith('the GPU') ? 'gpu' : 'display'),
    otherwise: [board],
    why: 'Coherence is a property of each device’s way to memory and not of a machine. A screenshot made by the GPU would show nothing wrong.',
  },
  breakIt: { title: 'the bracket, on the board', text: 'What the laptop has not told: with the bracket the board is right as well.', recipes: [{ ...board, variant: 'V21' }, board], at: 'read by the GPU' },
  sources: [
    { title: 'dev_is_dma_coherent', version: 'Linux 6.19', url: 'https://elixir.bootlin.com/linux/v6.19/source/include/linux/dma-map-ops.h' },
    { title: 'arch_sync_dma_for_device', version: 'Linux 6.19, arm64', url: 'https://elixir.bootlin.com/linux/v6.19/source/arch/arm64/mm/dma-mapping.c' },
  ],
  check: ([nc, x86]) => unless({
    'the board maintains caches': maintained(nc!) > 0 && !happens(nc!, 'dma.coherent'),
    'the laptop leaves them alone': maintained(x86!) === 0 && happens(x86!, 'dma.coherent'),
    'the steps that are nothing change nothing': stepsOf(x86!, 'dma.coherent').every(({ changes, words }) => changes.length === 0 && words.length === 0),
    'the mistake shows on the board alone': nc!.verdict.glyph === '✗' && x86!.verdict.glyph === '✓',
  }),
})
