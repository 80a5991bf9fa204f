/**
 * DRM_IOCTL_PANFROST_MMAP_BO: the fake offset of a buffer. Whether an import gets one is a part (parts.mmapBo).
 * Mirrors: panfrost_ioctl_mmap_bo.
 * Leaves out: nothing that a caller sees.
 */
import { fn, type Kernel } from '../context.ts'
import { drmFileOf } from '../node.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface MmapBo { readonly handle: number; readonly flags: readonly string[] }

declare module '../../journal/vocabulary.ts' {
  interface Events { 'offset.refused.flags': { flags: string }; 'offset.refused.heap': { gem: Id<'gem'> } }
}

export default ioctl<MmapBo>({
  name: 'DRM_IOCTL_PANFROST_MMAP_BO',
  on: 'drm',
  driver: 'panfrost',
  render: true,
  says: { 'offset.refused.flags': 'MMAP_BO **knows no flags** (`{flags}`): EINVAL.', 'offset.refused.heap': '{gem} is a heap: **the CPU may not map it**. EINVAL.' },
  run: fn('panfrost_ioctl_mmap_bo', (k: Kernel, file: Id<'file'>, { handle, flags }: MmapBo): Outcome => {
    if (flags.length > 0) {
      k.world.emit('offset.refused.flags', { flags: flags.join(' | ') })
      return fail('EINVAL')
    }
    const gem = k.world.get(drmFileOf(k, file)).handles[handle]
    if (gem && k.world.get(gem).heap) {
      k.world.emit('offset.refused.heap', { gem })
      return fail('EINVAL')
    }
    const offset = k.parts.mmapBo(k, drmFileOf(k, file), handle)
    return isFail(offset) ? offset : done({ offset })
  }),
})
