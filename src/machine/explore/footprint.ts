/**
 * The hardware of a machine, which notes whether a step comes near the lines on which something may happen by itself. Where it does not,
 * what may happen before the step may as well happen behind it.
 */
import { LINE_SIZE, type PhysAddr } from '../../base/brand.ts'
import type { Hardware, MemoryAttr } from '../../hardware/hardware.ts'
import { GPU_LINE, INVALID, wcArea, WC_ENTRY_WORDS } from '../../journal/areas.ts'
import type { Snapshot } from '../../journal/snapshot.ts'

/** Which lines are asked for, and whether a step came near them; whoever asks sets both before the step. */
export interface Footprint { world: Snapshot; lines: ReadonlySet<number>; touched: boolean }

export function noting(own: Hardware, near: Footprint): Hardware {
  const { platform } = own
  const range = (phys: PhysAddr, sizeBytes: number): void => {
    const at = phys - platform.dramBase
    for (const line of near.touched ? [] : near.lines) if (line >= Math.floor(at / LINE_SIZE) && line * LINE_SIZE < at + sizeBytes) near.touched = true
  }
  /** Something waits in a core's buffer: whatever makes it drain, or adds to it, counts. */
  const buffer = (core: number): void => {
    const words = near.world.words[wcArea(core)]
    for (let slot = 0; words && slot < platform.wcEntries; slot++) if (words[slot * WC_ENTRY_WORDS] !== 0) near.touched = true
  }
  const gpuCache = (): void => {
    for (const line of near.lines) if ((near.world.words[GPU_LINE]?.[line] ?? INVALID) !== INVALID) near.touched = true
  }
  const core = (number: number, attr: MemoryAttr): void => { if (attr !== 'wb') buffer(number) }
  return {
    platform,
    load: (n, phys, attr, sizeBytes) => (range(phys, sizeBytes), core(n, attr), own.load(n, phys, attr, sizeBytes)),
    store: (n, phys, attr, bytes) => (range(phys, bytes.length), core(n, attr), own.store(n, phys, attr, bytes)),
    storeWords: (phys, words) => (range(phys, words.length * 4), own.storeWords(phys, words)),
    barrier: (n, why) => (buffer(n), own.barrier(n, why)),
    doorbell: n => (buffer(n), own.doorbell(n)),
    clean: (phys, sizeBytes) => (range(phys, sizeBytes), own.clean(phys, sizeBytes)),
    invalidate: (phys, sizeBytes) => (range(phys, sizeBytes), own.invalidate(phys, sizeBytes)),
    cleanInvalidate: (phys, sizeBytes) => (range(phys, sizeBytes), own.cleanInvalidate(phys, sizeBytes)),
    gpuLoad: (phys, sizeBytes, outer) => (range(phys, sizeBytes), own.gpuLoad(phys, sizeBytes, outer)),
    gpuStore: (phys, bytes, outer) => (range(phys, bytes.length), own.gpuStore(phys, bytes, outer)),
    gpuClean: () => (gpuCache(), own.gpuClean()),
    gpuCleanInvalidate: () => (gpuCache(), own.gpuCleanInvalidate()),
    deviceRead: (device, phys, sizeBytes) => (range(phys, sizeBytes), own.deviceRead(device, phys, sizeBytes)),
    deviceWrite: (device, phys, bytes) => (range(phys, bytes.length), own.deviceWrite(device, phys, bytes)),
    walkRead: (phys, sizeBytes, snoops) => (range(phys, sizeBytes), own.walkRead(phys, sizeBytes, snoops)),
    walkEntry: (phys, snoops) => (range(phys, 8), own.walkEntry(phys, snoops)),
    prefetch: own.prefetch.bind(own), evict: own.evict.bind(own), gpuEvict: own.gpuEvict.bind(own), drain: own.drain.bind(own),
  }
}
