/**
 * Framebuffers: a buffer object with a size and a pitch, known to a display by number.
 * Mirrors: drm_mode_addfb, drm_mode_rmfb, drm_fb_release (drm_framebuffer.c), drm_gem_fb_create.
 * Leaves out: formats other than 32 bits, modifiers, several planes.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { deviceOf } from './node.ts'
import { fail, isFail, type Fail } from './fail.ts'
import { lookupGem, putGem, putHandle } from './gem.ts'
import { take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'fb.add': { fb: Id<'fb'>; gem: Id<'gem'>; number: number }
    'fb.remove': { fb: Id<'fb'>; number: number }
    'fb.refused.size': { gem: Id<'gem'>; needed: number }
    'fb.refused.number': { number: number }
    'fb.refused.device': { device: Id<'device'> }
  }
}
export const says: Says = {
  'fb.add': 'Framebuffer **{number}** shows {gem} and **holds** it.',
  'fb.remove': 'Framebuffer {number} is **removed** and lets go of its buffer.',
  'fb.refused.size': '{gem} is **too small**: the picture needs {needed} bytes.',
  'fb.refused.number': 'There is **no framebuffer {number}** of this file: ENOENT.',
  'fb.refused.device': '{device} **cannot show pictures**: EOPNOTSUPP.',
}

export interface FbArgs { readonly handle: number; readonly width: number; readonly height: number; readonly pitch: number }

export const addFramebuffer = fn('drm_mode_addfb', (k: Kernel, file: Id<'file'>, args: FbArgs): number | Fail => {
  const { world } = k
  const drmFile = world.get(file).priv as Id<'drm_file'>
  const device = deviceOf(k, file)
  const hooks = k.drivers[device]!
  if (!hooks.modeset) {
    world.emit('fb.refused.device', { device })
    return fail('EOPNOTSUPP')
  }
  const gem = lookupGem(k, drmFile, args.handle)
  if (isFail(gem)) return gem
  const needed = (args.height - 1) * args.pitch + args.width * 4
  if (world.get(gem).sizeBytes < needed) {
    world.emit('fb.refused.size', { gem, needed })
    return fail('EINVAL')
  }
  const taken = new Set(world.ids('fb').filter(f => world.get(f).device === device).map(f => world.get(f).number))
  let number = hooks.firstFb ?? 35
  while (taken.has(number)) number++
  const fb = world.create(world.newId('fb'), { device, owner: drmFile, number, gem, width: args.width, height: args.height, pitch: args.pitch })
  world.emit('fb.add', { fb, gem, number })
  take(world, fb, 'obj', gem, 'refcount')
  k.parts.fbAdded(k, fb, gem)
  return number
})

export const removeFramebuffer = fn('drm_mode_rmfb', (k: Kernel, file: Id<'file'>, number: number): void | Fail => {
  const { world } = k
  const owner = world.get(file).priv
  const device = deviceOf(k, file)
  const fb = world.ids('fb').find(f => world.get(f).number === number && world.get(f).owner === owner)
  if (!k.drivers[device]!.modeset) {
    world.emit('fb.refused.device', { device })
    return fail('EOPNOTSUPP')
  }
  if (!fb) {
    world.emit('fb.refused.number', { number })
    return fail('ENOENT')
  }
  dropFramebuffer(k, fb)
})

function dropFramebuffer(k: Kernel, fb: Id<'fb'>): void {
  const { world } = k
  const { number } = world.get(fb)
  for (const id of world.ids('crtc')) {
    if (world.get(id).fb === fb) world.set(id, 'fb', null)
    if (world.get(id).pending === fb) world.set(id, 'pending', null)
  }
  k.parts.fbRemoved(k, fb, world.get(fb).gem)
  putGem(k, fb, 'obj')
  world.remove(fb)
  world.emit('fb.remove', { fb, number })
}

/** The last close of a file takes its framebuffers along. */
export function removeFramebuffers(k: Kernel, owner: Id<'drm_file'>): void {
  for (const fb of k.world.ids('fb')) if (k.world.get(fb).owner === owner) dropFramebuffer(k, fb)
}

/** Since 6.12 or earlier a framebuffer counts as a handle too, so that the object remembers its dma-buf while it is shown. */
export const fbTakesHandle = (k: Kernel, fb: Id<'fb'>, gem: Id<'gem'>): void => take(k.world, fb, 'handle', gem, 'handleCount')
export const fbPutsHandle = (k: Kernel, fb: Id<'fb'>, gem: Id<'gem'>): void => putHandle(k, fb, 'handle', gem)
