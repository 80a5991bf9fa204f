/**
 * The shmem helper: buffer objects whose pages come from a shared-memory file.
 * Mirrors: drm_gem_shmem_create, drm_gem_shmem_get_pages, drm_gem_shmem_put_pages, drm_gem_shmem_pin, drm_gem_shmem_get_sg_table,
 * drm_gem_shmem_free, drm_gem_shmem_dumb_create (drm_gem_shmem_helper.c). Its mappings: shmem-mmap.ts.
 * Leaves out: vmap, page flags given back with the pages.
 */
import { each } from './again.ts'
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { detach, putDmaBuf, unmapAttachment } from './dma-buf.ts'
import { dmaMapSgtable, syncForCpu, syncForDevice } from './dma-map.ts'
import { isFail, type Fail } from './fail.ts'
import { createGem, createHandle, putCreator } from './gem.ts'
import type { Dumb, DumbArgs } from './hooks.ts'
import type { Attr, SgEntry } from './objects.ts'
import { allocPage, allocRun, freePage, maintainPages } from './page.ts'
import { drop, holds, take } from './ref.ts'
import type { Says } from './syscall.ts'
import { unmapMappingRange } from './vma.ts'
import { createMmapOffset, removeMmapOffset } from './vma-offset.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'shmem.pages.get': { gem: Id<'gem'>; pages: number }
    'shmem.pages.put': { gem: Id<'gem'> }
    'shmem.pages.wc': { gem: Id<'gem'>; pages: number }
    'shmem.purge': { gem: Id<'gem'> }
    'shmem.pages.free': { gem: Id<'gem'>; pages: number }
    'shmem.sgt.mapped': { gem: Id<'gem'>; device: Id<'device'>; entries: number }
    'shmem.sgt.unmapped': { gem: Id<'gem'>; device: Id<'device'> }
    'shmem.sgt': { gem: Id<'gem'>; entries: number }
    'import.create': { gem: Id<'gem'>; attachment: Id<'attachment'> }
    'import.destroy': { gem: Id<'gem'> }
  }
}
export const says: Says = {
  'shmem.pages.get': '{gem} gets its **{pages} {pages#page|pages}** from its shared-memory file.',
  'shmem.pages.put': 'Nothing uses the pages of {gem} any more: the array goes, the shared-memory file keeps them.',
  'shmem.pages.wc': 'The kernel maps the {pages} {pages#page|pages} of {gem} **write-combined for itself too**, and empties the caches of them: no zeros are left there to land later.',
  'shmem.purge': '**The contents of {gem} are thrown away**: its owner said that they are not needed, and memory is short.',
  'shmem.pages.free': '{gem} **gives {pages} {pages#page|pages} back** to the system.',
  'shmem.sgt': '{gem} is described as a scatter list of {entries} {entries#entry|entries}.',
  'shmem.sgt.mapped': '{entries} {entries#entry|entries} of {gem} {entries#is|are} **mapped for {device}**, and {entries#stays|stay} so.',
  'shmem.sgt.unmapped': '{device} **gives up** its own list of the pages of {gem}.',
  'import.create': '**{gem} stands for a foreign buffer**: its pages belong to the exporter.',
  'import.destroy': '{gem} **lets go of the foreign buffer** behind it.',
}

export const createShmem = fn('drm_gem_shmem_create', (k: Kernel, device: Id<'device'>, sizeBytes: number, attr: Attr): Id<'gem'> => {
  k.drivers[device]!.createObject?.(k)
  const gem = createGem(k, device, { sizeBytes, memory: 'shmem', attr, filp: true })
  createMmapOffset(k, gem)
  return gem
})

/** 5.2: an object and its first handle in one. */
export const createShmemWithHandle = fn('drm_gem_shmem_create_with_handle', (k: Kernel, drmFile: Id<'drm_file'>, sizeBytes: number, attr: Attr): { gem: Id<'gem'>; handle: number } | Fail => {
  const gem = createShmem(k, k.world.get(drmFile).device, sizeBytes, attr)
  const handle = createHandle(k, drmFile, gem)
  if (!isFail(handle)) return { gem, handle }
  putCreator(k, gem)
  return handle
})

