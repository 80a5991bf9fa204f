/**
 * GEM objects and their handles: an object lives while something holds it; a handle is a number in one open DRM file.
 * Mirrors: drm_gem_object_init, drm_gem_handle_create_tail, drm_gem_handle_delete, drm_gem_object_release_handle,
 * drm_gem_object_handle_put_unlocked, drm_gem_object_free, drm_gem_flink_ioctl (drm_gem.c).
 * Leaves out: locks, the idr's two steps of publishing a handle.
 */
import { pageAlign } from '../base/brand.ts'
import { without } from '../base/without.ts'
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { putFile } from './file.ts'
import type { Attr } from './objects.ts'
import { drop, holds, take } from './ref.ts'
import { createResv, removeResv } from './resv.ts'
import type { Says } from './syscall.ts'
import { allow, removeMmapOffset, revoke } from './vma-offset.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'gem.create': { gem: Id<'gem'>; device: Id<'device'>; sizeBytes: number; memory: string }
    'gem.free': { gem: Id<'gem'> }
    'gem.lookup.unknown': { handle: number; drmFile: Id<'drm_file'> }
    'handle.create': { drmFile: Id<'drm_file'>; handle: number; gem: Id<'gem'> }
    'handle.delete': { drmFile: Id<'drm_file'>; handle: number; gem: Id<'gem'> }
    'handle.delete.unknown': { drmFile: Id<'drm_file'>; handle: number }
    'gem.name': { gem: Id<'gem'>; name: number }
    'gem.unname': { gem: Id<'gem'>; name: number }
  }
}
export const says: Says = {
  'gem.create:import': 'A GEM object of **{sizeBytes} bytes** on {device} **without pages of its own**: it will stand for the foreign buffer.',
  'gem.create': 'A buffer object of **{sizeBytes} bytes** on {device} ({memory} memory).',
  'gem.free': '**{gem} is freed**: the last reference is gone.',
  'gem.lookup.unknown': '**Handle {handle} is not in the table** of {drmFile}.',
  'handle.create': 'Handle **{handle}** of {drmFile} names {gem}.',
  'handle.delete': 'Handle **{handle}** of {drmFile} no longer names {gem}.',
  'handle.delete.unknown': '**There is no handle {handle}** in {drmFile} to close: EINVAL.',
  'gem.name': '{gem} gets the global name **{name}**.',
  'gem.unname': 'The global name {name} of {gem} **ends with its last handle**.',
}

export const CREATOR = 'creator'
export const handleSlot = (handle: number): string => `handle ${handle}`
export const hooksOf = (k: Kernel, gem: Id<'gem'>) => k.drivers[k.world.get(gem).device]!

const objectInit = fn('drm_gem_object_init', (_k: Kernel, init: () => void) => init())
const privateObjectInit = fn('drm_gem_private_object_init', (_k: Kernel, init: () => void) => init())
/** 5.2: every object gets a shared-memory file, also those that never use it. */
export const gemInit52 = (k: Kernel, _own: boolean, init: () => void): void => objectInit(k, init)
/** Today: what stands for foreign memory has none. */
export const gemInitNow = (k: Kernel, own: boolean, init: () => void): void => (own ? objectInit : privateObjectInit)(k, init)

/** A new object; its creator (the calling task) holds one reference until putCreator. */
export function createGem(k: Kernel, device: Id<'device'>, spec: { sizeBytes: number; memory: string; attr: Attr; filp: boolean; resv?: Id<'resv'> }): Id<'gem'> {
  const { world } = k
  const gem = world.newId('gem')
  const sizeBytes = pageAlign(spec.sizeBytes)
  k.parts.gemInit(k, spec.memory !== 'import', () => {
    const resv = spec.resv ?? createResv(k, gem)
    world.create(gem, {
      device, refcount: 0, handleCount: 0, name: 0, sizeBytes, memory: spec.memory, attr: spec.attr, pages: null,
      filp: spec.filp ? new Array<number>(sizeBytes / 4096).fill(-1) : null, pagesUse: 0, pagesPin: 0, sgt: null, dmaAddr: null,
      dmaBuf: null, importAttach: null, offset: null, allow: {}, resv, madv: 0, gpuVa: null, noexec: false, heap: false, flags: [], lastPrep: null,
    })
    world.emit('gem.create', { gem, device, sizeBytes, memory: spec.memory })
  })
  take(world, k.task, `${CREATOR} ${gem}`, gem, 'refcount')
  return gem
}
export const putCreator = (k: Kernel, gem: Id<'gem'>): void => putGem(k, k.task, `${CREATOR} ${gem}`)

