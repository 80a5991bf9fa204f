/**
 * vgem as it was in 5.2: a shared-memory file behind every object, imports too, and a fault handler of its own.
 * A test fence exports the object first, read-only, and so fixes its mode.
 * Mirrors: attach_dmabuf, vgem_mmap, vgem_gem_fault, vgem_prime_mmap, vgem_gem_dumb_map (vgem_drv.c) [5.2].
 * Leaves out: pages that the shared-memory file could swap out.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { createFile, putFile } from './file.ts'
import { createGem, createHandle, lookupGem, putCreator, rememberDmaBuf } from './gem.ts'
import { gemVmOps } from './gem-vm.ts'
import type { Dumb, DumbArgs, DriverHooks, VmOps } from './hooks.ts'
import { memfdPage } from './memfd.ts'
import { mmapMemfd } from './memfd-mmap.ts'
import type { SgEntry } from './objects.ts'
import { gemPrimeExport } from './prime.ts'
import { drop, holds, take } from './ref.ts'
import { pagesFromSg, primeGemDestroy, sgFromPages } from './shmem.ts'
import { createMmapOffset } from './vma-offset.ts'
import { withFlags } from './vma.ts'

/** The shared-memory file of an object: it can outlive the object in a mapping. */
function addFilp(k: Kernel, gem: Id<'gem'>): void {
  const { world } = k
  const { sizeBytes } = world.get(gem)
  const memfd = world.create(world.newId('memfd'), { name: 'drm mm object', sizeBytes, pages: [], orphans: [], seals: [], pagesUse: 0, refcount: 0 })
  world.emit('memfd.create', { memfd, name: 'drm mm object' })
  const file = createFile(k, { kind: 'shmem', name: '/drm mm object (deleted)', fmode: { read: true, write: true }, priv: memfd })
  take(world, file, 'inode', memfd, 'refcount')
  take(world, gem, 'filp', file, 'fCount')
}
const filpOf = (k: Kernel, gem: Id<'gem'>): Id<'file'> => holds(k.world, gem, 'filp') as Id<'file'>
const memfdOf = (k: Kernel, gem: Id<'gem'>): Id<'memfd'> => k.world.get(filpOf(k, gem)).priv as Id<'memfd'>

const dumbCreate = fn('vgem_gem_dumb_create', (k: Kernel, drmFile: Id<'drm_file'>, { width, height, bpp }: DumbArgs): Dumb | Fail => {
  const pitch = width * Math.ceil(bpp / 8)
  const size = pitch * height
  const gem = createGem(k, k.world.get(drmFile).device, { sizeBytes: size, memory: 'shmem', attr: 'wc', filp: false })
  addFilp(k, gem)
  const handle = createHandle(k, drmFile, gem)
  putCreator(k, gem)
  return isFail(handle) ? handle : { handle, pitch, size: k.world.get(gem).sizeBytes }
})

const dumbMapOffset = fn('vgem_gem_dumb_map', (k: Kernel, drmFile: Id<'drm_file'>, handle: number): number | Fail => {
  const gem = lookupGem(k, drmFile, handle)
  if (isFail(gem)) return gem
  createMmapOffset(k, gem)
  return k.world.get(gem).offset! * PAGE_SIZE
})

const fill = (k: Kernel, gem: Id<'gem'>): number[] =>
  Array.from({ length: k.world.get(gem).sizeBytes / PAGE_SIZE }, (_, i) => memfdPage(k, memfdOf(k, gem), i))

const pin = fn('vgem_prime_pin', (k: Kernel, gem: Id<'gem'>) => {
  let n = 0
  while (k.world.has(`ref:${gem}/pin ${n}`)) n++
  if (k.world.get(gem).pagesPin === 0) {
    const pages = fill(k, gem)
    k.world.set(gem, 'pages', pages)
    k.world.emit('shmem.pages.get', { gem, pages: pages.length })
  }
  take(k.world, gem, `pin ${n}`, gem, 'pagesPin')
})
const unpin = fn('vgem_prime_unpin', (k: Kernel, gem: Id<'gem'>) => {
  const { pagesPin } = k.world.get(gem)
  drop(k.world, gem, `pin ${pagesPin - 1}`)
  if (pagesPin > 1) return
  k.world.set(gem, 'pages', null)
  k.world.emit('shmem.pages.put', { gem })
})

