/**
 * DRM_IOCTL_PANFROST_CREATE_BO: a buffer of the GPU, with a handle and a place on the GPU. Its pages are cleaned before the GPU may look.
 * A heap gets its place only; its pages come when the GPU touches them.
 * Mirrors: panfrost_ioctl_create_bo, panfrost_gem_create.
 * Leaves out: running out of memory.
 */
import { MIB2 } from '../../hardware/page-table/mali.ts'
import { fn, type Kernel } from '../context.ts'
import { done, fail, isFail, type Fail, type Outcome } from '../fail.ts'
import { createHandle, deleteHandle, putCreator } from '../gem.ts'
import { ioctl } from '../ioctl.ts'
import { noRoom } from '../limits.ts'
import { drmFileOf } from '../node.ts'
import { mapOnGpu } from '../panfrost-mmu.ts'
import { createShmem } from '../shmem.ts'
import type { Id } from '../../journal/vocabulary.ts'
import type { Attr } from '../objects.ts'

interface CreateBo { readonly size: number; readonly flags: readonly string[] }
declare module '../../journal/vocabulary.ts' {
  interface Events { 'bo.refused.create': { size: number; flags: string }; 'bo.noexec': { gem: Id<'gem'>; heap: boolean } }
}

const gemCreate = fn('panfrost_gem_create', (k: Kernel, device: Id<'device'>, size: number, attr: Attr, { noexec, heap }: { noexec: boolean; heap: boolean }): Id<'gem'> => {
  const gem = createShmem(k, device, heap ? Math.ceil(size / MIB2) * MIB2 : size, attr)
  if (!noexec) return gem
  k.world.set(gem, 'noexec', true)
  k.world.set(gem, 'heap', heap)
  k.world.emit('bo.noexec', { gem, heap })
  return gem
})
function createNow(k: Kernel, drmFile: Id<'drm_file'>, size: number, attr: Attr, kind: { noexec: boolean; heap: boolean }): { gem: Id<'gem'>; handle: number } | Fail {
  const gem = gemCreate(k, k.world.get(drmFile).device, size, attr, kind)
  const handle = createHandle(k, drmFile, gem)
  if (!isFail(handle)) return { gem, handle }
  putCreator(k, gem)
  return handle
}

export default ioctl<CreateBo>({
  name: 'DRM_IOCTL_PANFROST_CREATE_BO',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  says: {
    'bo.refused.create': 'A buffer of {size} bytes with the flags `{flags}` **cannot be made**: EINVAL.',
    'bo.noexec': '{gem} is for data only: the GPU **will not execute** it. A heap: {heap}.',
  },
  run: fn('panfrost_ioctl_create_bo', (k: Kernel, file: Id<'file'>, { size: asked, flags }: CreateBo): Outcome => {
    const size = asked >>> 0
    const drmFile = drmFileOf(k, file)
    const heap = flags.includes('PANFROST_BO_HEAP')
    const noexec = flags.includes('PANFROST_BO_NOEXEC')
    if (size === 0 || flags.some(flag => !k.parts.mali.flags.includes(flag)) || (heap && !noexec)) {
      k.world.emit('bo.refused.create', { size, flags: flags.join(' | ') || '0' })
      return fail('EINVAL')
    }
    const short = noRoom(k, size)
    if (short) return short
    const { device } = k.world.get(drmFile)
    const { createBo, attrOf } = k.drivers[device]!
    const attr = attrOf!(k, device)
    const made = createBo ? createBo(k, drmFile, size, attr) : createNow(k, drmFile, size, attr, { noexec, heap })
    if (isFail(made)) return made
    const { gem, handle } = made
    // Later releases have mapped it with the handle already.
    const refused = mapOnGpu(k, gem)
    const offset = k.world.get(gem).gpuVa
    if (isFail(refused)) deleteHandle(k, drmFile, handle)
    putCreator(k, gem)
    return refused ?? done({ handle, offset })
  }),
})
