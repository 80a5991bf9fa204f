/**
 * Requests that a file does not know.
 * Mirrors: vfs_ioctl's ENOTTY; drm_ioctl of 5.2, which looked only at the number and ran its own call of that number.
 */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import { done, fail, type Outcome } from './fail.ts'

export const strangeIoctlNow = (k: Kernel, file: Id<'file'>): Outcome => fail(k.world.get(file).kind === 'heap' ? 'EINVAL' : 'ENOTTY')

/** Numbers 0 to 2 are harmless questions on a DRM node; 3 wants a bus id of the old days. */
const HARMLESS = ['DMA_BUF_IOCTL_SYNC', 'DMA_BUF_SET_NAME', 'DMA_BUF_IOCTL_EXPORT_SYNC_FILE']
export const strangeIoctl52 = (k: Kernel, file: Id<'file'>, request: string): Outcome => {
  if (k.world.get(file).kind !== 'drm') return fail('ENOTTY')
  if (HARMLESS.includes(request)) return done({ fd: 0 })
  return fail('EINVAL')
}