const importSg = fn('vgem_prime_import_sg_table', (k: Kernel, attachment: Id<'attachment'>, sgt: readonly SgEntry[]): Id<'gem'> => {
  const { dmaBuf, device } = k.world.get(attachment)
  const { sizeBytes, resv } = k.world.get(dmaBuf)
  const gem = createGem(k, device, { sizeBytes, memory: 'import', attr: 'wc', filp: false, resv })
  addFilp(k, gem)
  k.world.set(gem, 'sgt', sgt)
  k.world.set(gem, 'pages', pagesFromSg(sgt))
  k.world.emit('import.create', { gem, attachment })
  take(k.world, gem, 'pin 0', gem, 'pagesPin')
  return gem
})

const free = fn('vgem_gem_free_object', (k: Kernel, gem: Id<'gem'>) => {
  if (holds(k.world, gem, 'pin 0')) drop(k.world, gem, 'pin 0')
  if (k.world.get(gem).importAttach) primeGemDestroy(k, gem)
  putFile(k, gem, 'filp')
})

/** Its mmap does not know that drm_gem_mmap may have handed the area away: it sets the flags as if it were its own. */
const mmap = fn('vgem_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const { flags } = k.world.get(vma)
  const result = k.parts.gemMmap(k, file, vma)
  if (isFail(result)) return result
  k.world.set(vma, 'flags', withFlags(flags, ['de', 'dd']))
  k.world.emit('vma.change', { vma, start: k.world.get(vma).start, end: k.world.get(vma).end, flags: k.world.get(vma).flags.join(' ') })
})

/** The dma-buf's area becomes one of the shared-memory file: neither buffer nor object is held by it. */
const primeMmap = fn('vgem_prime_mmap', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const { world } = k
  const { start, end, flags } = world.get(vma)
  if (world.get(gem).sizeBytes < end - start) {
    world.emit('mmap.refused.size', { gem, pages: (end - start) / PAGE_SIZE })
    return fail('EINVAL')
  }
  const filp = filpOf(k, gem)
  const refused = mmapMemfd(k, filp, vma)
  if (refused) return refused
  putFile(k, vma, 'vm_file')
  take(world, vma, 'vm_file', filp, 'fCount')
  world.set(vma, 'file', filp)
  world.set(vma, 'flags', withFlags(flags, ['de', 'dd']))
  world.set(vma, 'attr', 'wc')
  world.emit('mmap.exporter.offset', { vma, gem, pgoff: world.get(vma).pgoff })
})

const gemOf = (k: Kernel, vma: Id<'vma'>): Id<'gem'> => k.world.get(vma).priv as Id<'gem'>

const vgemVmOps52: VmOps = {
  ...gemVmOps,
  fault: fn('vgem_gem_fault', (k: Kernel, id: Id<'vma'>, addr: number) => {
    const gem = gemOf(k, id)
    const { pages, sizeBytes } = k.world.get(gem)
    const index = (addr - k.world.get(id).start) / PAGE_SIZE
    if (index >= sizeBytes / PAGE_SIZE) return 'SIGBUS'
    const page = pages?.[index]
    // A page of an import gets one more reference first, and there may be no page to count it.
    if (page !== undefined) return page < 0 ? 'OOPS' : page
    return memfdPage(k, memfdOf(k, gem), index)
  }),
}

export const vgem52: DriverHooks = {
  prime: true,
  noSeek: true,
  canExport: true,
  canImport: true,
  dumbCreate,
  dumbMapOffset,
  mmap,
  gemFree: free,
  vmOps: 'vgem_gem_vm_ops',
  ownVmOps: vgemVmOps52,
  pin,
  unpin,
  getSgTable: fn('vgem_prime_get_sg_table', (k: Kernel, gem: Id<'gem'>) => sgFromPages(k.world.get(gem).pages!)),
  importSgTable: importSg,
  primeMmap,
  beforeFence: fn('attach_dmabuf', (k: Kernel, gem: Id<'gem'>) => {
    if (!k.world.get(gem).dmaBuf) rememberDmaBuf(k, gem, gemPrimeExport(k, gem, false))
  }),
}