/** Drops a reference to an object; the last one frees it. */
export function putGem(k: Kernel, from: Id, slot: string): void {
  const { to, count } = drop(k.world, from, slot)
  if (count === 0) freeGem(k, to as Id<'gem'>)
}

const freeGem = fn('drm_gem_object_free', (k: Kernel, gem: Id<'gem'>) => {
  hooksOf(k, gem).gemFree?.(k, gem)
  removeMmapOffset(k, gem)
  k.world.remove(gem)
  k.world.emit('gem.free', { gem })
  removeResv(k, gem)
})

/** The object that a handle names in this file. */
export function lookupGem(k: Kernel, drmFile: Id<'drm_file'>, handle: number): Id<'gem'> | Fail {
  const gem = k.world.get(drmFile).handles[handle]
  if (gem) return gem
  k.world.emit('gem.lookup.unknown', { handle, drmFile })
  return fail('ENOENT')
}

function lowestFree(table: Readonly<Record<number, unknown>>): number {
  let n = 1
  while (table[n] !== undefined) n++
  return n
}

export const createHandle = fn('drm_gem_handle_create', (k: Kernel, drmFile: Id<'drm_file'>, gem: Id<'gem'>): number | Fail => createHandleTail(k, drmFile, gem))

export const createHandleTail = fn('drm_gem_handle_create_tail', (k: Kernel, drmFile: Id<'drm_file'>, gem: Id<'gem'>): number | Fail => {
  const { world } = k
  const { handles } = world.get(drmFile)
  const handle = lowestFree(handles)
  if (world.get(gem).handleCount === 0) take(world, gem, 'handles', gem, 'refcount')
  world.set(drmFile, 'handles', { ...handles, [handle]: gem })
  world.emit('handle.create', { drmFile, handle, gem })
  take(world, drmFile, handleSlot(handle), gem, 'handleCount')
  allow(k, gem, drmFile)
  const opened = hooksOf(k, gem).gemOpen?.(k, gem, drmFile)
  if (!isFail(opened)) return handle
  deleteHandle(k, drmFile, handle)
  return opened
})

export const deleteHandle = fn('drm_gem_handle_delete', (k: Kernel, drmFile: Id<'drm_file'>, handle: number): void | Fail => {
  const gem = k.world.get(drmFile).handles[handle]
  if (!gem) {
    k.world.emit('handle.delete.unknown', { drmFile, handle })
    return fail('EINVAL')
  }
  releaseHandle(k, drmFile, handle, gem)
})

/** What ends with one handle: the driver's hook, the PRIME cache entry, the right to map, and perhaps the object. */
export const releaseHandle = fn('drm_gem_object_release_handle', (k: Kernel, drmFile: Id<'drm_file'>, handle: number, gem: Id<'gem'>) => {
  const { world } = k
  hooksOf(k, gem).gemClose?.(k, gem, drmFile)
  k.parts.removeBufHandle(k, drmFile, gem, handle)
  revoke(k, gem, drmFile)
  world.set(drmFile, 'handles', without(world.get(drmFile).handles, handle))
  world.emit('handle.delete', { drmFile, handle, gem })
  putHandle(k, drmFile, handleSlot(handle), gem)
})

/** Drops what counts as a handle; with the last one go the name, the memory of the dma-buf, and the handles' reference. */
export const putHandle = fn('drm_gem_object_handle_put_unlocked', (k: Kernel, from: Id, slot: string, gem: Id<'gem'>) => {
  const { world } = k
  const { count } = drop(world, from, slot)
  if (count > 0) return
  const { name, device, dmaBuf } = world.get(gem)
  if (name !== 0) {
    world.set(device, 'names', without(world.get(device).names, name))
    world.set(gem, 'name', 0)
    world.emit('gem.unname', { gem, name })
  }
  if (dmaBuf) {
    world.set(gem, 'dmaBuf', null)
    putFile(k, gem, 'dma_buf')
  }
  putGem(k, gem, 'handles')
})

/** The object remembers its dma-buf while it has a handle. */
export function rememberDmaBuf(k: Kernel, gem: Id<'gem'>, dmaBuf: Id<'dma_buf'>): void {
  if (holds(k.world, gem, 'dma_buf')) return
  k.world.set(gem, 'dmaBuf', dmaBuf)
  take(k.world, gem, 'dma_buf', k.world.get(dmaBuf).file, 'fCount')
}

/** The global name of an object, given once. */
export function flink(k: Kernel, gem: Id<'gem'>): number {
  const { name, device } = k.world.get(gem)
  if (name !== 0) return name
  const { names } = k.world.get(device)
  const next = lowestFree(names)
  k.world.set(device, 'names', { ...names, [next]: gem })
  k.world.set(gem, 'name', next)
  k.world.emit('gem.name', { gem, name: next })
  return next
}
