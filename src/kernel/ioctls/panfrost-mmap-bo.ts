/**
 * DRM_IOCTL_PANFROST_MMAP_BO: the fake offset of a buffer. Whether an import gets one is a part (parts.mmapBo).
 * Mirrors: panfrost_ioctl_mmap_bo.
 * Leaves out: heap buffers, which have no mapping on the CPU.
 */
import { fn, type Kernel } from '../context.ts'
import { drmFileOf } from '../node.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface MmapBo { readonly handle: number; readonly flags: readonly string[] }

declare module '../../journal/vocabulary.ts' {
  interface Events { 'offset.refused.flags': { flags: string } }
}

export default ioctl<MmapBo>({
  name: 'DRM_IOCTL_PANFROST_MMAP_BO',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  says: { 'offset.refused.flags': 'MMAP_BO **knows no flags** (`{flags}`): EINVAL.' },
  run: fn('panfrost_ioctl_mmap_bo', (k: Kernel, file: Id<'file'>, { handle, flags }: MmapBo): Outcome => {
    if (flags.length > 0) {
      k.world.emit('offset.refused.flags', { flags: flags.join(' | ') })
      return fail('EINVAL')
    }
    const offset = k.parts.mmapBo(k, drmFileOf(k, file), handle)
    return isFail(offset) ? offset : done({ offset })
  }),
})
