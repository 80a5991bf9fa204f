/**
 * What hardware may do by itself now: the one list that chance draws from and that a search goes through. A line comes into the CPU's
 * caches on speculation, leaves them, leaves the cache of the GPU, or drains out of a core's write-combine buffer.
 * Mirrors: prefetchers, replacement, draining of buffers. Leaves out: translations that leave a TLB, lines of page tables, pages that have
 * left the kernel's cached mapping (x86 today), and the other way to invalidate a dirty line, which is as one that was evicted just before.
 */
import { LINE_SIZE, physAddr } from '../base/brand.ts'
import { CPU_LINE, GPU_LINE, INVALID, wcArea, WC_ENTRY_WORDS } from '../journal/areas.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import type { Hardware, Platform } from './hardware.ts'

/** `line` counts from the start of memory; `core` says whose buffer drains. */
export interface ByItself { readonly what: 'fill' | 'evict' | 'gpuEvict' | 'drain'; readonly line: number; readonly core: number }

/** Everything that would move something among these lines, in an order that depends on nothing but the state. `cached`: some mapping of them is. */
export function byItself({ words }: Snapshot, platform: Platform, lines: readonly number[], cached: boolean): ByItself[] {
  const found: ByItself[] = []
  const fills = cached || platform.linAlias === 'wb'
  for (const line of lines) {
    const held = (words[CPU_LINE]?.[line] ?? INVALID) !== INVALID
    if (held || fills) found.push({ what: held ? 'evict' : 'fill', line, core: 0 })
    if ((words[GPU_LINE]?.[line] ?? INVALID) !== INVALID) found.push({ what: 'gpuEvict', line, core: 0 })
    for (let core = 0; core < platform.cores; core++) {
      const buffer = words[wcArea(core)]
      for (let slot = 0; buffer && slot < platform.wcEntries; slot++) if (buffer[slot * WC_ENTRY_WORDS] === line + 1) found.push({ what: 'drain', line, core })
    }
  }
  return found
}

/** It happens; told by the events of what moves. */
export function letHappen(hw: Hardware, { what, line, core }: ByItself): void {
  const phys = physAddr(hw.platform.dramBase + line * LINE_SIZE)
  if (what === 'fill') hw.prefetch(phys, LINE_SIZE, true)
  else if (what === 'evict') hw.evict(phys, LINE_SIZE)
  else if (what === 'gpuEvict') hw.gpuEvict(phys, LINE_SIZE)
  else hw.drain(core, phys, LINE_SIZE)
}
