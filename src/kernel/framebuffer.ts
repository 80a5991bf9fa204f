/**
 * Framebuffers: a buffer object with a size and a pitch, known to a display by number.
 * Mirrors: drm_mode_addfb, drm_mode_rmfb, drm_fb_release (drm_framebuffer.c), drm_gem_fb_create.
 * Leaves out: formats other than 32 bits, modifiers, several planes.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { deviceOf } from './node.ts'
import { fail, isFail, type Fail } from './fail.ts'
import type { DriverHooks } from './hooks.ts'
import { lookupGem, putGem, putHandle } from './gem.ts'
import { take } from './ref.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Events {
    'fb.add': { fb: Id<'fb'>; gem: Id<'gem'>; number: number }
    'fb.remove': { fb: Id<'fb'>; number: number }
    'fb.refused.picture': { width: number; height: number; pitch: number; errno: string }
    'fb.refused.size': { gem: Id<'gem'>; needed: number }
    'fb.refused.number': { number: number }
    'fb.refused.device': { device: Id<'device'> }
  }
}
export const says: Says = {
  'fb.add': 'Framebuffer **{number}** shows {gem} and **holds** it.',
  'fb.remove': 'Framebuffer {number} is **removed** and lets go of its buffer.',
  'fb.refused.picture': 'A picture of {width} × {height} with {pitch} bytes a line is **not possible** on this display, or it has no handle: {errno}.',
  'fb.refused.size': '{gem} is **too small**: the picture needs {needed} bytes.',
  'fb.refused.number': 'There is **no framebuffer {number}** of this file: ENOENT.',
  'fb.refused.device': '{device} **cannot show pictures**: EOPNOTSUPP.',
}

export interface FbArgs { readonly handle: number; readonly width: number; readonly height: number; readonly pitch: number }

/** framebuffer_check, and what the driver asks of sizes, in that order; undefined: it can be. */
function checkPicture(k: Kernel, { fbLeast = 0, fbMost = [8192, 8192], fbMemory = Infinity }: DriverHooks, { handle, width, height, pitch }: FbArgs): undefined | Fail {
  const refuse = (errno: 'EINVAL' | 'ERANGE'): Fail => {
    k.world.emit('fb.refused.picture', { width, height, pitch, errno })
    return fail(errno)
  }
  if (width < fbLeast || width > fbMost[0] || height < fbLeast || height > fbMost[1] || width === 0 || height === 0 || handle === 0) return refuse('EINVAL')
  if (height * pitch > 0xffffffff) return refuse('ERANGE')
  return pitch < width * 4 || width * 2 * height > fbMemory ? refuse('EINVAL') : undefined
}

export const addFramebuffer = fn('drm_mode_addfb', (k: Kernel, file: Id<'file'>, args: FbArgs): number | Fail => {
  const { world } = k
  const drmFile = world.get(file).priv as Id<'drm_file'>
  const device = deviceOf(k, file)
  const hooks = k.drivers[device]!
  if (!hooks.modeset) {
    world.emit('fb.refused.device', { device })
    return fail('EOPNOTSUPP')
  }
  const picture = { width: args.width >>> 0, height: args.height >>> 0, pitch: args.pitch >>> 0 }
  const { width, height, pitch } = picture
  const odd = checkPicture(k, hooks, { ...picture, handle: args.handle })
  if (odd) return odd
  const gem = lookupGem(k, drmFile, args.handle)
  if (isFail(gem)) return hooks.fbByHandle ? fail('EINVAL') : gem
  const needed = (height - 1) * pitch + width * 4
  if (!hooks.fbByHandle && world.get(gem).sizeBytes < needed) {
    world.emit('fb.refused.size', { gem, needed })
    return fail('EINVAL')
  }
  const taken = new Set(world.ids('fb').filter(f => world.get(f).device === device).map(f => world.get(f).number))
  let number = hooks.firstFb ?? 35
  while (taken.has(number)) number++
  const fb = world.create(world.newId('fb'), { device, owner: drmFile, number, gem, ...picture })
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
