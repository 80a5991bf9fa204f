/**
 * The hardware of a machine, which notes on which lines a step could tell whether something happened to them by itself before it. On any
 * other line that may as well happen behind the step.
 * Two things do not stand in each other's way when either order leaves the same, or when the step leaves nothing of what happened before
 * it. What is here says when that is so, from what a line is at that moment; where it says nothing, a line that is asked for counts. It
 * speaks of machines whose caches do not look into each other; on others every line that is asked for counts.
 */
import { LINE_SIZE, LINES_PER_PAGE, WORDS_PER_LINE, type PhysAddr } from '../../base/brand.ts'
import { classOf, type Hardware, type Platform } from '../../hardware/hardware.ts'
import { CPU_DATA, CPU_LINE, DIRTY, DRAM, GPU_LINE, INVALID, wcArea, WC_ENTRY_WORDS } from '../../journal/areas.ts'
import type { Snapshot } from '../../journal/snapshot.ts'
import { ENTRY_BYTES } from '../../journal/walk.ts'

/** Which lines are asked for, and those that a step came near; whoever asks sets both before the step. */
export interface Footprint {
  world: Snapshot
  lines: readonly number[]
  readonly touched: Set<number>
  /** Whether it counts what happened to a line before its page was given back. */
  parts: Counts
}
type Counts = (line: number) => boolean
const always: Counts = () => true

export const nothingNear = (): Footprint => ({ world: { records: new Map(), words: {} }, lines: [], touched: new Set(), parts: always })

/** Which lines matter to what kind of step, from what they are at that moment. */
function countsOf({ cores: count, wcEntries }: Platform, near: Footprint, apart: boolean) {
  const cores = Array.from({ length: count }, (_, core) => core)
  const state = (area: string, line: number): number => near.world.words[area]?.[line] ?? INVALID
  const waits = (core: number, line?: number): boolean => {
    const words = near.world.words[wcArea(core)]
    for (let slot = 0; words && slot < wcEntries; slot++) {
      const held = words[slot * WC_ENTRY_WORDS]!
      if (line === undefined ? held !== 0 : held === line + 1) return true
    }
    return false
  }
  const when = (counts: Counts): Counts => (apart ? counts : always)
  /** Something newer than memory waits to be written there, by somebody other than the CPU's cache. */
  const others: Counts = line => state(GPU_LINE, line) === DIRTY || cores.some(core => waits(core, line))
  const dirty: Counts = line => state(CPU_LINE, line) === DIRTY
  /** What memory holds may change. */
  const unsettled: Counts = line => dirty(line) || others(line)
  /** A line of the CPU's cache that comes in again may be another. */
  const changes: Counts = line => unsettled(line) || (state(CPU_LINE, line) !== INVALID && !asInMemory(near.world, line))
  const inGpu: Counts = line => state(GPU_LINE, line) !== INVALID
  return {
    waits,
    dirty: when(dirty), unsettled: when(unsettled), changes: when(changes),
    /** The GPU's cache answers from it, or memory may change. */
    gpuLoaded: when(line => inGpu(line) || unsettled(line)),
    /** The GPU's cache writes it back, or a neighbour might find it there. */
    gpuCleaned: (line: number): boolean => (apart ? state(GPU_LINE, line) === DIRTY : inGpu(line)),
    /** A write back of a line that is dirty is the same early and late, unless somebody else writes there too. */
    cleaned: when(line => dirty(line) && others(line)),
    /** Who looks into the CPU's cache finds in a dirty line what its write back would have brought to memory. */
    walked: (snoops: boolean): Counts => when(snoops ? line => others(line) || (!dirty(line) && changes(line)) : unsettled),
    // A page is filled with zeros through the cache when somebody gets it: what a line of it held there, and was not dirty, is nothing to anybody.
    parts: when(line => !isFree(near.world, line) || unsettled(line) || inGpu(line)),
  }
}

