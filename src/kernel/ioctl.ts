/** Shelf helper: one ioctl, one file in `ioctls/`. */
import type { Id } from '../journal/vocabulary.ts'
import type { Kernel } from './context.ts'
import type { Outcome } from './fail.ts'
import type { Says } from './syscall.ts'

export interface Ioctl<A = Record<string, unknown>> {
  /** `DRM_IOCTL_PRIME_HANDLE_TO_FD`, `DMA_BUF_IOCTL_SYNC`, … */
  readonly name: string
  /** The kind of open file that answers it; on any other file the call is ENOTTY. */
  readonly on: 'drm' | 'dmabuf' | 'sync_file' | 'udmabuf' | 'heap' | 'video'
  /** Only on devices of this driver, for driver ioctls. */
  readonly driver?: string
  /** May be called on a render node (DRM_RENDER_ALLOW). */
  readonly render?: boolean
  /** Needs an authenticated file on a primary node (DRM_AUTH). */
  readonly auth?: boolean
  /** First release that knows it; before, it is an unknown number. */
  readonly since?: string
  readonly says?: Says
  readonly run?: (k: Kernel, file: Id<'file'>, args: A) => Outcome
  readonly phases?: Record<string, (k: Kernel, file: Id<'file'>, args: A, locals: Record<string, unknown>) => Outcome>
}
export function ioctl<A>(call: Ioctl<A>): Ioctl { return call as unknown as Ioctl }
