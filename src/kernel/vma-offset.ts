/**
 * Fake offsets: one space per device in which every object has a range, and the list of files that may map it.
 * Mirrors: drm_vma_offset_manager (drm_vma_manager.c) over drm_mm: best fit, from the low end of the hole, and among
 * holes of equal size the one that came to be last.
 * Leaves out: alignment and the lock of the table.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import { without } from '../base/without.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import type { OffsetRange } from './objects.ts'
import type { Says } from './syscall.ts'

/** First page of the space: 4 GiB. Numbers of the node's offset space mean nothing but "this object". */
export const FIRST_OFFSET_PAGE = 0x100000

declare module '../journal/vocabulary.ts' {
  interface Events {
    'offset.add': { gem: Id<'gem'>; offset: number; pages: number }
    'offset.remove': { gem: Id<'gem'>; offset: number }
    'offset.allow': { gem: Id<'gem'>; drmFile: Id<'drm_file'>; count: number }
    'offset.revoke': { gem: Id<'gem'>; drmFile: Id<'drm_file'>; count: number }
  }
}
export const says: Says = {
  'offset.add': '{gem} gets the fake offset **{offset}**, a token for mmap on the node, {pages} {pages#page|pages} long.',
  'offset.remove': 'The fake offset {offset} of {gem} is **free again**.',
  'offset.allow': '**{drmFile} may now map** {gem} through the node ({count} {count#handle gives|handles give} the right).',
  'offset.revoke': '{drmFile} gives up one right to map {gem}; **{count} left**.',
}

const YOUNGEST = Infinity

/** The ranges as they are now; ages of holes become places in their order, so that equal spaces are equal data. */
function setRanges(k: Kernel, device: Id<'device'>, firstHole: number, ranges: readonly OffsetRange[]): void {
  const ages = [firstHole, ...ranges.map(r => r.hole)].sort((a, b) => a - b)
  const place = (age: number): number => ages.indexOf(age)
  k.world.set(device, 'offsets', ranges.map(r => (r.hole === place(r.hole) ? r : { ...r, hole: place(r.hole) })))
  k.world.set(device, 'firstHole', place(firstHole))
}

/** Gives the object a range, once. */
export const createMmapOffset = fn('drm_gem_create_mmap_offset', (k: Kernel, gem: Id<'gem'>) => {
  const { device, offset, sizeBytes } = k.world.get(gem)
  if (offset !== null) return
  const pages = Math.ceil(sizeBytes / PAGE_SIZE)
  const { offsets: ranges, firstHole } = k.world.get(device)
  let best = -1
  let bestSize = Infinity
  let bestAge = -1
  let from = FIRST_OFFSET_PAGE
  for (let i = 0; i <= ranges.length; i++) {
    const size = (ranges[i]?.start ?? Infinity) - from
    const age = i === 0 ? firstHole : ranges[i - 1]!.hole
    if (size >= pages && (best < 0 || size < bestSize || (size === bestSize && age > bestAge))) {
      best = i
      bestSize = size
      bestAge = age
    }
    if (i < ranges.length) from = ranges[i]!.start + ranges[i]!.pages
  }
  const before = ranges[best - 1]
  const start = before ? before.start + before.pages : FIRST_OFFSET_PAGE
  setRanges(k, device, firstHole, [...ranges.slice(0, best), { start, pages, gem, hole: YOUNGEST }, ...ranges.slice(best)])
  k.world.set(gem, 'offset', start)
  k.world.emit('offset.add', { gem, offset: start * PAGE_SIZE, pages })
})

/** The range is free again: the holes on both sides become one, which is the youngest now. */
export function removeMmapOffset(k: Kernel, gem: Id<'gem'>): void {
  const { device, offset } = k.world.get(gem)
  if (offset === null) return
  const { offsets: ranges, firstHole } = k.world.get(device)
  const at = ranges.findIndex(r => r.gem === gem)
  const left = ranges.filter(r => r.gem !== gem)
  if (at === 0) setRanges(k, device, YOUNGEST, left)
  else setRanges(k, device, firstHole, left.map((r, i) => (i === at - 1 ? { ...r, hole: YOUNGEST } : r)))
  k.world.set(gem, 'offset', null)
  k.world.emit('offset.remove', { gem, offset: offset * PAGE_SIZE })
}

/** The object whose range starts exactly at this page and holds that many. */
export function exactOffsetLookup(k: Kernel, device: Id<'device'>, page: number, pages: number): Id<'gem'> | undefined {
  const found = k.world.get(device).offsets.find(r => r.start === page)
  return found && pages <= found.pages ? found.gem : undefined
}
/** The object whose range holds these pages, wherever they start in it. */
export function offsetLookup(k: Kernel, device: Id<'device'>, page: number, pages: number): Id<'gem'> | undefined {
  return k.world.get(device).offsets.find(r => r.start <= page && page + pages <= r.start + r.pages)?.gem
}

export const allow = fn('drm_vma_node_allow', (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>) => {
  const now = k.world.get(gem).allow
  const count = (now[drmFile] ?? 0) + 1
  k.world.set(gem, 'allow', { ...now, [drmFile]: count })
  k.world.emit('offset.allow', { gem, drmFile, count })
})

export const revoke = fn('drm_vma_node_revoke', (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>) => {
  const now = k.world.get(gem).allow
  const count = (now[drmFile] ?? 0) - 1
  k.world.set(gem, 'allow', count > 0 ? { ...now, [drmFile]: count } : without(now, drmFile))
  k.world.emit('offset.revoke', { gem, drmFile, count })
})

export const isAllowed = (k: Kernel, gem: Id<'gem'>, drmFile: Id<'drm_file'>): boolean => (k.world.get(gem).allow[drmFile] ?? 0) > 0
