/**
 * A TLB: translations that are remembered, one page of 4 KiB each, until somebody throws them away, another one needs the place, or one
 * goes by itself.
 * It keeps what the walk found, whatever happens to the tables later. Where an entry goes depends on nothing but what is there, so that
 * runs repeat.
 * Mirrors: the TLB of a core (TLBI by address and by address space), that of a GPU (FLUSH_PT), that of an IOMMU.
 * Leaves out: one TLB for each core (all cores share one here), several levels, entries for larger pages (a block is
 * remembered page by page), entries without an address space.
 */
import { u64, type U64 } from '../base/bits.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import { TLB_CPU, TLB_ENTRIES, TLB_ENTRY_WORDS, TLB_IOMMU, tlbPage } from '../journal/areas.ts'
import type { World } from '../world/world.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'tlb.fill': { agent: TlbAgent; space: number; addr: number; pages: number; descriptor: string }
    'tlb.flush': { agent: TlbAgent; space: number; addr: number; sizeBytes: number; entries: number; what: 'range' | 'space' }
    'tlb.evict': { agent: TlbAgent; space: number; addr: number }
  }
}
export type TlbAgent = 'cpu' | 'gpu' | 'iommu'
export const says = {
  'tlb.fill': 'The TLB of the {agent} **remembers** {pages} {pages#page|pages} at {addr} of address space {space}.',
  'tlb.flush': 'The TLB of the {agent} **forgets** {sizeBytes} bytes from {addr} of address space {space}: {entries} {entries#entry was|entries were} there.',
  'tlb.flush:space': 'The TLB of the {agent} **forgets everything** of address space {space}: {entries} {entries#entry was|entries were} there.',
  'tlb.evict': 'Nobody asked for it: the TLB of the {agent} **no longer remembers** {addr} of address space {space}. The next access there walks the tables.',
} as const

/** As a size: the whole address space. */
export const WHOLE_SPACE = 2 ** 48
const HIGH = 2 ** 32
const slotWord = (slot: number): number => slot * TLB_ENTRY_WORDS
const agentOf = (area: string): TlbAgent => (area === TLB_CPU ? 'cpu' : area === TLB_IOMMU ? 'iommu' : 'gpu')

function slotOf(world: World, area: string, space: number, page: number): number {
  const words = world.words[area]
  if (!words) return -1
  const low = page % HIGH
  const high = Math.floor(page / HIGH)
  for (let slot = 0, at = 0; slot < TLB_ENTRIES; slot++, at += TLB_ENTRY_WORDS) {
    if (words[at + 2] === low && words[at] === 1 && words[at + 1] === space && words[at + 3] === high) return slot
  }
  return -1
}

/** The descriptor remembered for a page. */
export function tlbLookup(world: World, area: string, space: number, addr: number): U64 | undefined {
  const slot = slotOf(world, area, space, Math.floor(addr / PAGE_SIZE))
  if (slot < 0) return undefined
  const at = slotWord(slot)
  const words = world.words[area]!
  return u64(words[at + 5]!, words[at + 4]!)
}

/** The first empty place, else one that the page number chooses. */
function placeFor(words: Uint32Array | undefined, page: number): number {
  for (let slot = 0; slot < TLB_ENTRIES; slot++) if ((words?.[slotWord(slot)] ?? 0) === 0) return slot
  return page % TLB_ENTRIES
}

interface Page { readonly addr: number; readonly entry: U64 }

const entryOf = (space: number, page: number, { lo, hi }: U64): number[] => [1, space, page % HIGH, Math.floor(page / HIGH), lo, hi]

function remember(world: World, area: string, space: number, { addr, entry }: Page): void {
  const page = Math.floor(addr / PAGE_SIZE)
  world.write(area, slotWord(placeFor(world.words[area], page)), entryOf(space, page, entry))
}

/** Many pages push each other out: what is left of them in the end is written. */
function rememberAll(world: World, area: string, space: number, pages: readonly Page[]): void {
  const words = new Uint32Array(slotWord(TLB_ENTRIES))
  words.set(world.words[area]?.subarray(0, words.length) ?? [])
  for (const { addr, entry } of pages) {
    const page = Math.floor(addr / PAGE_SIZE)
    words.set(entryOf(space, page, entry), slotWord(placeFor(words, page)))
  }
  world.write(area, 0, words, true)
}

/** Remembers pages of one address space; told as one. `descriptor` is that of the first, for the reader. */
export function tlbFill(world: World, area: string, space: number, pages: readonly Page[], descriptor: string): void {
  if (pages.length === 1) remember(world, area, space, pages[0]!)
  else rememberAll(world, area, space, pages)
  world.emit('tlb.fill', { agent: agentOf(area), space, addr: pages[0]!.addr, pages: pages.length, descriptor })
}

/** The entry remembered for a page is another now; told by the caller's event. */
export function tlbReplace(world: World, area: string, space: number, addr: number, entry: U64): void {
  const page = Math.floor(addr / PAGE_SIZE)
  const slot = slotOf(world, area, space, page)
  if (slot >= 0) world.write(area, slotWord(slot), entryOf(space, page, entry))
}

/** Forgets every page of a range of one address space. */
export function tlbFlush(world: World, area: string, space: number, addr: number, sizeBytes: number): void {
  let entries = 0
  const words = world.words[area]
  for (let slot = 0; words && slot < TLB_ENTRIES; slot++) {
    const at = slotWord(slot)
    if (words[at] === 0 || words[at + 1] !== space) continue
    const page = tlbPage(words, at) * PAGE_SIZE
    if (page < addr || page >= addr + sizeBytes) continue
    world.write(area, at, new Uint32Array(TLB_ENTRY_WORDS))
    entries++
  }
  world.emit('tlb.flush', { agent: agentOf(area), space, addr, sizeBytes, entries, what: sizeBytes === WHOLE_SPACE ? 'space' : 'range' })
}

/** The entry in one place goes, though nobody asked for it. */
export function tlbEvict(world: World, area: string, slot: number): void {
  const at = slotWord(slot)
  const [space, addr] = [world.word(area, at + 1), tlbPage(world.words[area]!, at) * PAGE_SIZE]
  world.write(area, at, new Uint32Array(TLB_ENTRY_WORDS), true)
  world.emit('tlb.evict', { agent: agentOf(area), space, addr })
}
