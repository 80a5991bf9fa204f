/** A process stores before its bracket begins. The beginning makes the cache forget the lines, and with them what was stored. */
import { WORDS_PER_LINE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { CPU_DATA, CPU_LINE, DIRTY, INVALID } from '../journal/areas.ts'
import { hazard, type Past } from '../journal/hazard.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { is, type Step } from '../journal/step.ts'
import { bracketsFrom } from './_brackets.ts'
import { frameOfLine, seenAt, wordAt } from './_memory.ts'
import { byProcess, inMemory } from './_old.ts'
import { GPU_LOOKS, HEAP_BUFFER, NIGHT_IN_BRACKET } from './_programs.ts'

/** Dirty lines that were forgotten in this step with the newest bytes in them, a process's, and none of those are in memory. */
function linesLost(step: Step, world: Snapshot, past: Past): number[] {
  const lost = (line: number): boolean => Array.from({ length: WORDS_PER_LINE }, (_, i) => line * WORDS_PER_LINE + i)
    .some(word => !inMemory(world, past, word) && byProcess(past, word) && wordAt(world, CPU_DATA, word) === (past.truth.value[word] ?? 0))
  return step.words.flatMap(({ area, at, from, to }) => (area === CPU_LINE ? [...to.keys()].filter(i => from[i] === DIRTY && to[i] === INVALID).map(i => at + i) : [])).filter(lost)
}

export default hazard<ReturnType<typeof bracketsFrom>>({
  id: 'written-before-begin',
  known: 'H11',
  title: 'Stored before the bracket, forgotten by its beginning',
  facts: {
    sequence: 'The CPU stores through a cached mapping; then DMA_BUF_SYNC_START with RW.',
    bites: 'devices that do not look into the CPU\'s caches, on cores that do not clean a line before they invalidate it',
    symptom: 'What the CPU drew is gone, sometimes.',
    fix: 'Store inside the bracket only.',
    call: 'the order: SYNC_START, stores, SYNC_END',
    x86: 'hidden: there is nothing to invalidate',
  },
  seenIn: { variant: 'V21', platform: 'rk3399' },
  program: `# Day is drawn one line too early.
process client A {
${HEAP_BUFFER}${NIGHT_IN_BRACKET}  landmark "night drawn"
  fill(px, day)
  evict(px, 4096, 256, 128)  # two lines of every four have left the cache already, by chance
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_START | DMA_BUF_SYNC_RW)
  DMA_BUF_IOCTL_SYNC(fd, DMA_BUF_SYNC_END | DMA_BUF_SYNC_RW)
  landmark "day drawn"
${GPU_LOOKS}}
`,
  memory: bracketsFrom,
  watch(step, world, { base, brackets }, past) {
    brackets.follow(step, world)
    if (!is(step, 'cache.invalidate') || step.fields.agent !== 'cpu') return undefined
    const bracket = brackets.beginning(step)
    const lines = bracket ? linesLost(step, world, past).filter(line => bracket.frames.has(frameOfLine(line))) : []
    if (lines.length === 0) return undefined
    return seenAt(world, base, lines, [bracket!.dmaBuf, bracket!.task as `task:${string}`], fill('{lines#a line|# lines} with the newest bytes {lines#was|were} forgotten as the bracket began: they were stored before it, and are nowhere now', { lines: lines.length }), 'what the CPU drew is lost')
  },
})