/** Notes the lines of a step that matter, by where it reaches. */
function notesOf({ dramBase, wcEntries }: Platform, near: Footprint, apart: boolean, { waits, dirty, changes, gpuCleaned }: ReturnType<typeof countsOf>) {
  const each = (counts: Counts): void => { for (const line of near.lines) if (counts(line)) near.touched.add(line) }
  const range = (phys: PhysAddr, sizeBytes: number, counts: Counts = always): void => {
    const at = phys - dramBase
    each(line => line >= Math.floor(at / LINE_SIZE) && line * LINE_SIZE < at + sizeBytes && counts(line))
  }
  const whole = (phys: PhysAddr, sizeBytes: number): boolean => phys % LINE_SIZE === 0 && sizeBytes % LINE_SIZE === 0
  /** Everything that waits in a core's buffer drains, or may be pushed out. */
  const buffer = (core: number): void => each(line => waits(core, line))
  return {
    range, buffer,
    gpuCache: (): void => each(gpuCleaned),
    stored: (phys: PhysAddr, sizeBytes: number): void => range(phys, sizeBytes, whole(phys, sizeBytes) ? dirty : changes),
    /** It fits in an empty buffer: nothing is pushed out, and nothing that waits is overwritten. */
    gathered(core: number, phys: PhysAddr, sizeBytes: number): void {
      if (apart && !waits(core) && sizeBytes <= (wcEntries - 1) * LINE_SIZE) return
      range(phys, sizeBytes)
      buffer(core)
    },
  }
}

export function noting(own: Hardware, near: Footprint): Hardware {
  const { platform } = own
  const apart = platform.cls === 'NC' && platform.ncAlias === 'bypass'
  const counts = countsOf(platform, near, apart)
  const { dirty, unsettled, changes, cleaned, walked, gpuLoaded } = counts
  const { range, buffer, gpuCache, stored, gathered } = notesOf(platform, near, apart, counts)
  near.parts = counts.parts
  return {
    platform,
    load(core, phys, attr, sizeBytes) {
      range(phys, sizeBytes, attr === 'wb' ? changes : unsettled)
      return own.load(core, phys, attr, sizeBytes)
    },
    store(core, phys, attr, bytes) {
      if (attr === 'wb') stored(phys, bytes.length)
      else if (attr === 'wc') gathered(core, phys, bytes.length)
      else {
        range(phys, bytes.length)
        buffer(core)
      }
      own.store(core, phys, attr, bytes)
    },
    storeWords: (phys, words) => (stored(phys, words.length * 4), own.storeWords(phys, words)),
    barrier: (core, why) => (buffer(core), own.barrier(core, why)),
    doorbell: core => (buffer(core), own.doorbell(core)),
    clean: (phys, sizeBytes) => (range(phys, sizeBytes, cleaned), own.clean(phys, sizeBytes)),
    invalidate: (phys, sizeBytes) => (range(phys, sizeBytes, dirty), own.invalidate(phys, sizeBytes)),
    cleanInvalidate: (phys, sizeBytes) => (range(phys, sizeBytes, cleaned), own.cleanInvalidate(phys, sizeBytes)),
    gpuLoad(phys, sizeBytes, outer) {
      range(phys, sizeBytes, gpuLoaded)
      return own.gpuLoad(phys, sizeBytes, outer)
    },
    gpuStore: (phys, bytes, outer) => (range(phys, bytes.length), own.gpuStore(phys, bytes, outer)),
    gpuClean: () => (gpuCache(), own.gpuClean()),
    gpuCleanInvalidate: () => (gpuCache(), own.gpuCleanInvalidate()),
    deviceRead(device, phys, sizeBytes) {
      range(phys, sizeBytes, classOf(platform, device) === 'NC' ? unsettled : always)
      return own.deviceRead(device, phys, sizeBytes)
    },
    deviceWrite: (device, phys, bytes) => (range(phys, bytes.length), own.deviceWrite(device, phys, bytes)),
    walkRead: (phys, sizeBytes, snoops) => (range(phys, sizeBytes, walked(snoops)), own.walkRead(phys, sizeBytes, snoops)),
    walkEntry: (phys, snoops) => (range(phys, ENTRY_BYTES, walked(snoops)), own.walkEntry(phys, snoops)),
    prefetch: own.prefetch.bind(own), evict: own.evict.bind(own), gpuEvict: own.gpuEvict.bind(own), drain: own.drain.bind(own),
  }
}

const isFree = ({ records }: Snapshot, line: number): boolean => ((records.get('frames:0')?.['free'] ?? []) as readonly number[]).includes(Math.floor(line / LINES_PER_PAGE))
function asInMemory({ words }: Snapshot, line: number): boolean {
  const [cached, memory] = [words[CPU_DATA], words[DRAM]]
  for (let at = line * WORDS_PER_LINE; at < (line + 1) * WORDS_PER_LINE; at++) if ((cached?.[at] ?? 0) !== (memory?.[at] ?? 0)) return false
  return true
}
