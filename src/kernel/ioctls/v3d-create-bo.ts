/**
 * DRM_IOCTL_V3D_CREATE_BO: a buffer of the GPU, with its pages and its place on the GPU.
 * Mirrors: v3d_create_bo_ioctl, v3d_bo_create. Leaves out: running out of memory.
 */
import { fn, type Kernel } from '../context.ts'
import { createFinish } from '../drivers/v3d.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { createHandle, putCreator } from '../gem.ts'
import { refuseFlags } from '../gem-ioctl.ts'
import { ioctl } from '../ioctl.ts'
import { noRoom } from '../limits.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { createShmem } from '../shmem.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface CreateBo { readonly size: number; readonly flags: readonly string[] }

export default ioctl<CreateBo>({
  name: 'DRM_IOCTL_V3D_CREATE_BO',
  on: 'drm',
  driver: 'v3d',
  render: true,
  run: fn('v3d_create_bo_ioctl', (k: Kernel, file: Id<'file'>, { size: asked, flags }: CreateBo): Outcome => {
    const size = asked >>> 0
    if (flags.length > 0 || size === 0) return refuseFlags(k, 'v3d', size, flags)
    const short = noRoom(k, size)
    if (short) return short
    const gem = createShmem(k, deviceOf(k, file), size, 'wc')
    const refused = createFinish(k, gem)
    const offset = k.world.get(gem).gpuVa
    const handle = isFail(refused) ? refused : createHandle(k, drmFileOf(k, file), gem)
    putCreator(k, gem)
    return isFail(handle) ? handle : done({ handle, offset })
  }),
})
