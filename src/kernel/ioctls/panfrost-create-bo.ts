/** DRM_IOCTL_PANFROST_CREATE_BO: a buffer of the GPU, with a handle and a place on the GPU. Mirrors: panfrost_ioctl_create_bo. Leaves out: heaps. */
import { fn, type Kernel } from '../context.ts'
import { placeOnGpu } from '../drivers/panfrost.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { createHandle, putCreator } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import { createShmem, getPagesSgt } from '../shmem.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface CreateBo { readonly size: number; readonly flags: readonly string[] }
declare module '../../journal/vocabulary.ts' {
  interface Events { 'bo.refused.create': { size: number; flags: string } }
}

export default ioctl<CreateBo>({
  name: 'DRM_IOCTL_PANFROST_CREATE_BO',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  says: { 'bo.refused.create': 'A buffer of {size} bytes with the flags `{flags}` **cannot be made**: EINVAL.' },
  run: fn('panfrost_ioctl_create_bo', (k: Kernel, file: Id<'file'>, { size, flags }: CreateBo): Outcome => {
    const drmFile = drmFileOf(k, file)
    if (size === 0 || flags.length > 0) {
      k.world.emit('bo.refused.create', { size, flags: flags.join(' | ') || '0' })
      return fail('EINVAL')
    }
    const gem = createShmem(k, k.world.get(drmFile).device, size, 'wc')
    const handle = createHandle(k, drmFile, gem)
    if (!isFail(handle)) {
      getPagesSgt(k, gem)
      placeOnGpu(k, gem)
    }
    putCreator(k, gem)
    return isFail(handle) ? handle : done({ handle, offset: k.world.get(gem).gpuVa })
  }),
})
