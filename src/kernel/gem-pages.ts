/**
 * Pages of drivers that count no users of them: fetched from the object's shared-memory file on first need, with the list by which the device
 * reaches them, and kept until the object goes. A cached mapping belongs to that file and not to the node.
 * Mirrors: drm_gem_get_pages, drm_gem_put_pages (drm_gem.c), drm_prime_pages_to_sg; etnaviv_gem_get_pages and get_pages of msm.
 * Leaves out: memory that is short, pages given back to a shrinker; the tail of a mapping that is cut off the file.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { dmaMapSgtable, syncForCpu, syncForDevice } from './dma-map.ts'
import { createFile, putFile } from './file.ts'
import { createGem, createHandle, putCreator } from './gem.ts'
import { vmaSetFile } from './gem-mmap.ts'
import { fail, type Fail } from './fail.ts'
import type { Attr, SgEntry } from './objects.ts'
import { holds, take } from './ref.ts'
import { fillFilp, freeFilp, pagesFromSg, primeGemDestroy, sgFromPages } from './shmem.ts'

export interface PagesSpec { readonly sizeBytes: number; readonly attr: Attr; readonly flags: readonly string[] }

/** A new object of these pages, with a handle in the file; its pages come later. */
export function newPagesHandle(k: Kernel, drmFile: Id<'drm_file'>, { sizeBytes, attr, flags }: PagesSpec): number | Fail {
  const gem = createGem(k, k.world.get(drmFile).device, { sizeBytes, memory: 'shmem', attr, filp: true })
  k.world.set(gem, 'flags', flags)
  const handle = createHandle(k, drmFile, gem)
  putCreator(k, gem)
  return handle
}

/** The pages of the driver's own object and their list; a mapping for the device with CPU sync (`sync`) cleans them. */
export const drmGemGetPages = fn('drm_gem_get_pages', (k: Kernel, gem: Id<'gem'>, sync: boolean): readonly number[] => {
  const { world } = k
  const { pages: has, device } = world.get(gem)
  if (has) return has
  const pages = fillFilp(k, gem)
  world.set(gem, 'pages', pages)
  world.emit('shmem.pages.get', { gem, pages: pages.length })
  const sgt = dmaMapSgtable(k, sgFromPages(pages))
  if (sync) syncForDevice(k, device, sgt, 'BIDIR')
  world.set(gem, 'sgt', sgt)
  world.emit('shmem.sgt.mapped', { gem, device, entries: sgt.length })
  return pages
})

/** The object goes: its list, which is an invalidate, its pages, and its file. */
export const drmGemPutPages = fn('drm_gem_put_pages', (k: Kernel, gem: Id<'gem'>, sync: boolean) => {
  const { world } = k
  const { sgt, device } = world.get(gem)
  if (sgt) {
    if (sync) syncForCpu(k, device, sgt, 'BIDIR')
    world.set(gem, 'sgt', null)
    world.emit('shmem.sgt.unmapped', { gem, device })
    world.set(gem, 'pages', null)
    world.emit('shmem.pages.put', { gem })
  }
  if (holds(world, gem, FILP)) putFile(k, gem, FILP)
  freeFilp(k, gem)
})

/** For another device: the pages, which must have been pinned. */
export function pinnedSg(k: Kernel, gem: Id<'gem'>): readonly SgEntry[] | Fail {
  const { pages } = k.world.get(gem)
  if (pages) return sgFromPages(pages)
  k.world.emit('prime.refused.sharing', { gem })
  return fail('EINVAL')
}

/** An object for a foreign buffer: the exporter's list, and an array of its pages for the CPU. */
export function importPages(k: Kernel, attachment: Id<'attachment'>, sgt: readonly SgEntry[]): Id<'gem'> {
  const { world } = k
  const { dmaBuf, device } = world.get(attachment)
  const { sizeBytes, resv } = world.get(dmaBuf)
  const gem = createGem(k, device, { sizeBytes, memory: 'import', attr: 'wc', filp: false, resv })
  world.set(gem, 'sgt', sgt)
  world.set(gem, 'pages', pagesFromSg(sgt))
  world.emit('import.create', { gem, attachment })
  return gem
}

/** The object goes, whichever it is. */
export function freePages(k: Kernel, gem: Id<'gem'>, sync: boolean): void {
  if (k.world.get(gem).importAttach) primeGemDestroy(k, gem)
  else if (k.world.get(gem).memory !== 'import') drmGemPutPages(k, gem, sync)
}

const FILP = 'filp'
/** The area of a cached object shows the shared-memory file from its beginning, and holds that file in place of the node. */
export function shuntToFilp(k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void {
  const { world } = k
  if (!holds(world, gem, FILP)) take(world, gem, FILP, createFile(k, { kind: 'shmem', name: '/drm mm object (deleted)', fmode: { read: true, write: true }, priv: null }), 'fCount')
  vmaSetFile(k, vma, holds(world, gem, FILP) as Id<'file'>)
  world.set(vma, 'pgoff', 0)
}
