/**
 * Reservation objects: the fences that a buffer has to be waited for, each with a usage.
 * Mirrors: dma_resv_add_fence, dma_resv_test_signaled, dma_resv_usage_rw (dma-resv.c).
 * Leaves out: the lock, KERNEL and BOOKKEEP usage, 5.2's separate exclusive slot (shown as the usage `write`).
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { putFence } from './fence.ts'
import { take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'resv.add': { resv: Id<'resv'>; fence: Id<'fence'>; usage: string }
    'resv.free': { resv: Id<'resv'> }
    'resv.shrink': { resv: Id<'resv'>; fences: number }
  }
}
export const says: Says = {
  'resv.add': '{resv} must now be **waited for**: a {usage} fence was added.',
  'resv.free': '{resv} ends with its buffer.',
  'resv.shrink': 'Signalled fences leave {resv}; {fences} {fences#stays|stay}.',
}

/** The reservation object that a buffer made for itself; imports borrow their exporter's. */
const resvIdOf = (owner: Id): Id<'resv'> => `resv:${owner.replace(':', '.')}`

/** Made together with its owner: told by the owner's own event. */
export const createResv = (k: Kernel, owner: Id): Id<'resv'> => k.world.create(resvIdOf(owner), { fences: [] })

type Entry = { readonly fence: Id<'fence'>; readonly usage: 'write' | 'read' }
const slotOf = ({ fence, usage }: Entry): string => `${usage} ${fence}`
const LEVEL = { write: 1, read: 2 }

/** The owner is gone; what borrowed it is gone before. */
export function removeResv(k: Kernel, owner: Id): void {
  const resv = resvIdOf(owner)
  const record = k.world.find(resv)
  if (!record) return
  for (const entry of record.fences) putFence(k, resv, slotOf(entry))
  k.world.remove(resv)
  k.world.emit('resv.free', { resv })
}

/** Adds a fence; a signalled one, or an earlier one of the same timeline, gives up its place. */
export function addFence(k: Kernel, resv: Id<'resv'>, fence: Id<'fence'>, usage: 'write' | 'read'): void {
  const { world } = k
  reserve(k, resv)
  const { fences } = world.get(resv)
  const { timeline } = world.get(fence)
  const at = fences.findIndex(f => (world.get(f.fence).timeline === timeline && LEVEL[f.usage] >= LEVEL[usage]) || world.get(f.fence).signalled)
  const old = fences[at]
  if (old && old.fence === fence && old.usage === usage) return
  world.set(resv, 'fences', at < 0 ? [...fences, { fence, usage }] : fences.map((f, i) => (i === at ? { fence, usage } : f)))
  world.emit('resv.add', { resv, fence, usage })
  if (old) putFence(k, resv, slotOf(old))
  take(world, resv, slotOf({ fence, usage }), fence, 'refcount')
}

/** A full table grows, and signalled fences are left behind then. It starts with room for four. */
function reserve(k: Kernel, resv: Id<'resv'>): void {
  const { fences } = k.world.get(resv)
  if (fences.length < 4 || (fences.length & (fences.length - 1)) !== 0) return
  const gone = fences.filter(f => k.world.get(f.fence).signalled)
  if (gone.length === 0) return
  k.world.set(resv, 'fences', fences.filter(f => !gone.includes(f)))
  k.world.emit('resv.shrink', { resv, fences: fences.length - gone.length })
  for (const entry of gone) putFence(k, resv, slotOf(entry))
}

/** The fences that a new access has to wait for: a reader for writers, a writer for all. */
export function pendingFences(k: Kernel, resv: Id<'resv'>, write: boolean): Id<'fence'>[] {
  return k.world.get(resv).fences.filter(f => (write || f.usage === 'write') && !k.world.get(f.fence).signalled).map(f => f.fence)
}
