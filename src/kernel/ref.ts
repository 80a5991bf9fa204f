/**
 * References. Every reference is an edge record that says who holds what in which slot and which counter of the held
 * object counts it. A counter is never changed in any other way, so counts equal edges, and the arrows on the stage are these records.
 * Mirrors: kref_get and kref_put, get_file and fput, and the plain counters of objects and pages.
 * Leaves out: atomic operations, and memory that is freed after a grace period.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { World } from '../world/world.ts'

export const refId = (from: Id, slot: string): Id<'ref'> => `ref:${from}/${slot}`

/** The counters that references move, by kind of object. */
export type Counter = 'fCount' | 'refcount' | 'handleCount' | 'pagesUse' | 'pagesPin' | ''

/** `from` takes a reference to `to` in its slot. With counter '' it is a name only (a handle, a cached pointer). */
export function take(world: World, from: Id, slot: string, to: Id, counter: Counter): void {
  world.create(refId(from, slot), { from, slot, to, counter, lost: false })
  const count = counter === '' ? 0 : world.count(to, counter, 1)
  // Nothing is done more often: without a journal not even the event is put together.
  if (world.tells) world.emit('ref.take', { from, slot, to, counter, count })
}

/** `from` drops what its slot holds; returns the held object and what its counter is now. */
export function drop(world: World, from: Id, slot: string): { to: Id; count: number } {
  const id = refId(from, slot)
  const { to, counter } = world.get(id)
  world.remove(id)
  const count = counter === '' ? 0 : world.count(to, counter, -1)
  if (world.tells) world.emit('ref.drop', { from, slot, to, counter, count })
  return { to, count }
}

export const holds = (world: World, from: Id, slot: string): Id | undefined => world.find(refId(from, slot))?.to

/** What held the reference names another object now: the reference stays with the object that it counts, and nobody can put it any more. */
export function orphan(world: World, from: Id, slot: string, by: string): void {
  const old = refId(from, slot)
  const { to, counter } = world.get(old)
  let n = 1
  while (world.has(refId(to, `${by} ${n}`))) n++
  world.remove(old)
  world.create(refId(to, `${by} ${n}`), { from: to, slot: `${by} ${n}`, to, counter, lost: true })
  world.emit('ref.lost', { from: to, slot: `${by} ${n}`, to, counter, by })
}

/** The function `by` returns without dropping this reference: nobody can put it any more. */
export function lose(world: World, from: Id, slot: string, by: string): void {
  const id = refId(from, slot)
  const { to, counter } = world.get(id)
  world.set(id, 'lost', true)
  world.emit('ref.lost', { from, slot, to, counter, by })
}
