/**
 * DRM_IOCTL_LIMA_GEM_INFO: where the GPU sees a buffer, and its fake offset; imports are told theirs too.
 * Mirrors: lima_ioctl_gem_info, lima_gem_get_info. Leaves out: nothing that a caller sees.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_LIMA_GEM_INFO',
  on: 'drm',
  driver: 'lima',
  render: true,
  run: fn('lima_ioctl_gem_info', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const drmFile = drmFileOf(k, file)
    const offset = mmapBoPlain(k, drmFile, handle)
    return isFail(offset) ? offset : done({ va: k.world.get(k.world.get(drmFile).handles[handle]!).gpuVa, offset })
  }),
})
