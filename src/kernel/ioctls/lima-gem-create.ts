/**
 * DRM_IOCTL_LIMA_GEM_CREATE: a buffer of the GPU. Its pages are there, and cleaned, before it has a handle; with that it gets its place on the GPU.
 * Mirrors: lima_ioctl_gem_create, lima_gem_create_handle. Leaves out: running out of memory, LIMA_BO_FLAG_HEAP.
 */
import { fn, type Kernel } from '../context.ts'
import { compareReleases } from '../driver.ts'
import { done, isFail, type Outcome } from '../fail.ts'
import { createGem, createHandle, putCreator } from '../gem.ts'
import { refuseFlags } from '../gem-ioctl.ts'
import { drmGemGetPages } from '../gem-pages.ts'
import { ioctl } from '../ioctl.ts'
import { noRoom } from '../limits.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { createShmem, getPagesSgt } from '../shmem.ts'
import type { Id } from '../../journal/vocabulary.ts'

interface GemCreate { readonly size: number; readonly flags: readonly string[] }

/** The driver's own memory code, up to 5.3 or so; then the helper's. */
function create(k: Kernel, device: Id<'device'>, sizeBytes: number): Id<'gem'> {
  if (compareReleases(k.parts.release, '5.4') < 0) {
    const gem = createGem(k, device, { sizeBytes, memory: 'shmem', attr: 'wc', filp: true })
    drmGemGetPages(k, gem, true)
    return gem
  }
  const gem = createShmem(k, device, sizeBytes, 'wc')
  getPagesSgt(k, gem)
  return gem
}

export default ioctl<GemCreate>({
  name: 'DRM_IOCTL_LIMA_GEM_CREATE',
  on: 'drm',
  driver: 'lima',
  render: true,
  run: fn('lima_ioctl_gem_create', (k: Kernel, file: Id<'file'>, { size: asked, flags }: GemCreate): Outcome => {
    const size = asked >>> 0
    if (flags.length > 0 || size === 0) return refuseFlags(k, 'lima', size, flags)
    const short = noRoom(k, size)
    if (short) return short
    const gem = create(k, deviceOf(k, file), size)
    const handle = createHandle(k, drmFileOf(k, file), gem)
    putCreator(k, gem)
    return isFail(handle) ? handle : done({ handle })
  }),
})
