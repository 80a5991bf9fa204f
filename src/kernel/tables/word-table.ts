/**
 * Page tables of devices whose entries are one word: made, filled and emptied as their drivers do. Rockchip's tables are written through the
 * kernel's cached mapping and cleaned each time; those of GPUs lie in write-combined memory. What a device remembers of old entries goes
 * when its driver says so: at once, or with the next commands (Vivante).
 * Mirrors: rk_iommu_map, rk_iommu_unmap, rk_iommu_zap_iova (rockchip-iommu.c); etnaviv_iommuv2_map and _unmap, etnaviv_iommuv2_restore_mmuv2
 * (etnaviv_iommu_v2.c); v3d_mmu_insert_ptes, v3d_mmu_remove_ptes, v3d_mmu_flush_all (v3d_mmu.c).
 * Leaves out: tables given back; V3D's table beyond the first 64 MiB of addresses.
 */
import { hex32, u64 } from '../../base/bits.ts'
import { PAGE_SIZE, physAddr, WORD_SIZE, WORDS_PER_PAGE } from '../../base/brand.ts'
import * as etnaviv from '../../hardware/page-table/etnaviv.ts'
import * as rockchip from '../../hardware/page-table/rockchip.ts'
import * as v3d from '../../hardware/page-table/v3d.ts'
import { tlbFlush, WHOLE_SPACE } from '../../hardware/tlb.ts'
import { isWordFault, readEntry, wordTranslate, type WordFault, type WordMmu } from '../../hardware/word-mmu.ts'
import type { GpuRange } from '../../hardware/gpu-mmu.ts'
import { TLB_AREAS } from '../../journal/areas.ts'
import type { Id } from '../../journal/vocabulary.ts'
import etnavivFormat from '../../journal/page-tables/etnaviv.ts'
import rockchipFormat from '../../journal/page-tables/rockchip.ts'
import v3dFormat from '../../journal/page-tables/v3d.ts'
import { indexIn, lastLevel, walk, type TableFormat } from '../../journal/walk.ts'
import { fn, type Kernel } from '../context.ts'
import { dmaAllocWc } from '../dma-alloc.ts'
import { isFail, type Fail } from '../fail.ts'
import { placeOnGpu, type GpuSpan } from '../gpu-va.ts'
import type { DeviceTables } from '../hooks.ts'
import type { SgEntry } from '../objects.ts'
import { allocPage, coreOf, physOf } from '../page.ts'
import type { Says } from '../syscall.ts'

export type IoTable = Id<'io_table'>
declare module '../../journal/vocabulary.ts' {
  interface Objects {
    /** A device's tables: where the first one lies, in bytes, and the frames of all. */
    io_table: {
      device: Id<'device'>
      format: WordFormat
      root: number
      frames: readonly number[]
      /** What a read at an unmapped address gets, in bytes; null: nothing. */
      scratch: number | null
      /** What the device remembers may be old, and goes with its next commands. */
      stale: boolean
      /** Ranges that the DMA API gave out, lowest first: for whom, and the frames behind them. */
      iovas: readonly { readonly addr: number; readonly sizeBytes: number; readonly by: Id; readonly frames: readonly number[] }[]
    }
  }
  interface Events {
    'io.probe': { device: Id<'device'>; table: IoTable; format: WordFormat; frame: number; pages: number }
    'io.fill': { device: Id<'device'>; frame: number; pages: number; word: string }
    'io.table': { table: IoTable; frame: number; addr: number }
    'io.map': { table: IoTable; addr: number; phys: number; pages: number; descriptor: string }
    'io.unmap': { table: IoTable; addr: number; pages: number }
    'io.stale': { table: IoTable }
    'io.fault': { table: IoTable; addr: number; level: number; what: WordFault['fault']; access: 'read' | 'write'; scratch: boolean }
    'io.flush': { table: IoTable; why: 'at once' | 'commands' }
  }
}
export const says: Says = {
  'walk.io': 'The {agent} walks its tables for {addr} ({pages} {pages#page|pages}): from {root} down to level {level}, where `{descriptor}` stands.',
  'io.probe': '{device} finds memory by tables of its own ({format}); the first one lies in {pages} {pages#page|pages} from frame {frame} on.',
  'io.fill': 'The driver of {device} fills {pages} {pages#page|pages} from frame {frame} on with **`{word}`**: an entry for nothing, or what reads at such a place will get.',
  'io.table': '{table} needs a **second-level table** for addresses around {addr}: it lies in frame {frame}.',
  'io.map': '{table} leads from {addr} to **{pages} {pages#page|pages}** at {phys}: the first entry is `{descriptor}`.',
  'io.unmap': '{pages} {pages#entry|entries} of {table} from {addr} on {pages#is|are} **empty** again.',
  'io.stale': 'What the device remembers of {table} **may be old**: its next commands will begin with a flush.',
  'io.fault': 'The MMU of {table} **reports a {what} fault** at {addr} ({access}), level {level}: the access goes nowhere.',
  'io.fault:true': 'The MMU of {table} **reports a {what} fault** at {addr} ({access}), level {level}: the {access} goes to a page that is there for that.',
  'io.flush': 'The driver has the device **forget what it remembers** of {table}.',
  'io.flush:commands': 'The commands for the device begin with a flush: it **forgets what it remembers** of {table}.',
}

