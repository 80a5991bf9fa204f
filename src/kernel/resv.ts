/**
 * Reservation objects: the fences that a buffer has to be waited for, each with a usage.
 * Mirrors: dma_resv_add_fence, reservation_object_add_excl_fence and _add_shared_fence (5.2), dma_resv_test_signaled, dma_resv_usage_rw (dma-resv.c).
 * Leaves out: the lock, KERNEL and BOOKKEEP usage; 5.2's exclusive slot is the usage `write`, and how large a table has become once it was full.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { compareReleases } from './driver.ts'
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
export function addFence(k: Kernel, resv: Id<'resv'>, fence: Id<'fence'>, usage: Entry['usage']): void {
  const { world } = k
  const slots = compareReleases(k.parts.release, '5.19') < 0
  // Before 5.19 a writer has a slot of its own, and no reader stays beside it.
  if (slots && usage === 'write') return put(k, resv, world.get(resv).fences.filter(f => f.fence !== fence || f.usage !== usage), { fence, usage }, [])
  const list = (): readonly Entry[] => world.get(resv).fences.filter(f => !slots || f.usage === 'read')
  if ((slots ? ROOM_52 : ROOM_61).includes(list().length)) shrink(k, resv, list())
  const { timeline } = world.get(fence)
  const old = list().find(f => (world.get(f.fence).timeline === timeline && LEVEL[f.usage] >= LEVEL[usage]) || world.get(f.fence).signalled)
  if (old && old.fence === fence && old.usage === usage) return
  const { fences } = world.get(resv)
  put(k, resv, old ? [old] : [], { fence, usage }, old ? fences.map(f => (f === old ? { fence, usage } : f)) : [...fences, { fence, usage }])
}

/** `entry` is there, `gone` no longer. An empty list stands for `entry` alone. */
function put(k: Kernel, resv: Id<'resv'>, gone: readonly Entry[], entry: Entry, fences: readonly Entry[]): void {
  const { world } = k
  const known = world.get(resv).fences.some(f => f.fence === entry.fence && f.usage === entry.usage)
  world.set(resv, 'fences', fences.length ? fences : [entry])
  world.emit('resv.add', { resv, ...entry })
  if (!known) take(world, resv, slotOf(entry), entry.fence, 'refcount')
  for (const old of gone) putFence(k, resv, slotOf(old))
}

/** Entries that a table has room for as it grows. In 6.1 the allocator rounds its size up: a first table for four has room for five. */
const ROOM_52: readonly number[] = [4, 8, 16, 32, 64]
const ROOM_61: readonly number[] = [5, 13, 29, 61]

/** A full table grows, and signalled fences are left behind then. */
function shrink(k: Kernel, resv: Id<'resv'>, list: readonly Entry[]): void {
  const gone = list.filter(f => k.world.get(f.fence).signalled)
  if (gone.length === 0) return
  const { fences } = k.world.get(resv)
  k.world.set(resv, 'fences', fences.filter(f => !gone.includes(f)))
  k.world.emit('resv.shrink', { resv, fences: fences.length - gone.length })
  for (const entry of gone) putFence(k, resv, slotOf(entry))
}

/** The fences that a new access has to wait for: a reader for writers, a writer for all. */
export function pendingFences(k: Kernel, resv: Id<'resv'>, write: boolean): Id<'fence'>[] {
  return k.world.get(resv).fences.filter(f => (write || f.usage === 'write') && !k.world.get(f.fence).signalled).map(f => f.fence)
}
