/** Stores past the cache still wait in a core's write-combine buffer while a device reads the memory they are meant for. */
import { WORDS_PER_LINE } from '../base/brand.ts'
import { fill } from '../base/fill.ts'
import { WC_DATA, WC_ENTRY_WORDS, wcArea } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { NAMES, readOld } from './_old.ts'
import { baseOf, eachStretchRead, readerOf, seenAt, wordAt } from './_memory.ts'
import { GPU_BUFFER } from './_programs.ts'

interface Memory { readonly base: number; readonly cores: number }

/** Bytes that wait in all buffers, by line: which of its 64, and what. */
function waiting(world: Snapshot, cores: number): Map<number, { readonly core: number; has(byte: number): boolean; at(word: number): number }> {
  const found = new Map()
  for (let core = 0; core < cores; core++) {
    const area = wcArea(core)
    for (let at = 0; at < (world.words[area]?.length ?? 0); at += WC_ENTRY_WORDS) {
      const line = wordAt(world, area, at)
      if (line === 0) continue
      found.set(line - 1, {
        core,
        has: (byte: number) => ((wordAt(world, area, at + (byte < 32 ? 1 : 2)) >>> (byte & 31)) & 1) === 1,
        at: (word: number) => wordAt(world, area, at + WC_DATA + word),
      })
    }
  }
  return found
}

export default hazard<Memory>({
  id: 'write-combine-undrained',
  known: 'H5',
  title: 'The last stores have not left the core',
  facts: {
    sequence: 'Stores past the cache; a relaxed store rings the doorbell, or the device polls; the device reads.',
    bites: 'every ARM machine, and protocols in which a mapping stays',
    symptom: 'The last stores are missing.',
    fix: 'A barrier before the hand-over.',
    call: 'writel; dma_wmb; any submit ioctl',
    x86: 'partly: an uncached store drains; where the device polls, nothing does',
  },
  seenIn: { variant: 'V5', platform: 'rk3399' },
  program: `# The job is on its way already when the client draws once more, and nothing makes it wait: the GPU comes in between.
process client A {
${GPU_BUFFER}  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096))
  fill(px, day)
  landmark "drawn too late"
  close(gpu)
}
`,
  picks: [0, 1, 1],
  memory: header => ({ base: baseOf(header), cores: header.hardware.cores }),
  watch(step, world, { base, cores }) {
    const reader = readerOf(step)
    const buffered = reader && reader.who !== 'cpu' ? waiting(world, cores) : undefined
    if (!reader || reader.who === 'cpu' || !buffered?.size) return undefined
    const missed = new Set<number>()
    eachStretchRead(step, world, base, (first, seen) => {
      for (const [line, entry] of buffered) for (let word = Math.max(first, line * WORDS_PER_LINE); word < Math.min(first + seen.length, (line + 1) * WORDS_PER_LINE); word++) for (let byte = 0; byte < 4; byte++) {
        const shift = byte * 8
        if (entry.has((word % WORDS_PER_LINE) * 4 + byte) && ((entry.at(word % WORDS_PER_LINE) ^ seen[word - first]!) >>> shift & 0xff) !== 0) missed.add(line)
      }
    })
    if (missed.size === 0) return undefined
    const [first] = [...missed] as [number]
    return seenAt(world, base, [...missed], [reader.id], fill('{who} read {lines#a line|# lines} whose newest bytes were still in the write-combine buffer of core {core}', { who: NAMES[reader.who], lines: missed.size, core: buffered.get(first)!.core }), readOld(NAMES[reader.who]))
  },
})
