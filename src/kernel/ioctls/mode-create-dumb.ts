/** DRM_IOCTL_MODE_CREATE_DUMB: a plain buffer for pixels. Mirrors: drm_mode_create_dumb (drm_dumb_buffers.c). Leaves out: flags, which must be 0. */
import { pageAlign } from '../../base/brand.ts'
import { fn, type Kernel } from '../context.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { done, fail, isFail, type Fail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { noRoom } from '../limits.ts'
import type { Id } from '../../journal/vocabulary.ts'

export interface CreateDumb { readonly width: number; readonly height: number; readonly bpp: number }

declare module '../../journal/vocabulary.ts' {
  interface Events { 'dumb.refused.size': { width: number; height: number; bpp: number }; 'dumb.refused.driver': { device: Id<'device'> } }
}

/** What all calls on dumb buffers ask first: the driver must be able to make one. */
export function refuseWithoutDumb(k: Kernel, device: Id<'device'>): Fail | undefined {
  if (k.drivers[device]!.dumbCreate) return undefined
  k.world.emit('dumb.refused.driver', { device })
  return fail('ENOSYS')
}

const create = fn('drm_mode_create_dumb', (k: Kernel, file: Id<'file'>, args: CreateDumb): Outcome => {
  const device = deviceOf(k, file)
  const refused = refuseWithoutDumb(k, device)
  if (refused) return refused
  // The structure has fields of 32 bits, and the size must stay in one even when it is made of whole pages.
  const [width, height, bpp] = [args.width >>> 0, args.height >>> 0, args.bpp >>> 0] as const
  const stride = Math.ceil(bpp / 8) * width
  if (!width || !height || !bpp || bpp > 0xffffffff - 8 || stride > 0xffffffff || pageAlign(stride * height) > 0xffffffff) {
    k.world.emit('dumb.refused.size', { width, height, bpp })
    return fail('EINVAL')
  }
  const made = noRoom(k, stride * height) ?? k.drivers[device]!.dumbCreate!(k, drmFileOf(k, file), { width, height, bpp })
  return isFail(made) ? made : done(made)
})

export default ioctl<CreateDumb>({
  name: 'DRM_IOCTL_MODE_CREATE_DUMB',
  on: 'drm',
  says: {
    'dumb.refused.size': 'A picture of {width} × {height} at {bpp} bits is **no picture**: EINVAL.',
    'dumb.refused.driver': 'The driver of {device} **makes no dumb buffers**: ENOSYS.',
  },
  run: create,
})
