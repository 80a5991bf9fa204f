/**
 * The MMU of a Mali GPU: a GPU address becomes a piece of memory, from the GPU's TLB or by a walk of its tables. The walker reads memory,
 * not the GPU's cache; it looks into the CPU's caches only where the bus is wired for that and TRANSTAB asks for it.
 * Mirrors: an address space of a Mali MMU, in its own table format.
 * Leaves out: several address spaces at work at once, table entries kept on the way, execution.
 */
import { bit, hex64, u64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE, physAddr, type PhysAddr } from '../base/brand.ts'
import { TLB_GPU } from '../journal/areas.ts'
import mali from '../journal/page-tables/mali.ts'
import { leafForPage, walk, type Walk } from '../journal/walk.ts'
import type { World } from '../world/world.ts'
import type { Hardware } from './hardware.ts'
import { pgdOf, SH_OUTER, SHARE_OUTER } from './page-table/mali.ts'
import { tlbFill, tlbLookup } from './tlb.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'walk.gpu': { space: number; addr: number; pages: number; root: number; level: number; descriptor: string; snoops: boolean } }
}
export const says = { 'walk.gpu': 'The GPU walks its tables for {addr} ({pages} {pages#page|pages}): from {root} down to level {level}, where `{descriptor}` stands.' } as const

/** What a register of an address space holds, and its number. */
export interface GpuSpace { readonly space: number; readonly transtab: number }
/** `outer`: the entry asks for outer shareability. */
export interface GpuRange { readonly phys: PhysAddr; readonly sizeBytes: number; readonly outer: boolean }
/** As FAULTSTATUS has it: the exception in the low byte, what was tried in bits 9:8. */
export interface GpuFault { readonly status: number; readonly level: number; readonly gpuVa: number }

const ACCESS = { read: 2 << 8, write: 3 << 8 } as const
/** Translation faults count from here by level; the exact numbers by level are a choice of this model. */
export const TRANSLATION_FAULT = 0xc1
export const PERMISSION_FAULT = 0xc8

export const walkSnoops = (hw: Hardware, transtab: number): boolean => hw.platform.cls !== 'NC' && hw.platform.walkCoherent && (transtab & SHARE_OUTER) !== 0

type Page = { readonly entry: U64; readonly walked: Walk | null } | { readonly fault: GpuFault; readonly walked: Walk | null }

function pageAt(world: World, hw: Hardware, { space, transtab }: GpuSpace, gpuVa: number, access: 'read' | 'write'): Page {
  const refuse = (exception: number, level: number, walked: Walk | null): Page => ({ fault: { status: exception | ACCESS[access], level, gpuVa }, walked })
  // An address space that is switched off has no tables.
  if (transtab === 0) return refuse(TRANSLATION_FAULT, 0, null)
  const known = tlbLookup(world, TLB_GPU, space, gpuVa)
  const walked = known ? null : walk(mali, pgdOf(transtab), gpuVa, at => hw.walkEntry(at as PhysAddr, walkSnoops(hw, transtab)))
  const level = walked ? walked.steps[walked.steps.length - 1]!.level : 3
  const entry = known ?? leafForPage(mali, walked!, gpuVa)
  if (!entry) return refuse(TRANSLATION_FAULT + level, level, walked)
  return bit(entry, access === 'read' ? 6 : 7) ? { entry, walked } : refuse(PERMISSION_FAULT, level, walked)
}

const outerOf = ({ lo }: U64): boolean => ((lo >>> 8) & 3) === SH_OUTER

/**
 * The contiguous piece of memory that begins behind a GPU address, as far as `sizeBytes`. Pages whose walk found something are remembered,
 * all told at once.
 */
export function gpuTranslate(world: World, hw: Hardware, mmu: GpuSpace, gpuVa: number, sizeBytes: number, access: 'read' | 'write'): GpuRange | GpuFault {
  const offset = gpuVa % PAGE_SIZE
  const fresh: { addr: number; entry: U64 }[] = []
  let first: Page | undefined
  let phys = 0
  let outer = false
  let got = 0
  while (got < offset + sizeBytes) {
    const addr = gpuVa - offset + got
    const page = pageAt(world, hw, mmu, got === 0 ? gpuVa : addr, access)
    if (first && 'fault' in page) break
    if (!('fault' in page)) {
      const at = mali.addressOf(page.entry, 3)
      if (first && (at !== phys + got || outerOf(page.entry) !== outer)) break
      if (!first) [phys, outer] = [at, outerOf(page.entry)]
      if (page.walked) fresh.push({ addr, entry: page.entry })
    }
    first ??= page
    if ('fault' in page) break
    got += PAGE_SIZE
  }
  if (first!.walked) tellWalk(world, hw, mmu, gpuVa - offset, first!.walked, Math.max(1, fresh.length))
  if (fresh.length) tlbFill(world, TLB_GPU, mmu.space, fresh, world.tells ? hex64(fresh[0]!.entry) : '')
  if ('fault' in first!) return first.fault
  return { phys: physAddr(phys + offset), sizeBytes: Math.min(sizeBytes, got - offset), outer }
}

function tellWalk(world: World, hw: Hardware, { space, transtab }: GpuSpace, addr: number, { steps }: Walk, pages: number): void {
  const last = steps[steps.length - 1] ?? { level: 0, entry: u64(0, 0) }
  world.emit('walk.gpu', { space, addr, pages, root: pgdOf(transtab), level: last.level, descriptor: hex64(last.entry), snoops: walkSnoops(hw, transtab) })
}

export const isGpuFault = (found: GpuRange | GpuFault): found is GpuFault => 'status' in found