/** DUMB: pitch and size as the helper rounds them. */
export const shmemDumbCreate = (attr: Attr) => fn('drm_gem_shmem_dumb_create', (k: Kernel, drmFile: Id<'drm_file'>, { width, height, bpp }: DumbArgs): Dumb | Fail => {
  const pitch = Math.ceil((width * bpp) / 8)
  const size = Math.ceil((pitch * height) / PAGE_SIZE) * PAGE_SIZE
  const gem = createShmem(k, k.world.get(drmFile).device, size, attr)
  const handle = createHandle(k, drmFile, gem)
  putCreator(k, gem)
  return isFail(handle) ? handle : { handle, pitch, size }
})

/** The frames of every page, made on first need. */
export function fillFilp(k: Kernel, gem: Id<'gem'>): readonly number[] {
  const { filp } = k.world.get(gem)
  if (!filp!.includes(-1)) return filp!
  const full = each(k.world, filp!, frame => (frame < 0 ? allocPage(k) : frame))
  k.world.set(gem, 'filp', full)
  return full
}

const gemGetPages = fn('drm_gem_get_pages', fillFilp)

/** The kernel's own mapping of the pages is write-combined from now on, so no line of them may stay in a cache. */
const setPagesArrayWc = fn('set_pages_array_wc', (k: Kernel, gem: Id<'gem'>, pages: readonly number[]) => {
  k.world.emit('shmem.pages.wc', { gem, pages: pages.length })
  maintainPages(k, pages, 'cleanInvalidate')
})

/** One more user of the pages; the first one brings them. */
export const getPages = fn({ '5.2': 'drm_gem_shmem_get_pages', '6.18': 'drm_gem_shmem_get_pages_locked' }, (k: Kernel, gem: Id<'gem'>, from: Id, slot: string) => {
  if (k.world.get(gem).pages === null) {
    const pages = gemGetPages(k, gem)
    k.world.set(gem, 'pages', pages)
    k.world.emit('shmem.pages.get', { gem, pages: pages.length })
    if (k.parts.pagesArrayWc && k.hw.platform.linearFollows && k.world.get(gem).attr === 'wc') setPagesArrayWc(k, gem, pages)
  }
  take(k.world, from, slot, gem, 'pagesUse')
})

export const putPages = fn({ '5.2': 'drm_gem_shmem_put_pages', '6.18': 'drm_gem_shmem_put_pages_locked' }, (k: Kernel, gem: Id<'gem'>, from: Id, slot: string) => {
  const { count } = drop(k.world, from, slot)
  if (count > 0) return
  k.world.set(gem, 'pages', null)
  k.world.emit('shmem.pages.put', { gem })
  if (k.world.get(gem).madv < 0) truncateFilp(k, gem)
})

/** The shared-memory file keeps nothing: its frames go back to the system. */
function truncateFilp(k: Kernel, gem: Id<'gem'>): void {
  const { filp } = k.world.get(gem)
  const held = filp!.filter(frame => frame >= 0)
  each(k.world, held, frame => freePage(k, frame))
  k.world.set(gem, 'filp', filp!.map(() => -1))
  k.world.emit('shmem.pages.free', { gem, pages: held.length })
}

/** A scatter list of an object's own pages; neighbours share an entry. */
export const getSgTable = fn('drm_gem_shmem_get_sg_table', (k: Kernel, gem: Id<'gem'>): readonly SgEntry[] => {
  const sgt = sgFromPages(k.world.get(gem).pages!)
  k.world.emit('shmem.sgt', { gem, entries: sgt.length })
  return sgt
})
export function sgFromPages(pages: readonly number[]): SgEntry[] {
  const sgt: SgEntry[] = []
  for (const page of pages) {
    const last = sgt[sgt.length - 1]
    if (last && last.page! + last.len / PAGE_SIZE === page) sgt[sgt.length - 1] = { ...last, len: last.len + PAGE_SIZE }
    else sgt.push({ page, len: PAGE_SIZE, dma: null })
  }
  return sgt
}
export const pagesFromSg = (sgt: readonly SgEntry[]): number[] => sgt.flatMap(e => Array.from({ length: e.len / PAGE_SIZE }, (_, i) => (e.page === null ? -1 : e.page + i)))