export type WordFormat = 'rockchip' | 'etnaviv' | 'v3d'

interface Maker {
  readonly format: TableFormat
  readonly entry: (phys: number, writable: boolean) => number
  readonly table?: (phys: number) => number
  readonly unmapped: number
  readonly rootPages: number
  /** The memory of the tables is not cached; else each write is cleaned. */
  readonly combined: boolean
  /** When a flush follows a change: after each, after taking away, with the next commands. */
  readonly flush: 'always' | 'unmap' | 'commands'
  readonly scratch?: number
}
const MAKERS: Readonly<Record<WordFormat, Maker>> = {
  rockchip: { format: rockchipFormat, entry: rockchip.entry, table: rockchip.table, unmapped: rockchip.UNMAPPED, rootPages: 1, combined: false, flush: 'unmap' },
  etnaviv: { format: etnavivFormat, entry: etnaviv.entry, table: etnaviv.table, unmapped: etnaviv.UNMAPPED, rootPages: 1, combined: true, flush: 'commands', scratch: etnaviv.SCRATCH_WORD },
  v3d: { format: v3dFormat, entry: v3d.entry, unmapped: v3d.UNMAPPED, rootPages: 16, combined: true, flush: 'always' },
}
/** Addresses that V3D's table of this model covers, in bytes. */
export const V3D_SPAN_BYTES = MAKERS.v3d.rootPages * WORDS_PER_PAGE * PAGE_SIZE

export const ioTableOf = (k: Kernel, device: Id<'device'>): IoTable | null => {
  const id: IoTable = `io_table:${device.slice(7)}`
  return k.world.has(id) ? id : null
}
/** The device as a walker: a display's tables are those of an IOMMU before it. */
export function walkerOf(k: Kernel, id: IoTable): WordMmu {
  const { format, root } = k.world.get(id)
  return { agent: MAKERS[format].format.agent as WordMmu['agent'], format: MAKERS[format].format, root }
}
/** The memory behind an address of the device. */
export const ioTranslate = (k: Kernel, id: IoTable, addr: number, sizeBytes: number, access: 'read' | 'write'): GpuRange | WordFault =>
  wordTranslate(k.world, k.hw, walkerOf(k, id), addr, sizeBytes, access)

/** Neighbouring entries, in the driver's way; told by the caller's event, and then made visible. */
function put(k: Kernel, id: IoTable, at: number, entries: readonly number[], tell: () => void): void {
  const { combined } = MAKERS[k.world.get(id).format]
  const words = Uint32Array.from(entries)
  if (combined) k.hw.store(coreOf(k), physAddr(at), 'wc', new Uint8Array(words.buffer))
  else k.hw.storeWords(physAddr(at), words)
  tell()
  if (!combined) k.hw.clean(physAddr(at), words.byteLength)
}

