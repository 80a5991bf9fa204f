/**
 * Display controllers: which framebuffer they show, and the flip to the next one.
 * Mirrors: drm_mode_page_flip_ioctl, drm_crtc_send_vblank_event, drm_read (drm_plane.c, drm_vblank.c, drm_file.c).
 * Leaves out: modes, planes, connectors, setting the first mode; the first flip lights the panel.
 */
import type { Id } from '../journal/vocabulary.ts'
import { fn, type Kernel } from './context.ts'
import { done, fail, type Outcome } from './fail.ts'
import { deviceOf } from './node.ts'
import type { Says } from './syscall.ts'

declare module '../journal/vocabulary.ts' {
  interface Objects {
    /** Events that wait to be read from an open of a card. */
    drm_events: { drmFile: Id<'drm_file'>; flips: number }
  }
  interface Events {
    'crtc.create': { crtc: Id<'crtc'>; device: Id<'device'> }
    'flip.queue': { crtc: Id<'crtc'>; fb: Id<'fb'> }
    'flip.refused.busy': { crtc: Id<'crtc'> }
    'flip.refused.fb': { number: number }
    'flip.refused.device': { device: Id<'device'> }
    'flip.done': { crtc: Id<'crtc'>; fb: Id<'fb'> }
    'flip.read': { drmFile: Id<'drm_file'> }
  }
}
export const says: Says = {
  'crtc.create': '{device} has a display controller; it shows nothing yet.',
  'flip.queue': 'From its next frame on the display **will show {fb}**.',
  'flip.refused.busy': 'The last flip of {crtc} **has not happened yet**: EBUSY.',
  'flip.refused.fb': 'There is **no framebuffer {number}** on this device: ENOENT.',
  'flip.refused.device': '{device} **has no display**: EOPNOTSUPP.',
  'flip.done': 'The flip has happened: {crtc} **shows {fb}**, and an event tells it.',
  'flip.read': 'The event of the flip is **read**.',
}

export const crtcOf = (device: Id<'device'>): Id<'crtc'> => `crtc:${device.slice(7)}`

/** A driver's probe: one controller, 32 × 32 pixels. */
export function probeCrtc(k: Kernel, device: Id<'device'>): void {
  const crtc = k.world.create(crtcOf(device), { device, fb: null, pending: null, width: 32, height: 32, frames: 0 })
  k.world.emit('crtc.create', { crtc, device })
}

export const pageFlip = fn('drm_mode_page_flip_ioctl', (k: Kernel, file: Id<'file'>, number: number): Outcome => {
  const { world } = k
  const device = deviceOf(k, file)
  const crtc = crtcOf(device)
  if (!world.has(crtc)) {
    world.emit('flip.refused.device', { device })
    return fail('EOPNOTSUPP')
  }
  const fb = world.ids('fb').find(id => world.get(id).device === device && world.get(id).number === number)
  if (!fb) {
    world.emit('flip.refused.fb', { number })
    return fail('ENOENT')
  }
  if (world.get(crtc).pending !== null) {
    world.emit('flip.refused.busy', { crtc })
    return fail('EBUSY')
  }
  world.set(crtc, 'pending', fb)
  world.emit('flip.queue', { crtc, fb })
  return done(0)
})

const eventsOf = (drmFile: Id<'drm_file'>): Id<'drm_events'> => `drm_events:${drmFile.slice(9)}`

/** The controller has begun a frame with the pending framebuffer: who asked for the flip may read that. */
export const flipDone = fn('drm_crtc_send_vblank_event', (k: Kernel, crtc: Id<'crtc'>) => {
  const { world } = k
  const fb = world.get(crtc).pending!
  const drmFile = world.get(fb).owner
  world.set(crtc, 'fb', fb)
  world.set(crtc, 'pending', null)
  const events = eventsOf(drmFile)
  if (world.has(events)) world.set(events, 'flips', world.get(events).flips + 1)
  else world.create(events, { drmFile, flips: 1 })
  world.emit('flip.done', { crtc, fb })
})

/** Reading from a card: one event, or the name of what a reader waits for. */
export function readEvent(k: Kernel, file: Id<'file'>): { readonly read: boolean; readonly on: Id<'drm_events'> } {
  const { world } = k
  const drmFile = world.get(file).priv as Id<'drm_file'>
  const on = eventsOf(drmFile)
  if (!world.has(on)) return { read: false, on }
  forgetEvents(k, drmFile)
  world.emit('flip.read', { drmFile })
  return { read: true, on }
}

/** A driver's postclose: events nobody read go with the file. Told by the caller's next event. */
export function forgetEvents(k: Kernel, drmFile: Id<'drm_file'>): void {
  const on = eventsOf(drmFile)
  if (k.world.has(on)) k.world.remove(on)
}
