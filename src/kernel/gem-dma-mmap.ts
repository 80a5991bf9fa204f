/**
 * Mappings of the DMA helper's objects: every page is in the page table when mmap returns, and no handler serves faults.
 * Mirrors: drm_gem_cma_mmap, drm_gem_cma_mmap_obj, drm_gem_cma_prime_mmap (5.2), drm_gem_dma_mmap (today), drm_gem_vm_open, drm_gem_vm_close.
 * Leaves out: nothing that a caller sees.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { dmaMmapWc } from './dma-alloc.ts'
import { isFail, type Fail } from './fail.ts'
import { framesOf } from './frames.ts'
import { putGem } from './gem.ts'
import { gemMmapObj52, own, vmGemSlot } from './gem-mmap.ts'
import { takeForOwn } from './gem-vm.ts'
import type { VmOps } from './hooks.ts'
import { take } from './ref.ts'
import { withFlags } from './vma.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'mmap.whole': { vma: Id<'vma'>; gem: Id<'gem'>; pgoff: number }
    'vma.dma.open': { vma: Id<'vma'>; gem: Id<'gem'> }
    'vma.dma.close': { vma: Id<'vma'>; gem: Id<'gem'> }
  }
}
export const says: Says = {
  'mmap.owner:drm_gem_cma_vm_ops': '**{gem} takes the area**, which the CPU sees {attr}. It has no handler for faults: **every page must be put in now**.',
  'mmap.owner:drm_gem_dma_vm_ops': '**{gem} takes the area**, which the CPU sees {attr}, and no handler for faults with it: **every page must be put in now**.',
  'mmap.whole': 'The fake offset has done its work: {vma} shows {gem} **from page {pgoff}** on.',
  'vma.dma.open': 'A further area, {vma}, shows {gem}: the object is **held once more**.',
  'vma.dma.close': '{vma} **lets go** of {gem}; its memory stays where it is while the object lives.',
}

function map(k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>, pgoff: number): void | Fail {
  const { world } = k
  world.set(vma, 'pgoff', pgoff)
  world.set(vma, 'flags', withFlags(world.get(vma).flags, ['de'], ['pf']))
  world.emit('mmap.whole', { vma, gem, pgoff })
  return dmaMmapWc(k, world.get(gem).device, vma, framesOf(k, gem)!)
}

/** 5.2: the offset is set to 0, so the area shows the buffer from its beginning, whatever was asked. */
export const cmaMmapObj = fn('drm_gem_cma_mmap_obj', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const refused = map(k, gem, vma, 0)
  if (isFail(refused)) putGem(k, vma, vmGemSlot(gem))
  return refused
})

/** 5.2: fops->mmap of the node. It goes on with the area's private data, which after the patch of July 2019 may be the exporter's. */
export const cmaFopsMmap = fn('drm_gem_cma_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const result = k.parts.gemMmap(k, file, vma)
  if (isFail(result)) return result
  const gem = takeForOwn(k, file, vma, 'drm_gem_cma_mmap')
  return gem && cmaMmapObj(k, gem, vma)
})

/** 5.2: mmap of the dma-buf goes straight to the object; no node, no fake offset, no allow list. */
export const cmaPrimeMmap = fn('drm_gem_cma_prime_mmap', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => gemMmapObj52(k, gem, vma) ?? cmaMmapObj(k, gem, vma))

/** Today: funcs->mmap, for the node and for the dma-buf. An import is not handed on. */
export const dmaMmap = fn('drm_gem_dma_mmap', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const { device, offset } = k.world.get(gem)
  own(k, vma, gem, ['de'], ['pf'], k.parts.dmaPgprot(k, device))
  return map(k, gem, vma, k.world.get(vma).pgoff - (offset ?? 0))
})

const gemOf = (k: Kernel, vma: Id<'vma'>): Id<'gem'> => k.world.get(vma).priv as Id<'gem'>
export const dmaVmOps: VmOps = {
  open: fn('drm_gem_vm_open', (k, vma: Id<'vma'>) => {
    const gem = gemOf(k, vma)
    k.world.emit('vma.dma.open', { vma, gem })
    take(k.world, vma, vmGemSlot(gem), gem, 'refcount')
  }),
  close: fn('drm_gem_vm_close', (k, vma: Id<'vma'>) => {
    const gem = gemOf(k, vma)
    k.world.emit('vma.dma.close', { vma, gem })
    putGem(k, vma, vmGemSlot(gem))
  }),
}