/** Pages for tables, empty and visible. */
function tablePages(k: Kernel, device: Id<'device'>, { combined, unmapped }: Maker, pages: number): number {
  const first = combined ? dmaAllocWc(k, device, pages) : allocPage(k)
  const at = physOf(k, first)
  if (!combined) k.hw.clean(at, pages * PAGE_SIZE)
  if (unmapped !== 0) fillWith(k, device, first, pages, unmapped)
  return first
}
function fillWith(k: Kernel, device: Id<'device'>, frame: number, pages: number, word: number): void {
  k.hw.store(coreOf(k), physOf(k, frame), 'wc', new Uint8Array(new Uint32Array(pages * WORDS_PER_PAGE).fill(word).buffer))
  k.world.emit('io.fill', { device, frame, pages, word: hex32(word) })
}

/** The device's tables, empty. */
export function probeIoTable(k: Kernel, device: Id<'device'>, format: WordFormat): void {
  const maker = MAKERS[format]
  const frame = tablePages(k, device, maker, maker.rootPages)
  const frames = Array.from({ length: maker.rootPages }, (_, i) => frame + i)
  let scratch: number | null = null
  if (maker.scratch !== undefined) {
    const page = dmaAllocWc(k, device, 1)
    scratch = physOf(k, page)
    fillWith(k, device, page, 1, maker.scratch)
    frames.push(page)
  }
  const table = k.world.create(`io_table:${device.slice(7)}` as IoTable, { device, format, root: physOf(k, frame), frames, scratch, stale: false, iovas: [] })
  k.world.emit('io.probe', { device, table, format, frame, pages: maker.rootPages })
  if (maker.combined) k.hw.barrier(coreOf(k), 'the tables must be there')
}

/** Where the entry for an address stands; its table is made on first need. */
function entryFor(k: Kernel, id: IoTable, addr: number): number {
  const { world } = k
  const { device, format: name, root } = world.get(id)
  const maker = MAKERS[name]
  const { format } = maker
  let table = root
  for (let level = 0; level < lastLevel(format); level++) {
    const at = table + indexIn(format, addr, level) * WORD_SIZE
    const entry = u64(0, readNow(k, id, at))
    if (format.kindOf(entry, level) === 'table') table = format.addressOf(entry, level)
    else {
      const frame = tablePages(k, device, maker, 1)
      table = physOf(k, frame)
      put(k, id, at, [maker.table!(table)], () => {
        world.set(id, 'frames', [...world.get(id).frames, frame])
        world.emit('io.table', { table: id, frame, addr })
      })
      if (maker.combined) k.hw.barrier(coreOf(k), 'the table must be linked')
    }
  }
  return table + indexIn(format, addr, lastLevel(format)) * WORD_SIZE
}
/** An entry as the kernel itself reads it. */
const readNow = (k: Kernel, id: IoTable, at: number): number => readEntry(k.hw, at, !MAKERS[k.world.get(id).format].combined)

/** How many pages from an address on have their entries in one table. */
const roomAt = (format: TableFormat, addr: number): number => {
  const last = lastLevel(format)
  return format.levels[last]!.entries - indexIn(format, addr, last)
}

function flushed(k: Kernel, id: IoTable, change: 'map' | 'unmap', addr: number, sizeBytes: number): void {
  const { world } = k
  const { combined, flush } = MAKERS[world.get(id).format]
  if (combined) k.hw.barrier(coreOf(k), 'the entries must be there')
  if (flush === 'commands') {
    if (world.get(id).stale) return
    world.set(id, 'stale', true)
    return world.emit('io.stale', { table: id })
  }
  if (flush === 'unmap' && change === 'map') return
  world.emit('io.flush', { table: id, why: 'at once' })
  tlbFlush(world, TLB_AREAS[walkerOf(k, id).agent], 0, flush === 'always' ? 0 : addr, flush === 'always' ? WHOLE_SPACE : sizeBytes)
}

/** Before a device's next commands: what it may remember wrongly goes. */
export function flushBeforeCommands(k: Kernel, device: Id<'device'>): void {
  const id = ioTableOf(k, device)
  if (!id || !k.world.get(id).stale) return
  k.world.set(id, 'stale', false)
  k.world.emit('io.flush', { table: id, why: 'commands' })
  tlbFlush(k.world, TLB_AREAS[walkerOf(k, id).agent], 0, 0, WHOLE_SPACE)
}

