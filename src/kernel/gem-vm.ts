/**
 * Areas that hold the object they show, and nothing else of it; and the trust of a driver that what an area names is its own.
 * Mirrors: drm_gem_vm_open, drm_gem_vm_close (drm_gem.c); the casts of vm_private_data in drivers' own mmap handlers.
 * Leaves out: what a wrong cast really reads: here it ends the process, as an oops does. And where a reference is put twice the
 * object would be freed under its handle; here the kernel stops before that.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { hooksOf, putGem } from './gem.ts'
import { vmGemSlot } from './gem-mmap.ts'
import type { VmOps } from './hooks.ts'
import { deviceOf } from './node.ts'
import { holds, take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'mmap.wrongtype': { vma: Id<'vma'>; priv: string; device: Id<'device'>; fn: string }
    'vma.close.twice': { vma: Id<'vma'>; gem: Id<'gem'> }
  }
}
export const says: Says = {
  'mmap.wrongtype': 'The exporter made the area and left {priv} in it. {fn} of {device} **takes that for an object of its own**: the kernel stops here.',
  'vma.close.twice': '{vma} puts its reference to {gem}, but **that was put already when it was mapped**: the object would be freed under its handle. The kernel stops here.',
}

const gemOf = (k: Kernel, vma: Id<'vma'>): Id<'gem'> => k.world.get(vma).priv as Id<'gem'>

export const gemVmOps: Pick<VmOps, 'open' | 'close'> = {
  open: fn('drm_gem_vm_open', (k: Kernel, vma: Id<'vma'>) => take(k.world, vma, vmGemSlot(gemOf(k, vma)), gemOf(k, vma), 'refcount')),
  close: fn('drm_gem_vm_close', (k: Kernel, vma: Id<'vma'>) => {
    const gem = gemOf(k, vma)
    if (holds(k.world, vma, vmGemSlot(gem))) return putGem(k, vma, vmGemSlot(gem))
    k.world.set('kernel:0', 'bug', 'drm_gem_vm_close')
    k.world.emit('vma.close.twice', { vma, gem })
  }),
}

/**
 * A driver goes on with what the area names, as one of its own objects. After the patch of July 2019 it may be the exporter's: then the
 * kernel stops. Objects of the same kind are told apart by nobody.
 */
export function takeForOwn(k: Kernel, file: Id<'file'>, vma: Id<'vma'>, by: string): Id<'gem'> | undefined {
  const { world } = k
  const { priv } = world.get(vma)
  const device = deviceOf(k, file)
  if (priv?.startsWith('gem:') && hooksOf(k, priv as Id<'gem'>).vmOps === k.drivers[device]!.vmOps) return priv as Id<'gem'>
  world.set('kernel:0', 'bug', by)
  world.emit('mmap.wrongtype', { vma, priv: priv ?? 'nothing', device, fn: by })
  return undefined
}
