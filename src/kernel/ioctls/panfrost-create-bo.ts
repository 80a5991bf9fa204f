/**
 * DRM_IOCTL_PANFROST_CREATE_BO: a buffer of the GPU, with a handle and a place on the GPU. Its pages are cleaned before the GPU may look.
 * Mirrors: panfrost_ioctl_create_bo.
 * Leaves out: heaps.
 */
import { fn, type Kernel } from '../context.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { createHandle, deleteHandle, putCreator } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { drmFileOf } from '../node.ts'
import { mapOnGpu } from '../panfrost-mmu.ts'
import { createShmem } from '../shmem.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface CreateBo { readonly size: number; readonly flags: readonly string[] }
declare module '../../journal/vocabulary.ts' {
  interface Events { 'bo.refused.create': { size: number; flags: string }; 'bo.noexec': { gem: Id<'gem'> } }
}

export default ioctl<CreateBo>({
  name: 'DRM_IOCTL_PANFROST_CREATE_BO',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  says: {
    'bo.refused.create': 'A buffer of {size} bytes with the flags `{flags}` **cannot be made**: EINVAL.',
    'bo.noexec': '{gem} is for data only: the GPU **will not execute** it.',
  },
  run: fn('panfrost_ioctl_create_bo', (k: Kernel, file: Id<'file'>, { size, flags }: CreateBo): Outcome => {
    const drmFile = drmFileOf(k, file)
    if (size === 0 || flags.some(flag => !k.parts.mali.flags.includes(flag))) {
      k.world.emit('bo.refused.create', { size, flags: flags.join(' | ') || '0' })
      return fail('EINVAL')
    }
    const { device } = k.world.get(drmFile)
    const gem = createShmem(k, device, size, k.drivers[device]!.attrOf!(k, device))
    if (flags.includes('PANFROST_BO_NOEXEC')) {
      k.world.set(gem, 'noexec', true)
      k.world.emit('bo.noexec', { gem })
    }
    const handle = createHandle(k, drmFile, gem)
    // Later releases have mapped it with the handle already.
    const refused = isFail(handle) ? handle : mapOnGpu(k, gem)
    const offset = k.world.get(gem).gpuVa
    if (isFail(refused) && !isFail(handle)) deleteHandle(k, drmFile, handle)
    putCreator(k, gem)
    return refused ?? done({ handle, offset })
  }),
})