const SGT_PAGES = 'sgt pages'
/** The list by which the object's own device reaches its pages. Once made it stays, and with it one use of them. This mapping does clean the caches. */
export const getPagesSgt = fn('drm_gem_shmem_get_pages_sgt', (k: Kernel, gem: Id<'gem'>): readonly SgEntry[] => {
  const { sgt, device } = k.world.get(gem)
  if (sgt) return sgt
  getPages(k, gem, gem, SGT_PAGES)
  const mapped = dmaMapSgtable(k, getSgTable(k, gem))
  syncForDevice(k, device, mapped, 'BIDIR')
  k.world.set(gem, 'sgt', mapped)
  k.world.emit('shmem.sgt.mapped', { gem, device, entries: mapped.length })
  return mapped
})

/** Pages of a heap from `first` on, behind one another; the list for the device has holes where nothing is yet. Answers their entry. */
export const growPages = fn('shmem_read_mapping_page', (k: Kernel, gem: Id<'gem'>, first: number, count: number): SgEntry => {
  const { world } = k
  const { filp, sgt, device, sizeBytes } = world.get(gem)
  const frame = allocRun(k, count)
  const [entry] = dmaMapSgtable(k, [{ page: frame, len: count * PAGE_SIZE, dma: null }]) as [SgEntry]
  const list = sgt ?? Array.from({ length: sizeBytes / entry.len }, () => ({ page: null, len: entry.len, dma: null }))
  const full = filp!.map((held, i) => (i >= first && i < first + count ? frame + i - first : held))
  world.set(gem, 'filp', full)
  world.set(gem, 'pages', full)
  world.set(gem, 'sgt', list.map((held, i) => (i === first / count ? entry : held)))
  world.emit('shmem.pages.get', { gem, pages: count })
  if (!holds(world, gem, SGT_PAGES)) take(world, gem, SGT_PAGES, gem, 'pagesUse')
  syncForDevice(k, device, [entry], 'BIDIR')
  return entry
})

/** 5.2: an attachment is one more user of the pages. */
export const pin52 = fn('drm_gem_shmem_pin', (k: Kernel, gem: Id<'gem'>) => pinSlot(k, gem, n => getPages(k, gem, gem, `pin ${n}`)))
export const unpin52 = fn('drm_gem_shmem_unpin', (k: Kernel, gem: Id<'gem'>) => unpinSlot(k, gem, slot => putPages(k, gem, gem, slot)))
/** Today: pins have a count of their own, and the first one is a user of the pages. */
export const pinNow = fn('drm_gem_shmem_pin', (k: Kernel, gem: Id<'gem'>) => {
  if (k.world.get(gem).pagesPin === 0) getPages(k, gem, gem, 'pinned pages')
  pinSlot(k, gem, n => take(k.world, gem, `pin ${n}`, gem, 'pagesPin'))
})
export const unpinNow = fn('drm_gem_shmem_unpin', (k: Kernel, gem: Id<'gem'>) => {
  unpinSlot(k, gem, slot => drop(k.world, gem, slot))
  if (k.world.get(gem).pagesPin === 0) putPages(k, gem, gem, 'pinned pages')
})

/** The first free slot for a pin, and the last one that is taken. */
export function pinSlot(k: Kernel, gem: Id<'gem'>, pin: (n: number) => void): void {
  let n = 0
  while (k.world.has(`ref:${gem}/pin ${n}`)) n++
  pin(n)
}
export function unpinSlot(k: Kernel, gem: Id<'gem'>, unpin: (slot: string) => void): void {
  let n = 0
  while (k.world.has(`ref:${gem}/pin ${n + 1}`)) n++
  unpin(`pin ${n}`)
}

const IMPORT_PAGES = 'import pages'
/** 5.2: an import has the exporter's pages in an array of its own, in use for ever. */
export const shmemImport52 = (k: Kernel, gem: Id<'gem'>, sgt: readonly SgEntry[]): void => {
  const pages = pagesFromSg(sgt)
  k.world.set(gem, 'pages', pages)
  k.world.emit('shmem.pages.get', { gem, pages: pages.length })
  take(k.world, gem, IMPORT_PAGES, gem, 'pagesUse')
}
/** Today: an import has no pages of its own, and no wish for write-combining (map_wc): its exporter decides. Told with the attachment. */
export const shmemImportNow = (k: Kernel, gem: Id<'gem'>): void => k.world.set(gem, 'attr', 'wb')

