/**
 * What hardware may do by itself now: the one list that chance draws from and that a search goes through. A line comes into the CPU's
 * caches on speculation, leaves them, leaves the cache of the GPU, or drains out of a core's write-combine buffer; a translation leaves a TLB.
 * Mirrors: prefetchers, replacement, draining of buffers. Leaves out: translations that come into a TLB before anybody asks for them, pages that have
 * left the kernel's cached mapping (x86 today), and the other way to invalidate a dirty line, which is as one that was evicted just before.
 */
import { LINE_SIZE, physAddr } from '../base/brand.ts'
import { CPU_LINE, GPU_LINE, INVALID, TLB_AREAS, TLB_ENTRIES, TLB_ENTRY_WORDS, wcArea, WC_ENTRY_WORDS } from '../journal/areas.ts'
import type { Snapshot } from '../journal/snapshot.ts'
import type { World } from '../world/world.ts'
import type { Hardware, Platform } from './hardware.ts'
import { tlbEvict, type TlbAgent } from './tlb.ts'

/** `line` counts from the start of memory; `core` says whose buffer drains. */
export interface OfLine { readonly what: 'fill' | 'evict' | 'gpuEvict' | 'drain'; readonly line: number; readonly core: number }
/** The entry in that place of a TLB goes. */
export interface OfTlb { readonly what: 'forget'; readonly agent: TlbAgent; readonly slot: number }
export type ByItself = OfLine | OfTlb

/** Everything that would move something among these lines, in an order that depends on nothing but the state. `cached`: some mapping of them is. */
export function byItself({ words }: Snapshot, platform: Platform, lines: readonly number[], cached: boolean): OfLine[] {
  const found: OfLine[] = []
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

/** Every translation that a TLB may lose, in the order of their places. */
export function losable({ words }: Snapshot): OfTlb[] {
  const found: OfTlb[] = []
  for (const agent of ['cpu', 'gpu', 'iommu'] as const) {
    const area = words[TLB_AREAS[agent]]
    for (let slot = 0; area && slot < TLB_ENTRIES; slot++) if (area[slot * TLB_ENTRY_WORDS] === 1) found.push({ what: 'forget', agent, slot })
  }
  return found
}

/** It happens; told by the events of what moves. */
export function letHappen(world: World, hw: Hardware, event: ByItself): void {
  if (event.what === 'forget') return tlbEvict(world, TLB_AREAS[event.agent], event.slot)
  const { what, line, core } = event
  const phys = physAddr(hw.platform.dramBase + line * LINE_SIZE)
  if (what === 'fill') hw.prefetch(phys, LINE_SIZE, true)
  else if (what === 'evict') hw.evict(phys, LINE_SIZE)
  else if (what === 'gpuEvict') hw.gpuEvict(phys, LINE_SIZE)
  else hw.drain(core, phys, LINE_SIZE)
}
