/**
 * Mappings of the shmem helper's objects.
 * Mirrors: drm_gem_shmem_mmap, drm_gem_shmem_fault, drm_gem_shmem_vm_open and _close (drm_gem_shmem_helper.c), of 5.2 and of today.
 * Leaves out: purged objects, huge pages.
 */
import { PAGE_SIZE } from '../base/brand.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { putGem } from './gem.ts'
import { own, vmGemSlot } from './gem-mmap.ts'
import type { VmOps } from './hooks.ts'
import { take } from './ref.ts'
import { getPages, putPages } from './shmem.ts'
import type { Says } from './syscall.ts'
import { vmfInsertPage, vmfInsertPfn } from './vmf-insert.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'mmap.refused.private': { vma: Id<'vma'>; gem: Id<'gem'> }
    'vma.open': { vma: Id<'vma'>; gem: Id<'gem'> }
    'vma.close': { vma: Id<'vma'>; gem: Id<'gem'> }
  }
}
export const says: Says = {
  'mmap.refused.private': '**A private copy of {gem} cannot be mapped**: EINVAL.',
  'vma.open': 'A further area, {vma}, shows {gem}: the object and its pages are **held once more**.',
  'vma.close': '{vma} **lets go** of {gem}.',
}

const gemOf = (k: Kernel, vma: Id<'vma'>): Id<'gem'> => k.world.get(vma).priv as Id<'gem'>
const PAGES = 'pages'

/** 5.2: fops->mmap of the node. An import is treated like the driver's own object: the importer shows the exporter's pages itself. */
export const shmemFopsMmap52 = fn('drm_gem_shmem_mmap', (k: Kernel, file: Id<'file'>, vma: Id<'vma'>): void | Fail => {
  const result = k.parts.gemMmapHelper(k, file, vma)
  if (isFail(result)) return result
  if (result === 'exporter') return undefined
  const gem = gemOf(k, vma)
  getPages(k, gem, vma, PAGES)
  k.world.set(vma, 'pgoff', k.world.get(vma).pgoff - (k.world.get(gem).offset ?? 0))
  own(k, vma, gem, ['mm'], ['pf'])
})

/** Today: funcs->mmap. An import is handed to its exporter. */
export const shmemMmapNow = fn('drm_gem_shmem_mmap', (k: Kernel, gem: Id<'gem'>, vma: Id<'vma'>): void | Fail => {
  const { world } = k
  const { importAttach, attr } = world.get(gem)
  if (importAttach) {
    world.set(vma, 'priv', null)
    world.set(vma, 'ops', null)
    world.emit('mmap.disown', { vma })
    const refused = k.parts.dmaBufMmap(k, world.get(importAttach).dmaBuf, vma, 0)
    if (!isFail(refused)) putGem(k, vma, vmGemSlot(gem))
    return refused
  }
  const { flags } = world.get(vma)
  if (flags.includes('mw') && !flags.includes('sh')) {
    world.emit('mmap.refused.private', { vma, gem })
    return fail('EINVAL')
  }
  getPages(k, gem, vma, PAGES)
  own(k, vma, gem, ['pf', 'de', 'dd'], [], attr)
})

const open = fn('drm_gem_shmem_vm_open', (k: Kernel, vma: Id<'vma'>) => {
  const gem = gemOf(k, vma)
  k.world.emit('vma.open', { vma, gem })
  getPages(k, gem, vma, PAGES)
  take(k.world, vma, vmGemSlot(gem), gem, 'refcount')
})
const close = fn('drm_gem_shmem_vm_close', (k: Kernel, vma: Id<'vma'>) => {
  const gem = gemOf(k, vma)
  k.world.emit('vma.close', { vma, gem })
  putPages(k, gem, vma, PAGES)
  putGem(k, vma, vmGemSlot(gem))
})

/** 5.2: the page comes from the offset of the area, and goes in as a page of its own; an area not marked for that is an assertion. */
export const shmemVmOps52: VmOps = {
  open,
  close,
  fault: fn('drm_gem_shmem_fault', (k, id: Id<'vma'>, addr: number) => {
    const vma = k.world.get(id)
    return vmfInsertPage(k, id, k.world.get(gemOf(k, id)).pages?.[vma.pgoff + (addr - vma.start) / PAGE_SIZE])
  }),
}

/** Today: the page comes from the distance to the start of the area, whatever the offset says. */
export const shmemVmOpsNow: VmOps = {
  open,
  close,
  fault: fn('drm_gem_shmem_fault', (k, id: Id<'vma'>, addr: number) => {
    const { pages, madv } = k.world.get(gemOf(k, id))
    const page = pages?.[(addr - k.world.get(id).start) / PAGE_SIZE]
    return page === undefined || page < 0 || madv < 0 ? 'SIGBUS' : vmfInsertPfn(k, id, page)
  }),
}
