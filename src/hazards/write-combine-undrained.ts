/** Stores past the cache still wait in a core's write-combine buffer while a device reads the memory they are meant for. */
import { WORDS_PER_LINE } from '../base/brand.ts'
import { WC_DATA, WC_ENTRY_WORDS, wcArea } from '../journal/areas.ts'
import { hazard } from '../journal/hazard.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import { NAMES } from './_dirty.ts'
import { baseOf, eachWordRead, lineOfWord, ownerOf, readerOf, wordAt } from './_memory.ts'

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
  seenIn: {
    scenario: 'canonical', variant: 'V5', platform: 'rk3399', picks: [0, 1, 1],
    program: `# The job is on its way already when the client draws once more, and nothing makes it wait: the GPU comes in between.
process client A {
  gpu = open("/dev/dri/renderD128", O_RDWR | O_CLOEXEC)
  bo = DRM_IOCTL_PANFROST_CREATE_BO(gpu, 4096)
  va = DRM_IOCTL_PANFROST_GET_BO_OFFSET(gpu, bo)
  off = DRM_IOCTL_PANFROST_MMAP_BO(gpu, bo)
  px = mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, gpu, off)
  DRM_IOCTL_PANFROST_SUBMIT(gpu, read(va, 4096))
  fill(px, day)
  landmark "drawn too late"
  close(gpu)
}
`,
  },
  memory: header => ({ base: baseOf(header), cores: header.hardware.cores }),
  watch(step, world, { base, cores }) {
    const reader = readerOf(step)
    const buffered = reader ? waiting(world, cores) : undefined
    if (!reader || !buffered?.size) return undefined
    const missed = new Set<number>()
    eachWordRead(step, world, base, (word, value) => {
      const line = lineOfWord(word)
      const entry = buffered.get(line)
      for (let byte = 0; entry && byte < 4; byte++) {
        const shift = byte * 8
        if (entry.has((word % WORDS_PER_LINE) * 4 + byte) && ((entry.at(word % WORDS_PER_LINE) ^ value) >>> shift & 0xff) !== 0) missed.add(line)
      }
    })
    if (missed.size === 0) return undefined
    const [first] = [...missed] as [number]
    const owner = ownerOf(world, base, first)
    return { objects: [...(owner ? [owner] : []), reader.id], text: `${NAMES[reader.who]} read ${missed.size} lines whose newest bytes were still in the write-combine buffer of core ${buffered.get(first)!.core}` }
  },
})
