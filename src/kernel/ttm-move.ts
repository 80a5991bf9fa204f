/**
 * Where buffers of TTM drivers lie, the card's memory or system memory, and how they move between the two: mappings go first, the card's copy
 * engine carries the bytes, the old pages are given back. An importer that cannot follow a move makes the buffer stay in system memory.
 * Mirrors: ttm_bo_validate, ttm_bo_handle_move_mem, ttm_bo_unmap_virtual (ttm_bo.c), and what drivers' pin, unpin and get_sg_table have in common.
 * Leaves out: memory that is full, so that others must leave it; moves under way while somebody waits; that the card's memory lies on the
 * card: here its frames are taken from the one memory of the machine.
 */
import { each } from './again.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { syncForDevice } from './dma-map.ts'
import type { DriverHooks } from './hooks.ts'
import { allocPage, allocRun, freePage, maintainPages, physOf } from './page.ts'
import { drop, take } from './ref.ts'
import { createImport, pinSlot, sgFromPages, unpinSlot } from './shmem.ts'
import { unmapMappingRange } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'ttm.place': { gem: Id<'gem'>; to: Place; pages: number }
    'ttm.move': { gem: Id<'gem'>; from: Place; to: Place; pages: number }
    'ttm.pin': { gem: Id<'gem'>; pins: number }
    'ttm.unpin': { gem: Id<'gem'>; pins: number }
  }
}
export const says: Says = {
  'ttm.place:vram': '{gem} gets **{pages} {pages#page|pages} of the card\'s own memory**.',
  'ttm.place': '{gem} gets {pages} {pages#page|pages} of **system memory**, mapped for its card.',
  'ttm.move:system': 'The copy engine of the card carries {gem} to **system memory**, {pages} {pages#page|pages}: other devices can reach it there. Whoever has it mapped will fault again.',
  'ttm.move': 'The copy engine of the card carries {gem}, {pages} {pages#page|pages}, from {from} to **{to}**.',
  'ttm.pin': '{gem} is **pinned in system memory** for an importer that could not follow a move; {pins} {pins#pin holds|pins hold} it there.',
  'ttm.unpin': 'An importer lets go: {pins} {pins#pin|pins} on {gem}. It lies where it lay and **may move again**.',
}

/** TTM_PL_VRAM and TTM_PL_TT. */
export type Place = 'vram' | 'system'

/** Frames of a place, holding zeros that are in memory and not in a cache only. */
function framesFor(k: Kernel, gem: Id<'gem'>, to: Place): number[] {
  const { sizeBytes, device } = k.world.get(gem)
  const count = sizeBytes / PAGE_SIZE
  if (to === 'system') {
    const pages = each(k.world, Array.from({ length: count }), () => allocPage(k))
    syncForDevice(k, device, sgFromPages(pages), 'BIDIR')
    return pages
  }
  const first = allocRun(k, count)
  const frames = Array.from({ length: count }, (_, i) => first + i)
  // The card clears its memory itself: nothing of it was ever in a cache.
  maintainPages(k, frames, 'clean')
  maintainPages(k, frames, 'invalidate')
  return frames
}

/** The first pages of a new buffer. */
export const placeFirst = (to: Place) => fn('ttm_bo_init_reserved', (k: Kernel, gem: Id<'gem'>) => {
  const frames = framesFor(k, gem, to)
  k.world.set(gem, 'filp', frames)
  k.world.emit('ttm.place', { gem, to, pages: frames.length })
})

/** Brings a buffer to a place, unless it is there. */
export const validate = fn('ttm_bo_validate', (k: Kernel, gem: Id<'gem'>, to: Place) => {
  if (k.world.get(gem).memory !== to) move(k, gem, to)
})

const move = fn('ttm_bo_handle_move_mem', (k: Kernel, gem: Id<'gem'>, to: Place) => {
  const { world, hw } = k
  const { device, memory, filp } = world.get(gem)
  const { driver } = world.get(device)
  unmapMappingRange(k, gem)
  const frames = framesFor(k, gem, to)
  filp!.forEach((old, i) => hw.deviceWrite(driver, physOf(k, frames[i]!), hw.deviceRead(driver, physOf(k, old), PAGE_SIZE)))
  world.set(gem, 'memory', to)
  world.set(gem, 'filp', frames)
  world.emit('ttm.move', { gem, from: memory as Place, to, pages: frames.length })
  each(k.world, filp!, old => freePage(k, old))
})

/** The hooks of a TTM driver that shares its buffers, under the driver's own names. Every importer here is one that cannot follow a move. */
export function ttmSharing(names: { readonly pin: string; readonly unpin: string; readonly sgTable: string; readonly importSg: string }): DriverHooks {
  return {
    canExport: true,
    canImport: true,
    pin: fn(names.pin, (k, gem) => {
      validate(k, gem, 'system')
      k.world.emit('ttm.pin', { gem, pins: k.world.get(gem).pagesPin + 1 })
      pinSlot(k, gem, n => take(k.world, gem, `pin ${n}`, gem, 'pagesPin'))
    }),
    unpin: fn(names.unpin, (k, gem) => {
      unpinSlot(k, gem, slot => drop(k.world, gem, slot))
      k.world.emit('ttm.unpin', { gem, pins: k.world.get(gem).pagesPin })
    }),
    getSgTable: fn(names.sgTable, (k, gem) => {
      const sgt = sgFromPages(k.world.get(gem).filp!)
      k.world.emit('shmem.sgt', { gem, entries: sgt.length })
      return sgt
    }),
    importSgTable: fn(names.importSg, createImport),
  }
}