/** An object for a foreign buffer, with a place among the offsets. */
export function createImport(k: Kernel, attachment: Id<'attachment'>, sgt: readonly SgEntry[]): Id<'gem'> {
  const { dmaBuf, device } = k.world.get(attachment)
  const { sizeBytes, resv } = k.world.get(dmaBuf)
  const gem = createGem(k, device, { sizeBytes, memory: 'import', attr: 'wc', filp: false, resv })
  k.world.set(gem, 'sgt', sgt)
  k.world.emit('import.create', { gem, attachment })
  createMmapOffset(k, gem)
  return gem
}
export const importSgTable = fn('drm_gem_shmem_prime_import_sg_table', (k: Kernel, attachment: Id<'attachment'>, sgt: readonly SgEntry[]): Id<'gem'> => {
  const gem = createImport(k, attachment, sgt)
  k.parts.shmemImport(k, gem, sgt)
  return gem
})

/** The device lets go of the pages (dma_unmap_sgtable, which is an invalidate), and so does the list. */
function putSgt(k: Kernel, gem: Id<'gem'>): void {
  const { sgt, device } = k.world.get(gem)
  syncForCpu(k, device, sgt!, 'BIDIR')
  k.world.set(gem, 'sgt', null)
  k.world.emit('shmem.sgt.unmapped', { gem, device })
  putPages(k, gem, gem, SGT_PAGES)
}

/** Nobody needs the pages, nobody else has them, nothing keeps them in place. */
export function isPurgeable(k: Kernel, gem: Id<'gem'>): boolean {
  const { madv, pagesPin, sgt, dmaBuf, importAttach } = k.world.get(gem)
  return madv > 0 && pagesPin === 0 && sgt !== null && dmaBuf === null && importAttach === null
}

/** The pages are thrown away, whoever shows them: a later access of the CPU is a SIGBUS. Frames go when no area uses the array any more. */
export const purge = fn({ '5.2': 'drm_gem_shmem_purge', '6.18': 'drm_gem_shmem_purge_locked' }, (k: Kernel, gem: Id<'gem'>) => {
  const { world } = k
  world.set(gem, 'madv', -1)
  world.emit('shmem.purge', { gem })
  unmapMappingRange(k, gem)
  removeMmapOffset(k, gem)
  putSgt(k, gem)
})

export const freeShmem = fn({ '5.2': 'drm_gem_shmem_free_object', '6.1': 'drm_gem_shmem_free' }, (k: Kernel, gem: Id<'gem'>) => {
  const { importAttach, sgt } = k.world.get(gem)
  if (holds(k.world, gem, IMPORT_PAGES)) drop(k.world, gem, IMPORT_PAGES)
  if (importAttach) primeGemDestroy(k, gem)
  else if (sgt) putSgt(k, gem)
  freeFilp(k, gem)
})

/** The shared-memory file of an object goes, and its frames with it. */
export function freeFilp(k: Kernel, gem: Id<'gem'>): void {
  const { filp } = k.world.get(gem)
  if (!filp) return
  each(k.world, filp, frame => { if (frame >= 0) freePage(k, frame) })
  k.world.set(gem, 'filp', null)
  k.world.emit('shmem.pages.free', { gem, pages: filp.length })
}

/** The import ends: the scatter list goes back, the attachment goes, the buffer's reference is dropped. */
export const primeGemDestroy = fn('drm_prime_gem_destroy', (k: Kernel, gem: Id<'gem'>) => {
  const { world } = k
  const attachment = world.get(gem).importAttach!
  if (world.get(attachment).sgt) unmapAttachment(k, attachment)
  world.set(gem, 'importAttach', null)
  world.set(gem, 'sgt', null)
  world.set(gem, 'pages', null)
  world.emit('import.destroy', { gem })
  detach(k, attachment)
  putDmaBuf(k, gem, 'import')
})
