/**
 * Mappings of TTM drivers' buffers: any page by its place in the buffer, wherever the buffer lies at that moment. An import has no pages
 * that TTM would show. Where buffers lie, and how they move: ttm-move.ts.
 * Mirrors: ttm_bo_mmap (5.2: any offset inside a buffer), ttm_bo_mmap_obj, ttm_bo_vm_fault.
 * Leaves out: a life of the TTM buffer after its GEM object, memory of the card that the CPU cannot see, pages brought before they are asked for.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { createGem, createHandle, lookupGem, putCreator, putGem } from './gem.ts'
import { own, vmGemSlot } from './gem-mmap.ts'
import type { Dumb, DumbArgs, DriverHooks, VmOps } from './hooks.ts'
import { drmFileOf } from './node.ts'
import { take } from './ref.ts'
import { fillFilp, freeShmem } from './shmem.ts'
import { assertionFailed, warn } from './log.ts'
import type { Says } from './syscall.ts'
import { createMmapOffset, isAllowed, offsetLookup } from './vma-offset.ts'

declare module '../journal/vocabulary.ts' {
  interface Events { 'ttm.fault.external': { vma: Id<'vma'>; gem: Id<'gem'> }; 'ttm.fault.vram': { vma: Id<'vma'>; gem: Id<'gem'> } }
}
export const says: Says = {
  'ttm.fault.external': '{gem} is an import, and **TTM has only addresses for the card** of it, no pages for a CPU.',
  'ttm.fault.vram': '{gem} lies in the **memory of the card**: the CPU reaches it across the bus, past every cache, and reads there are slow.',
}

/** A plain buffer, under the driver's own name for this. `memory`: where it lies (`vram`, `system`); `place` brings its pages at once. */
export const ttmDumbCreate = (name: string, memory: string, place?: (k: Kernel, gem: Id<'gem'>) => void) => fn(name, (k: Kernel, drmFile: Id<'drm_file'>, { width, height, bpp }: DumbArgs): Dumb | Fail => {
  const pitch = width * Math.ceil(bpp / 8)
  const size = Math.ceil((pitch * height) / PAGE_SIZE) * PAGE_SIZE
  const gem = createGem(k, k.world.get(drmFile).device, { sizeBytes: size, memory, attr: 'wc', filp: true })
  createMmapOffset(k, gem)
  place?.(k, gem)
  const handle = createHandle(k, drmFile, gem)
  putCreator(k, gem)
  return isFail(handle) ? handle : { handle, pitch, size }
})

/** No difference between own objects and imports: the offset of an import is told too, and a mapping there shows nothing. */
const dumbMapOffset = fn('drm_gem_ttm_dumb_map_offset', (k: Kernel, drmFile: Id<'drm_file'>, handle: number): number | Fail => {
  const gem = lookupGem(k, drmFile, handle)
  return isFail(gem) ? gem : k.world.get(gem).offset! * PAGE_SIZE
})

function showBo52(k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void {
  own(k, vma, gem, ['io', 'de', 'dd', 'mm'], [], 'wc')
  take(k.world, vma, vmGemSlot(gem), gem, 'refcount')
}

/** mmap of a dma-buf in 5.2: the object is known, its place among the offsets is added, and no allow list is asked. */
export const mapBo52 = (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void => {
  const pgoff = k.world.get(vma).pgoff + k.world.get(gem).offset!
  k.world.set(vma, 'pgoff', pgoff)
  k.world.emit('mmap.exporter.offset', { vma, gem, pgoff })
  showBo52(k, gem, vma)
}

const mmap52 = fn('ttm_bo_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const { world } = k
  const drmFile = drmFileOf(k, file)
  const { start, end, pgoff } = world.get(vma)
  const pages = (end - start) / PAGE_SIZE
  const gem = offsetLookup(k, world.get(drmFile).device, pgoff, pages)
  if (!gem) {
    world.emit('mmap.refused.offset', { offset: pgoff * PAGE_SIZE, pages })
    return fail('EINVAL')
  }
  if (!isAllowed(k, gem, drmFile)) {
    world.emit('mmap.refused.allow', { gem, drmFile })
    return fail('EACCES')
  }
  showBo52(k, gem, vma)
})

export const mmapObj = fn('ttm_bo_mmap_obj', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const { flags } = k.world.get(vma)
  if (flags.includes('mw') && !flags.includes('sh')) {
    k.world.emit('mmap.refused.private', { vma, gem })
    return fail('EINVAL')
  }
  own(k, vma, gem, ['pf', 'io', 'de', 'dd'], [], 'wc')
})

const gemOf = (k: Kernel, vma: Id<'vma'>): Id<'gem'> => k.world.get(vma).priv as Id<'gem'>
export const ttmVmOps: VmOps = {
  open: fn('ttm_bo_vm_open', (k, vma: Id<'vma'>) => {
    // An area made through a dma-buf is another file's than the card's.
    if (k.world.get(k.world.get(vma).file!).kind !== 'drm') warn(k, 'ttm_bo_vm_open', 'drivers/gpu/drm/ttm/ttm_bo_vm.c:308')
    take(k.world, vma, vmGemSlot(gemOf(k, vma)), gemOf(k, vma), 'refcount')
  }),
  close: fn('ttm_bo_vm_close', (k, vma: Id<'vma'>) => putGem(k, vma, vmGemSlot(gemOf(k, vma)))),
  fault: fn('ttm_bo_vm_fault', (k, id: Id<'vma'>, addr: number) => {
    const { start, pgoff, flags } = k.world.get(id)
    const gem = gemOf(k, id)
    if (!flags.includes('mm') && !flags.includes('pf')) {
      assertionFailed(k, 'mm/memory.c:1692')
      return 'BUG'
    }
    const { memory } = k.world.get(gem)
    if (memory === 'import') {
      k.world.emit('ttm.fault.external', { vma: id, gem })
      return 'SIGBUS'
    }
    if (memory === 'vram') k.world.emit('ttm.fault.vram', { vma: id, gem })
    return fillFilp(k, gem)[(addr - start) / PAGE_SIZE + pgoff - k.world.get(gem).offset!] ?? 'SIGBUS'
  }),
}

/** Since 5.11 or so each driver has vm_ops of its own, and its handler calls TTM's. */
export const faultingAs = (vmOps: string, fault: string): Pick<DriverHooks, 'vmOps' | 'ownVmOps'> => ({ vmOps, ownVmOps: { ...ttmVmOps, fault: fn(fault, ttmVmOps.fault!) } })

const common: DriverHooks = { modeset: true, prime: true, dumbCreate: ttmDumbCreate('drm_gem_vram_fill_create_dumb', 'vram'), dumbMapOffset, gemFree: freeShmem, vmOps: 'ttm_bo_vm_ops', ownVmOps: ttmVmOps }
export const ttmHooks52: DriverHooks = { ...common, mmap: mmap52 }
export const ttmHooksNow: DriverHooks = { ...common, gemMmap: mmapObj }
