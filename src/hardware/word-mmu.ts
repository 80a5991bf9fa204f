/**
 * An MMU whose tables have entries of 32 bits: that of a Vivante or a VideoCore GPU, and the IOMMU before a display. An address of the
 * device becomes a piece of memory, from the TLB or by a walk of the tables in memory; no cache is looked into.
 * Mirrors: the formats of journal/page-tables/ with entries of four bytes. Leaves out: entries of the first level kept on the way.
 */
import { hex32, u64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE, physAddr, type PhysAddr } from '../base/brand.ts'
import { TLB_AREAS } from '../journal/areas.ts'
import { lastLevel, walk, type TableFormat, type Walk } from '../journal/walk.ts'
import type { World } from '../world/world.ts'
import type { GpuRange } from './gpu-mmu.ts'
import type { Hardware } from './hardware.ts'
import { tlbFill, tlbLookup } from './tlb.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'walk.io': { agent: 'gpu' | 'iommu'; format: string; addr: number; pages: number; root: number; level: number; descriptor: string } }
}
export interface WordMmu { readonly agent: 'gpu' | 'iommu'; readonly format: TableFormat; readonly root: number }
/** Nothing leads on from that level, or (`permission`) the entry does not allow it. */
export interface WordFault { readonly fault: 'translation' | 'permission'; readonly level: number; readonly addr: number }
export const isWordFault = (found: GpuRange | WordFault): found is WordFault => 'fault' in found

/** One word of memory, as a walker sees it (`snoops`: as a core does). */
export function readEntry(hw: Hardware, at: number, snoops = false): number {
  const within = at % 8
  const { hi, lo } = hw.walkEntry((at - within) as PhysAddr, snoops)
  return within === 0 ? lo : hi
}

type Page = { readonly entry: U64; readonly walked: Walk | null } | { readonly fault: WordFault; readonly walked: Walk | null }

function pageAt(world: World, hw: Hardware, { agent, format, root }: WordMmu, addr: number, access: 'read' | 'write'): Page {
  const level = lastLevel(format)
  const known = tlbLookup(world, TLB_AREAS[agent], 0, addr)
  const walked = known ? null : walk(format, root, addr, at => u64(0, readEntry(hw, at)))
  const last = walked?.steps[walked.steps.length - 1]
  if (walked && walked.phys === null) return { fault: { fault: 'translation', level: last!.level, addr }, walked }
  const entry = known ?? last!.entry
  return format.permits(entry, access) ? { entry, walked } : { fault: { fault: 'permission', level, addr }, walked }
}

/** The contiguous piece of memory behind an address of the device, as far as `sizeBytes`; what walks found is remembered. */
export function wordTranslate(world: World, hw: Hardware, mmu: WordMmu, from: number, sizeBytes: number, access: 'read' | 'write'): GpuRange | WordFault {
  const { agent, format, root } = mmu
  const offset = from % PAGE_SIZE
  const leaf = lastLevel(format)
  const fresh: { addr: number; entry: U64 }[] = []
  const first = pageAt(world, hw, mmu, from, access)
  const phys = 'fault' in first ? 0 : format.addressOf(first.entry, leaf)
  let got = 0
  for (let page: Page = first; !('fault' in page) && format.addressOf(page.entry, leaf) === phys + got;) {
    if (page.walked) fresh.push({ addr: from - offset + got, entry: page.entry })
    got += PAGE_SIZE
    if (got >= offset + sizeBytes) break
    page = pageAt(world, hw, mmu, from - offset + got, access)
  }
  const last = first.walked?.steps[first.walked.steps.length - 1]
  const descriptor = last && world.tells ? hex32(last.entry.lo) : ''
  if (last) world.emit('walk.io', { agent, format: format.id, addr: from - offset, pages: Math.max(1, fresh.length), root, level: last.level, descriptor })
  if (fresh.length) tlbFill(world, TLB_AREAS[agent], 0, fresh, descriptor)
  if ('fault' in first) return first.fault
  return { phys: physAddr(phys + offset), sizeBytes: Math.min(sizeBytes, got - offset), outer: false }
}
