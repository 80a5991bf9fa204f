/**
 * DRM_IOCTL_AMDGPU_GEM_MMAP: the fake offset of a buffer. An import's is told too; what a mapping there shows is another question.
 * Mirrors: amdgpu_gem_mmap_ioctl.
 * Leaves out: buffers of user memory or without CPU access, which answer EPERM.
 */
import { fn, type Kernel } from '../context.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { mmapBoPlain } from '../mmap-bo.ts'
import { drmFileOf } from '../node.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ handle: number }>({
  name: 'DRM_IOCTL_AMDGPU_GEM_MMAP',
  on: 'drm',
  driver: 'amdgpu',
  render: true,
  run: fn('amdgpu_gem_mmap_ioctl', (k: Kernel, file: Id<'file'>, { handle }: { handle: number }): Outcome => {
    const offset = mmapBoPlain(k, drmFileOf(k, file), handle)
    return isFail(offset) ? offset : done({ addr_ptr: offset })
  }),
})
