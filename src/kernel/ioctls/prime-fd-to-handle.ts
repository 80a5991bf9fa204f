/**
 * DRM_IOCTL_PRIME_FD_TO_HANDLE: a dma-buf descriptor becomes a handle.
 * Mirrors: drm_prime_fd_to_handle_ioctl (drm_prime.c).
 * Leaves out: drivers with a prime_fd_to_handle of their own.
 */
import { fn, type Kernel } from '../context.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import { fdToHandle } from '../prime.ts'
import type { Id } from '../../journal/vocabulary.ts'

export default ioctl<{ fd: number }>({
  name: 'DRM_IOCTL_PRIME_FD_TO_HANDLE',
  on: 'drm',
  render: true,
  run: fn('drm_prime_fd_to_handle_ioctl', (k: Kernel, file: Id<'file'>, { fd }: { fd: number }): Outcome => {
    const forbidden = k.parts.permitPrime(k, file)
    if (isFail(forbidden)) return forbidden
    const device = deviceOf(k, file)
    const { prime, canImport } = k.drivers[device]!
    if (!prime || !canImport) {
      k.world.emit('prime.refused.driver', { device })
      return fail(prime ? 'ENOSYS' : 'EOPNOTSUPP')
    }
    const handle = fdToHandle(k, drmFileOf(k, file), fd)
    return isFail(handle) ? handle : done({ handle })
  }),
})
