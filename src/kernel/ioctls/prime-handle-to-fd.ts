/**
 * DRM_IOCTL_PRIME_HANDLE_TO_FD: a handle becomes a dma-buf descriptor. The flags decide the mode of the file only when the dma-buf is new.
 * Mirrors: drm_prime_handle_to_fd_ioctl (drm_prime.c).
 * Leaves out: drivers with a prime_handle_to_fd of their own.
 */
import { fn, type Kernel } from '../context.ts'
import { deviceOf, drmFileOf } from '../node.ts'
import { done, fail, isFail, type Outcome } from '../fail.ts'
import { ioctl } from '../ioctl.ts'
import type { Id } from '../../journal/vocabulary.ts'

export interface HandleToFd {
  readonly handle: number
  /** `DRM_CLOEXEC`, `DRM_RDWR`. */
  readonly flags: readonly string[]
}
declare module '../../journal/vocabulary.ts' {
  interface Events { 'prime.refused.flags': { flags: string } }
}

export default ioctl<HandleToFd>({
  name: 'DRM_IOCTL_PRIME_HANDLE_TO_FD',
  on: 'drm',
  render: true,
  says: { 'prime.refused.flags': 'Flags other than DRM_CLOEXEC and DRM_RDWR (`{flags}`) are **not known** here: EINVAL.' },
  run: fn('drm_prime_handle_to_fd_ioctl', (k: Kernel, file: Id<'file'>, { handle, flags }: HandleToFd): Outcome => {
    const forbidden = k.parts.permitPrime(k, file)
    if (isFail(forbidden)) return forbidden
    const device = deviceOf(k, file)
    const { prime, canExport } = k.drivers[device]!
    if (!prime || !canExport) {
      k.world.emit('prime.refused.driver', { device })
      return fail(prime ? 'ENOSYS' : 'EOPNOTSUPP')
    }
    if (flags.some(f => f !== 'DRM_CLOEXEC' && f !== 'DRM_RDWR')) {
      k.world.emit('prime.refused.flags', { flags: flags.join(' | ') })
      return fail('EINVAL')
    }
    const fd = k.parts.handleToFd(k, drmFileOf(k, file), handle, flags.map(f => f.slice(4)))
    return isFail(fd) ? fd : done({ fd })
  }),
})