/** Ranges of memory, one behind the other on the device's side. */
export function mapIo(k: Kernel, id: IoTable, addr: number, ranges: readonly { readonly phys: number; readonly sizeBytes: number }[]): void {
  const { format: name } = k.world.get(id)
  const maker = MAKERS[name]
  const { format } = maker
  let to = addr
  for (const { phys, sizeBytes } of ranges) {
    for (let done = 0; done < sizeBytes;) {
      const pages = Math.min((sizeBytes - done) / PAGE_SIZE, roomAt(format, to))
      const entries = Array.from({ length: pages }, (_, i) => maker.entry(phys + done + i * PAGE_SIZE, true))
      const event = { table: id, addr: to, phys: phys + done, pages, descriptor: hex32(entries[0]!) }
      put(k, id, entryFor(k, id, to), entries, () => k.world.emit('io.map', event))
      done += pages * PAGE_SIZE
      to += pages * PAGE_SIZE
    }
  }
  flushed(k, id, 'map', addr, to - addr)
}

export function unmapIo(k: Kernel, id: IoTable, addr: number, sizeBytes: number): void {
  const { format: name } = k.world.get(id)
  for (let done = 0; done < sizeBytes;) {
    const pages = Math.min((sizeBytes - done) / PAGE_SIZE, roomAt(MAKERS[name].format, addr + done))
    put(k, id, entryFor(k, id, addr + done), new Array<number>(pages).fill(MAKERS[name].unmapped), () => k.world.emit('io.unmap', { table: id, addr: addr + done, pages }))
    done += pages * PAGE_SIZE
  }
  flushed(k, id, 'unmap', addr, sizeBytes)
}

/** The page behind an address, as the kernel reads its own tables; null: none. */
export const iovaToPhys = fn('iommu_iova_to_phys', (k: Kernel, id: IoTable, addr: number): number | null => {
  const { format, root } = k.world.get(id)
  return walk(MAKERS[format].format, root, addr, at => u64(0, readNow(k, id, at))).phys
})

export const rangesOf = (k: Kernel, sgt: readonly SgEntry[]): { phys: number; sizeBytes: number }[] =>
  sgt.flatMap(({ page, dma, len }) => (page === null && dma === null ? [] : [{ phys: page === null ? dma! : physOf(k, page), sizeBytes: len }]))

const HANDLERS: Readonly<Record<WordFormat, string>> = { rockchip: 'rk_iommu_irq', etnaviv: 'irq_handler', v3d: 'v3d_hub_irq' }
/** The interrupt of such an MMU: it is reported. A read may get a page that is there for that; null: the access is given up. */
export const ioFault = (k: Kernel, id: IoTable, { fault: what, level, addr }: WordFault, access: 'read' | 'write'): GpuRange | null =>
  fn(HANDLERS[k.world.get(id).format], ({ world }: Kernel): GpuRange | null => {
    const { scratch } = world.get(id)
    const takes = scratch !== null && access === 'read'
    world.emit('io.fault', { table: id, addr, level, what, access, scratch: takes })
    const offset = addr % PAGE_SIZE
    return takes ? { phys: physAddr(scratch + offset), sizeBytes: PAGE_SIZE - offset, outer: false } : null
  })(k)

/** Gives a buffer a place, and writes the entries for all its pages. */
export function mapAtPlace(k: Kernel, gem: Id<'gem'>, span: GpuSpan): void | Fail {
  if (k.world.get(gem).gpuVa !== null) return
  const refused = placeOnGpu(k, gem, span)
  if (isFail(refused)) return refused
  const { device, gpuVa, sgt } = k.world.get(gem)
  mapIo(k, ioTableOf(k, device)!, gpuVa!, rangesOf(k, sgt!))
}

/** What a driver's file names: tables of that format for its device. */
export const wordTableOf = (format: WordFormat): DeviceTables => ({
  probe: (k, device) => probeIoTable(k, device, format),
  unmap: (k, device, addr, sizeBytes) => unmapIo(k, ioTableOf(k, device)!, addr, sizeBytes),
  begin: flushBeforeCommands,
  reach(k, device, addr, sizeBytes, access) {
    const id = ioTableOf(k, device)!
    const found = ioTranslate(k, id, addr, sizeBytes, access)
    const range = isWordFault(found) ? ioFault(k, id, found, access) : found
    return range && { ...range, sizeBytes: Math.min(sizeBytes, range.sizeBytes) }
  },
})
